import type { LoggedFeedback } from '../../data/logged-feedback'
import type { OffPolicyEstimate } from './estimate'
import { type Parameter, type TamedOptions, tamedEstimate } from './tamed-weights'

export interface ClippedOptions extends TamedOptions {
  /** The largest weight allowed, of at least 0, Infinity allowed, or how it is chosen; 'bound'. */
  readonly cap?: Parameter
}

/**
 * Clipped inverse propensity scoring (Ionides 2008; Bottou et al. 2013, section 4.4): the mean of min(weight, cap) · reward.
 *
 * Steadier than IPS, and too low for rewards above 0: what the cap cuts off is missing.
 *
 * By hand: weights 1, 1, 3, rewards 1, 0, 1, cap 2: (1 + 0 + 2) / 3 = 1.
 *
 * @param policy [rounds, actions], the judged policy's probability of each action in each round; or [rounds], of the action in the log
 *   alone
 * @returns with the cap as `parameter`; the diagnostics are those of the weights before clipping
 * @throws RangeError for bad feedback, a policy of another length or with numbers that are no probabilities, or an option out of range
 */
export function clippedInversePropensity(
  feedback: LoggedFeedback,
  policy: ArrayLike<number>,
  options: ClippedOptions = {},
): OffPolicyEstimate {
  const taming = { name: 'cap', parameter: options.cap ?? 'bound', tame: Math.min }
  return tamedEstimate('clipped inverse propensity', feedback, policy, undefined, taming, options)
}
