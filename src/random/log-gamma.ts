/** The logarithm of the gamma function: Stirling's series from 7 on, and down from there (Zhang & Jin 1996), as in NumPy. */

/** Coefficients of Stirling's series, B(2k) / (2k (2k - 1)). */
const series = [
  8.333333333333333e-2, -2.777777777777778e-3, 7.936507936507937e-4, -5.952380952380952e-4, 8.417508417508418e-4, -1.917526917526918e-3,
  6.41025641025641e-3, -2.955065359477124e-2, 1.796443723688307e-1, -1.3924322169059,
]

/** @param x above 0; the result is right to some 1e-14 of its size, or absolutely where it is small */
export function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0
  const raised = x < 7 ? Math.floor(7 - x) : 0
  let at = x + raised
  const inverseSquare = (1 / at) * (1 / at)
  let sum = 0
  for (let term = series.length - 1; term >= 0; term--) sum = sum * inverseSquare + series[term]!
  let result = sum / at + 0.5 * 1.8378770664093453 + (at - 0.5) * Math.log(at) - at
  for (let step = 0; step < raised; step++) result -= Math.log(--at)
  return result
}
