/**
 * The loss of REINFORCE and A2C, a mean over the steps of a rollout (Williams 1992; Mnih et al. 2016, section 4):
 *
 *   - advantage · log p(action)  +  valueCoefficient · (return - value)²  -  entropyCoefficient · entropy
 *
 * The advantage is held fixed: only the policy is moved by the first term, only the value by the second.
 */
import type { Rollout } from '../memory/rollout'
import type { ActionDistribution } from './action-distribution'

export interface PolicyLoss {
  readonly loss: number
  readonly policyLoss: number
  readonly valueLoss: number
  readonly entropy: number
}

export interface PolicyLossOptions {
  readonly valueCoefficient: number
  readonly entropyCoefficient: number
}

/**
 * @param order       places of the steps in the rollout
 * @param logits      [steps, logits], of those steps now
 * @param values      [steps]
 * @param logitSlopes overwritten with ∂loss / ∂logits
 * @param valueSlopes overwritten with ∂loss / ∂values
 */
export function policyLoss(
  distribution: ActionDistribution,
  { actions, advantages, returns }: Rollout,
  order: Int32Array,
  logits: Float32Array | Float64Array,
  values: Float32Array | Float64Array,
  { valueCoefficient, entropyCoefficient }: PolicyLossOptions,
  logitSlopes: Float32Array | Float64Array,
  valueSlopes: Float32Array | Float64Array,
): PolicyLoss {
  const rows = order.length
  const [sums, share] = [{ policy: 0, value: 0, entropy: 0 }, 1 / rows]
  for (let row = 0; row < rows; row++) {
    const at = order[row]!
    distribution.measure(logits, row, actions, at)
    const advantage = advantages[at]!
    const error = values[row]! - returns[at]!
    sums.policy -= advantage * distribution.logProbability
    sums.value += error * error
    sums.entropy += distribution.entropy
    distribution.slopes(-advantage * share, -entropyCoefficient * share, logitSlopes, row)
    valueSlopes[row] = 2 * valueCoefficient * share * error
  }
  const [policy, value, entropy] = [sums.policy * share, sums.value * share, sums.entropy * share]
  return { loss: policy + valueCoefficient * value - entropyCoefficient * entropy, policyLoss: policy, valueLoss: value, entropy }
}
