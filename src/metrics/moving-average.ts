/**
 * Moving average of a curve: at each point the mean of the last `window` values, itself included; of as many as there are at the start.
 *
 * @param values  [points], finite
 * @param window  a whole number of at least 1
 * @returns [points]
 * @throws RangeError when the window is below 1 or a value is not finite
 */
export function movingAverage(values: ArrayLike<number>, window: number): Float64Array {
  if (!Number.isInteger(window) || window < 1) throw new RangeError(`window is ${window}; it is a whole number of at least 1`)
  const averages = new Float64Array(values.length)
  let sum = 0
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!
    if (!Number.isFinite(value)) throw new RangeError(`values[${at}] is ${value}; a moving average needs finite numbers`)
    sum += value - (at >= window ? values[at - window]! : 0)
    // Adding and subtracting leaves rounding behind; once a window the sum is made anew, so that it never piles up.
    if (at % window === window - 1) {
      sum = 0
      for (let back = at - window + 1; back <= at; back++) sum += values[back]!
    }
    averages[at] = sum / Math.min(at + 1, window)
  }
  return averages
}
