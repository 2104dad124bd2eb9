/** How sure a statistic over a few runs is: the stratified percentile bootstrap (Efron 1979; Agarwal et al. 2021, rliable). */
import { quantileSorted } from 'simple-statistics'
import { stream } from '../random/generator'
import { interquartileMean } from './interquartile-mean'
import { finiteStrata } from './scores'

export interface BootstrapOptions {
  /**
   * What is estimated from all scores together; the interquartile mean unless told. `sizes` says how many of them, one stratum after the other,
   * belong to each.
   */
  readonly statistic?: (scores: number[], sizes: readonly number[]) => number
  /** How often the runs are drawn again, at least 1. */
  readonly resamples?: number
  /** The share of such intervals that should hold the truth, between 0 and 1. */
  readonly level?: number
  /** The same seed draws the same interval. */
  readonly seed?: number
}

/** A statistic and the interval around it, in the unit of the scores. */
export interface Interval {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/**
 * The statistic of the scores, with its percentile bootstrap interval.
 *
 * Runs are drawn with replacement within each stratum (a task, an environment), as many as it has; the statistic is taken of all strata
 * together; the interval lies between the quantiles (1 ± level) / 2 of the values so obtained. With a single run in every stratum it is
 * a point and says nothing. With few runs it is too narrow: drawn from normal scores, the 95 % interval of the interquartile mean holds the
 * truth 90 times in 100 with 5 runs and 93 with 10, that of the mean 83 and 90 times (tests/evaluate/bootstrap-interval.test.ts).
 *
 * @param strata  the scores of each stratum, [strata][runs]; for one task `[scores]`
 * @throws RangeError when a stratum is empty, a score is not finite, or an option lies outside its range
 */
export function bootstrapInterval(
  strata: readonly ArrayLike<number>[],
  { statistic = interquartileMean, resamples = 2000, level = 0.95, seed = 0 }: BootstrapOptions = {},
): Interval {
  const scores = finiteStrata('strata', strata)
  const chance = stream(seed, 'bootstrap')
  const drawn = scores.flat()
  const sizes = scores.map(runs => runs.length)
  const estimate = statistic(drawn, sizes)
  return percentileInterval(estimate, { resamples, level }, () => {
    let at = 0
    for (const runs of scores) {
      for (let run = 0; run < runs.length; run++) drawn[at++] = runs[Math.floor(chance.next() * runs.length)]!
    }
    return statistic(drawn, sizes)
  })
}

/**
 * The interval between the quantiles (1 ± level) / 2 of a statistic that is drawn again and again.
 *
 * @throws RangeError when `resamples` or `level` lies outside its range
 */
export function percentileInterval(
  estimate: number,
  { resamples, level }: { readonly resamples: number; readonly level: number },
  drawAgain: () => number,
): Interval {
  if (!Number.isInteger(resamples) || resamples < 1) throw new RangeError(`resamples is ${resamples}; it is a whole number of at least 1`)
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; it lies between 0 and 1, like .95`)
  const values = new Float64Array(resamples)
  for (let resample = 0; resample < resamples; resample++) values[resample] = drawAgain()
  const sorted = Array.from(values.sort())
  return { estimate, low: quantileSorted(sorted, (1 - level) / 2), high: quantileSorted(sorted, (1 + level) / 2) }
}
