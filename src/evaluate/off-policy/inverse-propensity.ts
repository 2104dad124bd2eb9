import type { LoggedFeedback } from '../../data/logged-feedback'
import { bootstrapFeedback } from './bootstrap-feedback'
import type { EstimateOptions, OffPolicyEstimate } from './estimate'
import { importanceWeights, roundWarnings, weightDiagnostics } from './importance-weights'

/**
 * Inverse propensity scoring, IPS (Horvitz & Thompson 1952; Precup, Sutton & Singh 2000): the mean of weight · reward.
 *
 * Unbiased where the log has every action that the judged policy takes. Its variance grows with the weights, and it may leave the range of
 * the rewards.
 *
 * By hand: rewards 1, 0, 1, propensities .5, .5, .25, judged policy .5, .5, .75: weights 1, 1, 3; (1 + 0 + 3) / 3 = 1.333.
 *
 * @param policy [rounds, actions], the judged policy's probability of each action in each round; or [rounds], of the action in the log
 *   alone
 * @throws RangeError for bad feedback, a policy of another length or with numbers that are no probabilities, or an option out of range
 */
export function inversePropensity(feedback: LoggedFeedback, policy: ArrayLike<number>, options: EstimateOptions = {}): OffPolicyEstimate {
  const weights = importanceWeights(feedback, policy)
  const diagnostics = weightDiagnostics(weights)
  const interval = bootstrapFeedback(
    feedback,
    weights.map((weight, round) => weight * feedback.reward[round]!),
    undefined,
    options,
  )
  return { estimator: 'inverse propensity', ...interval, ...diagnostics, warnings: roundWarnings(feedback, diagnostics) }
}
