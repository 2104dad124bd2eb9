/** The mean of a few runs with Student's interval (Student 1908): right for normal scores however few they are, and nearly so for others. */
import { mean, sampleStandardDeviation } from 'simple-statistics'
import type { Interval } from './bootstrap-interval'
import { finiteScores } from './scores'

/**
 * @param scores one a run; a single one tells nothing about its spread, so its interval is everything
 * @param level  the share of such intervals that should hold the truth
 * @throws RangeError when there is no score, or one is not finite
 */
export function meanInterval(scores: ArrayLike<number>, level = 0.95): Interval {
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; it lies between 0 and 1, like .95`)
  const all = finiteScores(scores)
  const estimate = mean(all)
  if (all.length === 1) return { estimate, low: -Infinity, high: Infinity }
  const reach = (studentQuantile((1 + level) / 2, all.length - 1) * sampleStandardDeviation(all)) / Math.sqrt(all.length)
  return { estimate, low: estimate - reach, high: estimate + reach }
}

/** The value that Student's distribution stays below with this probability, by bisection. */
export function studentQuantile(probability: number, degrees: number): number {
  let [low, high] = [-1, 1]
  while (studentCumulative(low, degrees) > probability) low *= 2
  while (studentCumulative(high, degrees) < probability) high *= 2
  // A double has no more than 53 binary digits to be found.
  for (let digit = 0; digit < 60; digit++) {
    const middle = (low + high) / 2
    if (studentCumulative(middle, degrees) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The probability that Student's distribution stays below a value: the finite sums for whole degrees of freedom (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4). */
export function studentCumulative(value: number, degrees: number): number {
  const angle = Math.atan(value / Math.sqrt(degrees))
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const odd = degrees % 2 === 1
  let term = odd ? cosine : 1
  let sum = degrees === 1 ? 0 : term
  for (let at = odd ? 3 : 2; at < degrees; at += 2) {
    term *= (cosine * cosine * (at - 1)) / at
    sum += term
  }
  const central = odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum
  return (1 + central) / 2
}
