/**
 * A share of two counts of events; 0 where there was nothing to divide by.
 *
 * @throws RangeError when a count is negative, not finite or NaN; `names` says which
 */
export function rate(part: number, whole: number, names: readonly [string, string]): number {
  const check = (name: string, count: number) => {
    if (!(count >= 0 && count < Infinity)) throw new RangeError(`${name} is ${count}; it is a number of events, 0 or more`)
  }
  check(names[0], part)
  check(names[1], whole)
  return whole === 0 ? 0 : part / whole
}
