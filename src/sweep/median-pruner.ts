/**
 * The median rule (Golovin et al. 2017, Google Vizier): a trial goes while it is at least as good as half of the others were. As in Optuna
 * the others are taken at the same step; Vizier takes the mean of their reports up to there.
 */
import { median } from 'simple-statistics'
import { UserError } from '../data/user-error'
import type { MedianOptions, Pruner } from './pruner'

/**
 * Ends a trial whose best report so far is worse than the median of what the complete trials reported at the same step.
 *
 * Trials that did not report at just that step do not count; where none did, nothing is ended.
 */
export function medianPruner({ startupTrials = 5, warmUpSteps = 0 }: MedianOptions = {}): Pruner {
  for (const [name, value] of Object.entries({ startupTrials, warmUpSteps })) {
    if (!(Number.isFinite(value) && value >= 0))
      throw new UserError(`${name} of the median pruner is ${value}; it must be a number, at least 0`)
  }
  return {
    spec: { kind: 'median', startupTrials, warmUpSteps },
    prune({ intermediate }, others, direction) {
      const last = intermediate[intermediate.length - 1]
      const complete = others.filter(({ state }) => state === 'complete')
      if (!last || last.step < warmUpSteps || complete.length < startupTrials) return false
      const sign = direction === 'minimise' ? 1 : -1
      const there = complete.flatMap(trial => trial.intermediate.filter(({ step }) => step === last.step).map(({ value }) => sign * value))
      const best = intermediate.reduce((least, { value }) => Math.min(least, sign * value), Infinity)
      return there.length > 0 && best > median(there)
    },
  }
}
