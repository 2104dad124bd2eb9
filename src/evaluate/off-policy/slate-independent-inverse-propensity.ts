import { checkWhole } from '../../data/check'
import { checkLength } from '../../data/logged-feedback'
import { bootstrapRounds } from './bootstrap-rounds'
import type { EstimateOptions, OffPolicyEstimate } from './estimate'
import { importanceWeight, weightDiagnostics, weightWarnings } from './importance-weights'

/** A log of slates: in every round an item in each of a few slots, each with a reward of its own. */
export interface SlateFeedback {
  readonly rounds: number
  readonly slots: number
  /** [rounds, slots] */
  readonly reward: Float64Array
  /** The probability that the policy which wrote the log puts this item into this slot, [rounds, slots], above 0 and at most 1. */
  readonly propensity: Float64Array
}

/**
 * Independent inverse propensity scoring for slates (Li, Abbasi-Yadkori, Kveton, Muthukrishnan, Vinay & Wen 2018, the item-position model;
 * McInerney et al. 2020, equation 2): the mean over rounds of  Σ over slots of weight · reward, a weight for each slot by itself.
 *
 * Right on average when the reward of a slot depends on the item in it and on nothing else in the slate. The weights of whole slates, which
 * would need no such assumption, are products of these and hopeless beyond a few slots.
 *
 * By hand: one round of two slots, propensities .5 and .25, judged policy .25 and .5, rewards 1 and 1: .5 + 2 = 2.5.
 *
 * @param policy [rounds, slots], the judged policy's probability of putting the item of the log into its slot
 * @returns the reward of a slate; the interval is a bootstrap over slates, the diagnostics are those of the weights of all slots
 * @throws RangeError for lengths that differ, numbers that are not finite or no probabilities, a weight above 1e150, or an option out of
 *   range
 */
export function slateIndependentInversePropensity(
  feedback: SlateFeedback,
  policy: ArrayLike<number>,
  options: EstimateOptions = {},
): OffPolicyEstimate {
  const { rounds, slots, reward, propensity } = feedback
  checkWhole('rounds', rounds, 1, Number.MAX_SAFE_INTEGER)
  checkWhole('slots', slots, 1, Number.MAX_SAFE_INTEGER)
  for (const [name, column] of Object.entries({ reward, propensity, policy })) checkLength(name, column, rounds * slots)
  const weights = new Float64Array(rounds * slots)
  const values = new Float64Array(rounds)
  for (let at = 0; at < weights.length; at++) {
    if (!Number.isFinite(reward[at]!)) throw new RangeError(`reward[${at}] is ${reward[at]}; it must be a finite number`)
    if (!(propensity[at]! > 0 && propensity[at]! <= 1)) {
      throw new RangeError(`propensity[${at}] is ${propensity[at]}; the probability of what was shown is above 0 and at most 1`)
    }
    if (!(policy[at]! >= 0 && policy[at]! <= 1)) throw new RangeError(`policy[${at}] is ${policy[at]}; a probability lies between 0 and 1`)
    weights[at] = importanceWeight(policy[at]!, propensity, at)
    values[Math.floor(at / slots)]! += weights[at]! * reward[at]!
  }
  const diagnostics = weightDiagnostics(weights)
  const interval = bootstrapRounds(values, undefined, options)
  return {
    estimator: 'slate independent inverse propensity',
    ...interval,
    ...diagnostics,
    warnings: weightWarnings(diagnostics, weights.length),
  }
}
