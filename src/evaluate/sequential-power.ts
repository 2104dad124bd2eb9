/**
 * What a sequential test (sequential-test.ts) can find within a number of visits, and after how many it stops: planned before it begins, as
 * visits-needed.ts does for a test of fixed length. There is no formula for it; the test is played with normal outcomes, again and again.
 */
import { checkKeys, checkNumber, checkWhole } from '../data/check'
import { normal } from '../random/draws'
import { stream } from '../random/generator'
import { fewestVisits, mixtureRatio } from './sequential-test'

export interface SequentialPowerOptions {
  /** As the test's: the size of differences that are expected, in the unit of the outcomes, above 0. */
  readonly expected: number
  /** As the test's, above 0 and below 1; .95. */
  readonly level?: number
  /** Visits of both groups together from one look to the next, at least 2; a two-hundredth of `visits`. */
  readonly every?: number
  /** Tests played, at least 1; 2,000, which tells a power to a hundredth or two. */
  readonly trials?: number
  /** 0. */
  readonly seed?: number
}

export interface SequentialPower {
  /** The share of tests that were decided by the last visit. */
  readonly power: number
  /** Mean visits of both groups together until a test was decided, or over. */
  readonly meanVisits: number
}

/**
 * @param effect   the difference of means that is there, in the unit of the outcomes; 0 gives the chance of finding one that is not
 * @param variance of one visit's outcome, the same in both groups, above 0
 * @param visits   of both groups together, served by turns; at least 200, since nothing is said before 100 of each
 * @throws RangeError naming the option, its value and what is allowed
 */
export function sequentialPower(effect: number, variance: number, visits: number, options: SequentialPowerOptions): SequentialPower {
  checkKeys('sequentialPower', options, ['expected', 'level', 'every', 'trials', 'seed'])
  const { expected, level = 0.95, trials = 2000, seed = 0 } = options
  const fewest = 2 * fewestVisits
  checkNumber('effect', effect, -Number.MAX_VALUE, Number.MAX_VALUE)
  checkNumber('variance', variance, Number.MIN_VALUE, Number.MAX_VALUE)
  checkWhole('visits', visits, fewest, Number.MAX_VALUE)
  const every = checkWhole('every', options.every ?? Math.max(2, Math.ceil(visits / 200)), 2, visits)
  checkNumber('expected', expected, Number.MIN_VALUE, Number.MAX_VALUE)
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; it lies between 0 and 1, like .95`)
  checkWhole('trials', trials, 1, 10_000_000)
  const chance = stream(seed, 'sequential power')
  let [decided, served] = [0, 0]
  for (let trial = 0; trial < trials; trial++) {
    // The sum of the differences of n / 2 pairs of visits is normal with mean n / 2 · effect and variance n · variance.
    let sum = 0
    let at = 0
    while (at < visits) {
      const next = Math.min(at + every, visits)
      const pairs = (next - at) / 2
      sum += pairs * effect + Math.sqrt(2 * pairs * variance) * normal(chance)
      at = next
      if (at < fewest) continue
      if (1 / mixtureRatio(sum / (at / 2), (4 * variance) / at, expected ** 2) < 1 - level) {
        decided++
        break
      }
    }
    served += at
  }
  return { power: decided / trials, meanVisits: served / trials }
}
