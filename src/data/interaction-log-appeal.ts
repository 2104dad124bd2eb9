/**
 * How much an item appeals, as a number with the published distribution Beta(2, 5), from a standard normal one (a Gaussian copula).
 *
 * A pair of user and item has a taste, a standard normal number. What a log shows of it is a reading, √(1 - noise) of the taste and √noise of
 * something new each time, so a standard normal number again. The reading's appeal is the Beta(2, 5) number of the same rank; the taste's
 * appeal is the mean over its readings. So readings have the published distribution, and each is right on average.
 */
import { cumulativeNormal } from '../random/cumulative-normal'

/** The share of the variance of a reading that is noise. Ours. */
export const readingNoise = 0.2

/**
 * The quantile of Beta(2, 5) at a standard normal number's rank: increasing, between 0 and 1.
 *
 * The probability above x is y^5 (6 - 5 y) with y = 1 - x: the second smallest of six uniforms is above x when at most one is below.
 */
export function appealOfReading(reading: number): number {
  const above = cumulativeNormal(-reading)
  let low = 0
  let high = 1
  for (let round = 0; round < 52; round++) {
    const middle = (low + high) / 2
    if (middle ** 5 * (6 - 5 * middle) < above) low = middle
    else high = middle
  }
  return 1 - (low + high) / 2
}

const reach = 8
const perUnit = 100

/** Values at -8, -7.99, … 8, and straight lines between them. */
type Curve = Float64Array

let curve: Curve | undefined

/** The mean appeal of a taste's readings: increasing, between 0 and 1, right to 1e-5. */
export function appealOfTaste(taste: number): number {
  curve ??= meanAppeal()
  return at(curve, taste)
}

function meanAppeal(): Curve {
  const readings = Float64Array.from({ length: 2 * reach * perUnit + 1 }, (_, step) => appealOfReading(step / perUnit - reach))
  const [kept, added] = [Math.sqrt(1 - readingNoise), Math.sqrt(readingNoise)]
  // The trapezoidal rule over six standard deviations, weights scaled to sum 1.
  const noises = Float64Array.from({ length: 241 }, (_, step) => step / 20 - 6)
  const weights = noises.map(noise => Math.exp((-noise * noise) / 2))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return readings.map((_, step) => {
    const taste = kept * (step / perUnit - reach)
    let sum = 0
    for (let draw = 0; draw < noises.length; draw++) sum += weights[draw]! * at(readings, taste + added * noises[draw]!)
    return sum / total
  })
}

function at(values: Curve, x: number): number {
  const place = Math.min(2 * reach, Math.max(0, x + reach)) * perUnit
  const left = Math.min(values.length - 2, Math.floor(place))
  return values[left]! + (place - left) * (values[left + 1]! - values[left]!)
}
