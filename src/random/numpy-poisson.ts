/** Poisson counts as NumPy's RandomState draws them (github.com/numpy/numpy, numpy/random/src/distributions/distributions.c). */
import type { Uniforms } from './numpy-distributions'

/** A count with the mean given: by multiplication below 10, else by transformed rejection (PTRS, Hörmann 1993). */
export function poissonCount(source: Uniforms, mean: number): number {
  if (mean >= 10) return byRejection(source, mean)
  return mean === 0 ? 0 : byMultiplication(source, mean)
}

/** How many uniform numbers can be multiplied before their product is no more than exp(-mean). Takes one more than it returns. */
function byMultiplication(source: Uniforms, mean: number): number {
  const limit = Math.exp(-mean)
  let count = 0
  let product = source.next()
  while (product > limit) {
    count++
    product *= source.next()
  }
  return count
}

/** Two uniforms a try. */
function byRejection(source: Uniforms, mean: number): number {
  const logMean = Math.log(mean)
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
  const accepted = 0.9277 - 3.6224 / (b - 2)
  for (;;) {
    const u = source.next() - 0.5
    const v = source.next()
    const edge = 0.5 - Math.abs(u)
    const count = Math.floor(((2 * a) / edge + b) * u + mean + 0.43)
    if (edge >= 0.07 && v <= accepted) return count
    if (count < 0 || (edge < 0.013 && v > edge)) continue
    const drawn = Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (edge * edge) + b)
    if (drawn <= -mean + count * logMean - logGamma(count + 1)) return count
  }
}

/** Coefficients of Stirling's series, B(2k) / (2k (2k - 1)). */
const series = [
  8.333333333333333e-2, -2.777777777777778e-3, 7.936507936507937e-4, -5.952380952380952e-4, 8.417508417508418e-4, -1.917526917526918e-3,
  6.41025641025641e-3, -2.955065359477124e-2, 1.796443723688307e-1, -1.3924322169059,
]

/** The logarithm of the gamma function, for whole numbers of at least 1: Stirling's series from 7 on, and down from there (Zhang & Jin 1996). */
function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0
  let at = Math.max(x, 7)
  const inverseSquare = (1 / at) * (1 / at)
  let sum = 0
  for (let term = series.length - 1; term >= 0; term--) sum = sum * inverseSquare + series[term]!
  let result = sum / at + 0.5 * 1.8378770664093453 + (at - 0.5) * Math.log(at) - at
  while (at > x) result -= Math.log(--at)
  return result
}
