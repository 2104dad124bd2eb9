import type { LoggedFeedback } from '../../data/logged-feedback'
import type { EstimateOptions, OffPolicyEstimate } from './estimate'
import { tamedEstimate } from './tamed-weights'

/**
 * The doubly robust estimator, DR (Dudík, Langford & Li 2011; Dudík, Erhan, Langford & Li 2014): the mean over rounds of
 *
 *     Σ π(a) q(a)  +  weight · (reward - q(what was done))
 *
 * Right on average when the propensities or the reward model are, and steadier than IPS the better the model is.
 *
 * By hand: model .5 for both actions, judged policy .5, .5, propensities .25 and .5, rewards 1 and 0: .5 + 2 · .5 = 1.5 and
 * .5 + 1 · (-.5) = 0, their mean .75.
 *
 * @param policy  [rounds, actions], the judged policy's probability of each action in each round
 * @param rewards [rounds, actions], what each action is expected to earn, as rewardModel gives it
 * @throws RangeError for bad feedback, a bad policy, rewards of another length or not finite, or an option out of range
 */
export function doublyRobust(
  feedback: LoggedFeedback,
  policy: ArrayLike<number>,
  rewards: ArrayLike<number>,
  options: EstimateOptions = {},
): OffPolicyEstimate {
  return tamedEstimate('doubly robust', feedback, policy, rewards, undefined, options)
}
