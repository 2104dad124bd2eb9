/**
 * Softmax, its logarithm and the way back through it, for a row of numbers in place.
 *
 *   p_i = exp(x_i) / Σ exp(x)          log p_i = x_i - log Σ exp(x)
 *
 * The largest number is taken off first, which changes no probability: every power is then at most 1 and one of them is 1, so that nothing
 * overflows and the sum is never 0 (Goodfellow, Bengio & Courville 2016, section 4.1). A number of -Infinity stands for an option that there
 * is not: its probability is 0.
 */

export type Numbers = Float32Array | Float64Array

/**
 * Turns `count` numbers from `from` on into their probabilities.
 *
 * @throws RangeError when one is NaN or Infinity, or all are -Infinity; the numbers are unchanged then
 */
export function softmax(numbers: Numbers, from: number, count: number): void {
  const highest = highestOf(numbers, from, count)
  let sum = 0
  for (let at = from; at < from + count; at++) sum += numbers[at] = Math.exp(numbers[at]! - highest)
  for (let at = from; at < from + count; at++) numbers[at]! /= sum
}

/**
 * Turns `count` numbers from `from` on into the logarithms of their probabilities.
 *
 * @throws RangeError as `softmax`
 */
export function logSoftmax(numbers: Numbers, from: number, count: number): void {
  const highest = highestOf(numbers, from, count)
  let sum = 0
  for (let at = from; at < from + count; at++) sum += Math.exp(numbers[at]! - highest)
  const logSum = Math.log(sum)
  // One after the other: highest + logSum would round the small logarithm away when the numbers are large.
  for (let at = from; at < from + count; at++) numbers[at] = numbers[at]! - highest - logSum
}

/**
 * The way back through `logSoftmax`: slopes of a loss by the logarithms become those by the numbers, in place.
 *
 *   ∂loss/∂x_i = g_i - p_i Σ g          where g = ∂loss/∂ log p
 *
 * @param logarithms what `logSoftmax` left, `count` numbers from `from` on
 * @param slopes     as many numbers at the same places
 */
export function logSoftmaxSlopes(logarithms: Numbers, slopes: Numbers, from: number, count: number): void {
  let sum = 0
  for (let at = from; at < from + count; at++) sum += slopes[at]!
  for (let at = from; at < from + count; at++) slopes[at]! -= Math.exp(logarithms[at]!) * sum
}

function highestOf(numbers: Numbers, from: number, count: number): number {
  let highest = -Infinity
  for (let at = from; at < from + count; at++) {
    const number = numbers[at]!
    // Neither NaN nor Infinity is less than Infinity.
    if (!(number < Infinity))
      throw new RangeError(`numbers[${at}] is ${number}; it must be finite, or -Infinity for an option that there is not`)
    if (number > highest) highest = number
  }
  if (highest === -Infinity) throw new RangeError(`there is no number above -Infinity among the ${count} from ${from} on; one is needed`)
  return highest
}
