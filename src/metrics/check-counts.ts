/**
 * What metrics ask of a list of counts: numbers of 0 or more, not all of them 0.
 *
 * @returns their sum
 * @throws RangeError naming the place and the value
 */
export function checkCounts(name: string, counts: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at]!
    if (!(count >= 0 && count < Infinity)) throw new RangeError(`${name}[${at}] is ${count}; it is a number of interactions, 0 or more`)
    sum += count
  }
  if (sum === 0) throw new RangeError(`${name} has no interaction at all; it needs at least one`)
  return sum
}
