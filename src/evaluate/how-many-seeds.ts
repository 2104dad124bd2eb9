/** How many seeds a comparison needs, before it is run. */

import { checkNumber } from '../data/check'
import { normalQuantile } from '../random/normal-quantile'
import { studentQuantile } from './mean-interval'

export interface HowManySeedsOptions {
  /** The chance to see the effect if it is there, above 0 and below 1; .8. */
  readonly power?: number
  /** The share of intervals that should hold the truth, above 0 and below 1; .95. */
  readonly level?: number
}

/**
 * The least number of seeds under which a paired difference of the size `effect` is found with the power given (Student's t test; the
 * approximation with t quantiles of Snedecor & Cochran 1989, section 6.14, within a seed of what the noncentral t distribution says,
 * two above it where a power of .99 is asked for).
 *
 *   n ≥ ((t(level, n - 1) + t(power, n - 1)) · spread / effect)²
 *
 * @param effect the difference worth finding, in the unit of the scores, above 0
 * @param spread the standard deviation of the differences, seed by seed; from a pilot under other seeds. Not of one agent's scores: what a
 *   seed brings to both agents cancels out
 * @returns a whole number of at least 2
 * @throws RangeError when a number is out of range, or more than a million seeds are needed
 */
export function howManySeeds(effect: number, spread: number, { power = 0.8, level = 0.95 }: HowManySeedsOptions = {}): number {
  checkNumber('effect', effect, Number.MIN_VALUE, Number.MAX_VALUE)
  checkNumber('spread', spread, 0, Number.MAX_VALUE)
  checkShare('power', power)
  checkShare('level', level)
  // A power below what chance alone gives would have a sum below 0, whose square means nothing.
  const needed = (quantiles: number) => ((Math.max(0, quantiles) * spread) / effect) ** 2
  const least = needed(normalQuantile((1 + level) / 2) + normalQuantile(power))
  if (least > 1e6)
    throw new RangeError(`an effect of ${effect} with a spread of ${spread} needs more than a million seeds; look for a larger one`)
  let seeds = Math.max(2, Math.ceil(least))
  while (needed(studentQuantile((1 + level) / 2, seeds - 1) + studentQuantile(power, seeds - 1)) > seeds) seeds++
  return seeds
}

function checkShare(name: string, value: number): void {
  if (!(value > 0 && value < 1)) throw new RangeError(`${name} is ${value}; it lies between 0 and 1, both left out`)
}
