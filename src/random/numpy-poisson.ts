/** Poisson counts as NumPy's RandomState draws them (github.com/numpy/numpy, numpy/random/src/distributions/distributions.c). */
import { logGamma } from './log-gamma'
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
