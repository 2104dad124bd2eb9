/** How sure the importances of hyperparameters are: as many trials drawn again from those there are (Efron 1979), and looked at anew. */
import { quantile } from 'simple-statistics'
import type { Interval } from '../evaluate/bootstrap-interval'
import { stream } from '../random/generator'
import { type ImportanceOptions, importance } from './importance'
import type { TrialRecord } from './trial-record'

/** Importances as `importance` gives them, each with the middle 95 % of those of the trials drawn again (widened to hold the estimate). */
export function importanceIntervals(
  trials: readonly TrialRecord[],
  options: ImportanceOptions,
  { resamples = 200, seed = 0 } = {},
): Record<string, Interval> {
  if (!(Number.isInteger(resamples) && resamples >= 1))
    throw new RangeError(`resamples is ${resamples}; it is a whole number of at least 1`)
  const complete = trials.filter(({ state }) => state === 'complete')
  const estimates = importance(complete, options)
  const chance = stream(seed, 'importance')
  const redrawn = Array.from({ length: resamples }, () =>
    importance(
      complete.map(() => complete[Math.floor(chance.next() * complete.length)]!),
      options,
    ),
  )
  const intervals = Object.entries(estimates).map(([name, estimate]): [string, Interval] => {
    const values = redrawn.map(one => one[name]!)
    return [name, { estimate, low: Math.min(estimate, quantile(values, 0.025)), high: Math.max(estimate, quantile(values, 0.975)) }]
  })
  return Object.fromEntries(intervals)
}
