import type { LoggedFeedback } from '../../data/logged-feedback'
import type { OffPolicyEstimate } from './estimate'
import { type Parameter, type TamedOptions, tamedEstimate } from './tamed-weights'

export interface ShrunkOptions extends TamedOptions {
  /** Of at least 0, Infinity allowed, or how it is chosen; 'bound'. */
  readonly lambda?: Parameter
}

/**
 * The doubly robust estimator with optimistic shrinkage, DRos (Su, Dimakopoulou, Krishnamurthy & Dudík 2020): its weights become
 *
 *     lambda · w / (lambda + w²)
 *
 * Small weights stay nearly what they are, and none is above √lambda / 2. Lambda Infinity is the doubly robust estimator, 0 the direct
 * method.
 *
 * By hand: weights 2 and 1, lambda 4: 8 / 8 = 1 and 4 / 5 = .8.
 *
 * @param policy  [rounds, actions], the judged policy's probability of each action in each round
 * @param rewards [rounds, actions], what each action is expected to earn, as rewardModel gives it
 * @returns with lambda as `parameter`
 * @throws RangeError for bad feedback, a bad policy, rewards of another length or not finite, or an option out of range
 */
export function shrunkDoublyRobust(
  feedback: LoggedFeedback,
  policy: ArrayLike<number>,
  rewards: ArrayLike<number>,
  options: ShrunkOptions = {},
): OffPolicyEstimate {
  return tamedEstimate(
    'shrunk doubly robust',
    feedback,
    policy,
    rewards,
    { name: 'lambda', parameter: options.lambda ?? 'bound', tame },
    options,
  )
}

function tame(weight: number, lambda: number): number {
  // Divided by lambda above and below, so that neither a lambda of 0 or Infinity nor one next to them asks for more.
  return weight === 0 ? 0 : weight / (1 + (weight / lambda) * weight)
}
