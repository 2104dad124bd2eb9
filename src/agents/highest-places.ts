/**
 * The places of the highest of several numbers, the highest first, of equal ones the first.
 *
 * @param numbers no NaN
 * @param size    how many places, at most as many as there are numbers
 * @param out     overwritten from `from` on
 */
export function highestPlaces(numbers: Float64Array | Float32Array, size: number, out: Int32Array, from: number): void {
  let filled = 0
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at]!
    if (filled === size && !(number > numbers[out[from + size - 1]!]!)) continue
    // What is higher than the last moves up past all that are lower.
    let place = filled < size ? filled++ : size - 1
    for (; place > 0 && number > numbers[out[from + place - 1]!]!; place--) out[from + place] = out[from + place - 1]!
    out[from + place] = at
  }
}
