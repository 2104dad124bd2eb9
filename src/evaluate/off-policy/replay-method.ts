import type { LoggedFeedback } from '../../data/logged-feedback'
import { bootstrapFeedback } from './bootstrap-feedback'
import type { EstimateOptions, OffPolicyEstimate } from './estimate'
import { importanceWeights, roundWarnings, weightDiagnostics } from './importance-weights'

/**
 * The replay method (Li, Chu, Langford & Wang 2011): the mean reward of the rounds in which a deterministic policy would have done what was
 * done.
 *
 * Right on average when the log was written by uniform choice. Otherwise actions that the log prefers count too much, and a warning says
 * so. Where no round matches it is 0, with a warning.
 *
 * By hand: actions 0, 1, 1 with rewards 1, 0, 1; the judged policy does 0, 0, 1: the first and the last round match, (1 + 1) / 2 = 1.
 *
 * @param policy [rounds, actions], a single 1 in each row; or [rounds], 1 where the action in the log is the policy's, otherwise 0
 * @throws RangeError for bad feedback, a policy of another length or with probabilities other than 0 and 1, or an option out of range
 */
export function replayMethod(feedback: LoggedFeedback, policy: ArrayLike<number>, options: EstimateOptions = {}): OffPolicyEstimate {
  const weights = importanceWeights(feedback, policy)
  if (!isDeterministic(policy)) {
    const between = Array.from(policy).findIndex(chance => chance !== 0 && chance !== 1)
    throw new RangeError(`policy[${between}] is ${policy[between]}; replay judges policies with probabilities of 0 and 1 only`)
  }
  const { propensity, reward, actions } = feedback
  const diagnostics = weightDiagnostics(weights)
  const matches = weights.map(weight => (weight > 0 ? 1 : 0))
  const interval = bootstrapFeedback(
    feedback,
    matches.map((match, round) => match * reward[round]!),
    matches,
    options,
  )
  const warnings = roundWarnings(feedback, diagnostics)
  if (propensity.some(chance => Math.abs(chance * actions - 1) > 1e-6)) {
    warnings.push(
      'the log was not written by uniform choice, which replay takes it for; inverse propensity scoring looks at the propensities',
    )
  }
  return { estimator: 'replay', ...interval, ...diagnostics, warnings }
}

/** Whether all probabilities are 0 or 1. */
export function isDeterministic(policy: ArrayLike<number>): boolean {
  for (let at = 0; at < policy.length; at++) if (policy[at] !== 0 && policy[at] !== 1) return false
  return true
}
