import type { LoggedFeedback } from '../../data/logged-feedback'
import { bootstrapFeedback } from './bootstrap-feedback'
import type { EstimateOptions, OffPolicyEstimate } from './estimate'
import { importanceWeights, roundWarnings, weightDiagnostics } from './importance-weights'
import { stateValues } from './state-values'
import { checkRewards } from './tamed-weights'

/**
 * The direct method, DM (Beygelzimer & Langford 2009): the mean over rounds of what a reward model expects, Σ π(a) q(a).
 *
 * Steady, and as wrong as the model is. The interval knows of the luck in contexts only, not of the model's error, and is therefore too
 * narrow.
 *
 * By hand: model .2 and .6 in one round, 0 and 1 in the next, judged policy .5, .5 and 0, 1: (.4 + 1) / 2 = .7.
 *
 * @param policy  [rounds, actions], the judged policy's probability of each action in each round
 * @param rewards [rounds, actions], what each action is expected to earn, as rewardModel gives it
 * @throws RangeError for bad feedback, a bad policy, rewards of another length or not finite, or an option out of range
 */
export function directMethod(
  feedback: LoggedFeedback,
  policy: ArrayLike<number>,
  rewards: ArrayLike<number>,
  options: EstimateOptions = {},
): OffPolicyEstimate {
  const diagnostics = weightDiagnostics(importanceWeights(feedback, policy))
  checkRewards(feedback, rewards)
  const interval = bootstrapFeedback(feedback, stateValues(feedback, policy, rewards), undefined, options)
  return { estimator: 'direct method', ...interval, ...diagnostics, warnings: roundWarnings(feedback, diagnostics) }
}
