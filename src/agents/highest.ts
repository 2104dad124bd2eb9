/** Where the highest of several numbers stand. */

/**
 * @param numbers at least one, no NaN
 * @param out     [numbers], its first places overwritten with the positions of the highest, in order
 * @returns how many share the highest
 */
export function highestOf(numbers: Float64Array, out: Int32Array): number {
  let highest = -Infinity
  let count = 0
  for (let at = 0; at < numbers.length; at++) {
    if (numbers[at]! < highest) continue
    if (numbers[at]! > highest) count = 0
    highest = numbers[at]!
    out[count++] = at
  }
  return count
}
