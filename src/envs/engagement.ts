/**
 * The probability that a shopper engages, and its mean over the noise, for the two formulas of the candy store.
 *
 * - `guide`: sigmoid(wish + N(0, noise)), the noise inside;
 * - `published`: clip(sigmoid(wish) + N(0, noise), 0, 1), the noise outside.
 */
import { sigmoid } from '../data/preference'
import { cumulativeNormal } from '../random/cumulative-normal'

export interface Engagement {
  /** The probability, when the noise drawn is `deviate` standard deviations. */
  given(wish: number, deviate: number): number
  /** The mean over the noise. */
  expected(wish: number): number
}

/** @param noise standard deviation, 0 to 2 */
export function noiseInside(noise: number): Engagement {
  const logistic = sigmoid // an imported name is read through a getter at each use
  return {
    given: (wish, deviate) => logistic(wish + noise * deviate),
    expected(wish) {
      if (noise === 0) return sigmoid(wish)
      let sum = 0
      for (let node = 0; node < nodes.length; node++) sum += weights[node]! * sigmoid(wish + noise * nodes[node]!)
      return sum
    },
  }
}

/** @param noise standard deviation, 0 to 2 */
export function noiseOutside(noise: number): Engagement {
  return {
    given: (wish, deviate) => Math.min(1, Math.max(0, sigmoid(wish) + noise * deviate)),
    expected: wish => clippedNormalMean(sigmoid(wish), noise),
  }
}

// The trapezoidal rule on an even grid: for a smooth function under a normal weight its error falls faster than any power of the step
// (Trefethen & Weideman 2014). Step .4 is below 1e-9 for noise up to 2.
const nodes = Float64Array.from({ length: 41 }, (_, at) => (at - 20) * 0.4)
const weights = nodes.map(z => density(z) * 0.4)

/** The mean of clip(N(mean, deviation), 0, 1). */
export function clippedNormalMean(mean: number, deviation: number): number {
  if (deviation === 0) return Math.min(1, Math.max(0, mean))
  const low = -mean / deviation
  const high = (1 - mean) / deviation
  const inside = cumulativeNormal(high) - cumulativeNormal(low)
  return mean * inside + deviation * (density(low) - density(high)) + cumulativeNormal(-high)
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
}
