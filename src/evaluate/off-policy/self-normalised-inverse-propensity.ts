import type { LoggedFeedback } from '../../data/logged-feedback'
import { bootstrapFeedback } from './bootstrap-feedback'
import type { EstimateOptions, OffPolicyEstimate } from './estimate'
import { importanceWeights, roundWarnings, weightDiagnostics } from './importance-weights'

/**
 * Self-normalised inverse propensity scoring, SNIPS (Swaminathan & Joachims 2015): Σ weight · reward / Σ weight.
 *
 * A weighted mean, so it stays within the range of the rewards and moves along when a number is added to all of them. Steadier than IPS;
 * slightly biased in small logs. Where all weights are 0 it is 0, with a warning.
 *
 * By hand: weights 1, 1, 3, rewards 1, 0, 1: (1 + 0 + 3) / 5 = .8.
 *
 * @param policy [rounds, actions], the judged policy's probability of each action in each round; or [rounds], of the action in the log
 *   alone
 * @throws RangeError for bad feedback, a policy of another length or with numbers that are no probabilities, or an option out of range
 */
export function selfNormalisedInversePropensity(
  feedback: LoggedFeedback,
  policy: ArrayLike<number>,
  options: EstimateOptions = {},
): OffPolicyEstimate {
  const weights = importanceWeights(feedback, policy)
  const diagnostics = weightDiagnostics(weights)
  const interval = bootstrapFeedback(
    feedback,
    weights.map((weight, round) => weight * feedback.reward[round]!),
    weights,
    options,
  )
  return { estimator: 'self-normalised inverse propensity', ...interval, ...diagnostics, warnings: roundWarnings(feedback, diagnostics) }
}
