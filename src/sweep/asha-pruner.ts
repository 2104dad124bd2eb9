/** Asynchronous successive halving (ASHA; Li et al. 2020, "A system for massively parallel hyperparameter tuning"). */
import { UserError } from '../data/user-error'
import type { AshaOptions, Pruner } from './pruner'
import type { TrialRecord } from './trial-record'

/**
 * Rungs stand at the steps minimumResource × reductionFactor ^ (minimumEarlyStoppingRate + 0, 1, 2, …). With the report that
 * reaches a rung, a trial is compared with all that reached it before, whatever became of them; only the best one in
 * `reductionFactor` goes on. While fewer than that are there, the best goes on. Between rungs nothing is ended.
 */
export function ashaPruner({ minimumResource, reductionFactor = 4, minimumEarlyStoppingRate = 0 }: AshaOptions): Pruner {
  must('minimumResource', minimumResource, Number.isFinite(minimumResource) && minimumResource > 0, 'a number above 0')
  must('reductionFactor', reductionFactor, Number.isSafeInteger(reductionFactor) && reductionFactor >= 2, 'a whole number, at least 2')
  const rate = minimumEarlyStoppingRate
  must('minimumEarlyStoppingRate', rate, Number.isSafeInteger(rate) && rate >= 0, 'a whole number, at least 0')

  /** What a trial had reported when it reached a rung; undefined when it did not. */
  const atRung = ({ intermediate }: Pick<TrialRecord, 'intermediate'>, rung: number) => intermediate.find(({ step }) => step >= rung)?.value

  return {
    spec: { kind: 'asha', minimumResource, reductionFactor, minimumEarlyStoppingRate },
    prune(trial, others, direction) {
      const { intermediate } = trial
      const last = intermediate[intermediate.length - 1]
      if (!last) return false
      const before = intermediate[intermediate.length - 2]?.step ?? -Infinity
      const sign = direction === 'minimise' ? 1 : -1
      for (let rung = minimumResource * reductionFactor ** rate; rung <= last.step; rung *= reductionFactor) {
        if (rung <= before) continue
        const values = [trial, ...others].flatMap(one => atRung(one, rung) ?? []).map(value => sign * value)
        const places = Math.max(1, Math.floor(values.length / reductionFactor))
        if (values.filter(value => value < sign * last.value).length >= places) return true
      }
      return false
    },
  }
}

function must(name: string, value: number, holds: boolean, allowed: string): void {
  if (!holds) throw new UserError(`${name} of the ASHA pruner is ${value}; it must be ${allowed}`)
}
