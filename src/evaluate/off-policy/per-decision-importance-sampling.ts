import type { LoggedFeedback } from '../../data/logged-feedback'
import { bootstrapRounds } from './bootstrap-rounds'
import { discountOf, type SequenceOptions, sequenceWeights } from './episodes'
import type { OffPolicyEstimate } from './estimate'

/**
 * Per-decision importance sampling (Precup, Sutton & Singh 2000, section 3): what an episode under the judged policy would pay,
 *
 *     mean over episodes of  Σ discount^t · w(t) · reward(t)        w(t) the product of ratios up to step t
 *
 * A reward is weighed by the decisions before it, not by those after it, which cannot have caused it. Unbiased where the log has every
 * action that the judged policy takes. The variance grows with every step. Episodes of different length: see episodes.ts.
 *
 * By hand: an episode with rewards 1, 2 and ratios 2, .5 at discount .5: 1 · 2 · 1 + .5 · (2 · .5) · 2 = 3.
 *
 * @param feedback with `episode`
 * @param policy   [rounds, actions], the judged policy's probability of each action in each round; or [rounds], of the action in the log
 *   alone
 * @returns the value of an episode; the interval is a bootstrap over whole episodes, the diagnostics those of their weights
 * @throws RangeError for bad feedback, a log without episodes, a bad policy, weights above 1e150, or an option out of range
 */
export function perDecisionImportanceSampling(
  feedback: LoggedFeedback,
  policy: ArrayLike<number>,
  options: SequenceOptions = {},
): OffPolicyEstimate {
  const discount = discountOf(options)
  const { count, starts, weights, diagnostics, warnings } = sequenceWeights(feedback, policy)
  const values = new Float64Array(count)
  for (let episode = 0; episode < count; episode++) {
    let power = 1
    for (let round = starts[episode]!; round < starts[episode + 1]!; round++, power *= discount) {
      values[episode]! += power * weights[round]! * feedback.reward[round]!
    }
  }
  return { estimator: 'per-decision importance sampling', ...bootstrapRounds(values, undefined, options), ...diagnostics, warnings }
}
