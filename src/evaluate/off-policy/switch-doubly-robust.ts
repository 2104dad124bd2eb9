import type { LoggedFeedback } from '../../data/logged-feedback'
import type { OffPolicyEstimate } from './estimate'
import { type Parameter, type TamedOptions, tamedEstimate } from './tamed-weights'

export interface SwitchOptions extends TamedOptions {
  /** Of at least 0, Infinity allowed, or how it is chosen; 'bound'. */
  readonly threshold?: Parameter
}

/**
 * Switch-DR (Wang, Agarwal & Dudík 2017): the doubly robust estimator where the weight is at most a threshold, and the reward model alone
 * above it.
 *
 * A threshold of Infinity is the doubly robust estimator, one of 0 the direct method.
 *
 * By hand: doubly robust rounds of 1.5 (weight 2) and 0 (weight 1), the model alone .5 in both: with threshold 1 they are .5 and 0, mean
 * .25.
 *
 * @param policy  [rounds, actions], the judged policy's probability of each action in each round
 * @param rewards [rounds, actions], what each action is expected to earn, as rewardModel gives it
 * @returns with the threshold as `parameter`
 * @throws RangeError for bad feedback, a bad policy, rewards of another length or not finite, or an option out of range
 */
export function switchDoublyRobust(
  feedback: LoggedFeedback,
  policy: ArrayLike<number>,
  rewards: ArrayLike<number>,
  options: SwitchOptions = {},
): OffPolicyEstimate {
  const tame = (weight: number, threshold: number) => (weight <= threshold ? weight : 0)
  const taming = { name: 'threshold', parameter: options.threshold ?? 'bound', tame }
  return tamedEstimate('switch doubly robust', feedback, policy, rewards, taming, options)
}
