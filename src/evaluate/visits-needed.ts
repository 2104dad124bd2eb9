/** An A/B test of a fixed length, planned before it begins: how many visits it needs, and what a number of visits can find. */

import { checkNumber } from '../data/check'
import { cumulativeNormal } from '../random/cumulative-normal'
import { normalQuantile } from '../random/normal-quantile'

export interface TestPlanOptions {
  /** The chance of finding a difference where there is none, above 0 and below 1; .05. */
  readonly falsePositives?: number
  /** The treatment's share of the visits, above 0 and below 1; .5. */
  readonly share?: number
}

/**
 * Visits, of both groups together, for a two-sided test that finds a difference of `effect` with the power given (normal approximation; Fleiss,
 * Levin & Paik 2003, chapter 4).
 *
 *   n = (z(1 - falsePositives / 2) + z(power))² · variance / (share · (1 - share) · effect²)
 *
 * By hand: effect .01, variance .09, half and half, power .8: (1.960 + .842)² · .09 / (.25 · .0001) = 28,256.
 *
 * @param effect   the difference of means worth finding, in the unit of the outcomes, not 0
 * @param variance of one visit's outcome, the same in both groups; of clicks at a rate p it is p (1 - p)
 * @param power    the chance to find it, above 0 and below 1; .8
 * @throws RangeError when a number is out of range
 */
export function visitsNeeded(effect: number, variance: number, power = 0.8, options: TestPlanOptions = {}): number {
  const { falsePositives, share } = plan(options)
  checkEffect(effect, variance)
  if (!(power > 0 && power < 1)) throw new RangeError(`power is ${power}; it lies between 0 and 1, both left out`)
  // A power below what chance alone gives would have a sum below 0, whose square means nothing.
  const quantiles = Math.max(0, normalQuantile(1 - falsePositives / 2) + normalQuantile(power))
  return Math.max(2, Math.ceil((quantiles ** 2 * variance) / (share * (1 - share) * effect ** 2)))
}

/**
 * The power of such a test with so many visits: the chance that it finds a difference of `effect`.
 *
 * @throws RangeError when a number is out of range
 */
export function testPower(effect: number, variance: number, visits: number, options: TestPlanOptions = {}): number {
  const { falsePositives, share } = plan(options)
  checkEffect(effect, variance)
  checkNumber('visits', visits, 2, Number.MAX_VALUE)
  const shift = Math.abs(effect) * Math.sqrt((visits * share * (1 - share)) / variance)
  const critical = normalQuantile(1 - falsePositives / 2)
  return cumulativeNormal(shift - critical) + cumulativeNormal(-shift - critical)
}

function plan({ falsePositives = 0.05, share = 0.5 }: TestPlanOptions): Required<TestPlanOptions> {
  for (const [name, value] of Object.entries({ falsePositives, share })) {
    if (!(value > 0 && value < 1)) throw new RangeError(`${name} is ${value}; it lies between 0 and 1, both left out`)
  }
  return { falsePositives, share }
}

function checkEffect(effect: number, variance: number): void {
  if (!Number.isFinite(effect) || effect === 0) throw new RangeError(`effect is ${effect}; it must be a finite number other than 0`)
  checkNumber('variance', variance, Number.MIN_VALUE, Number.MAX_VALUE)
}
