import { probit } from 'simple-statistics'
import { cumulativeNormal } from './cumulative-normal'

/**
 * What a standard normal number stays below with this probability: `probit`, which is right to 4e-4, made right to 1e-13 by Newton's steps,
 * below 1e-4 to 1e-9, where `cumulativeNormal` has no more digits.
 *
 * @param probability above 1e-290 and below 1
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 1e-290 && probability < 1)) {
    throw new RangeError(`probability is ${probability}; it lies between 1e-290 and 1, both left out`)
  }
  // In the lower half, where small probabilities keep their digits.
  if (probability > 0.5) return -normalQuantile(1 - probability)
  // Below 1e-16 `probit` cannot tell a probability from 0; this is a little too far out.
  let value = probability < 1e-15 ? -Math.sqrt(-2 * Math.log(probability)) : probit(probability)
  for (let step = 0; step < 5; step++) {
    const density = Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI)
    const below = cumulativeNormal(value)
    // Newton's step for the logarithms of the two, which are nearly straight far out.
    value -= (Math.log(below / probability) * below) / density
  }
  return value
}
