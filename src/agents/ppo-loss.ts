/**
 * PPO's loss over a minibatch (Schulman et al. 2017, equations 7 and 9), and what it says of itself.
 *
 *   ratio   = p(action) now / p(action) when it was taken
 *   policy  = mean of max(-advantage · ratio, -advantage · clip(ratio, 1 - clipRange, 1 + clipRange))
 *   value   = mean of (value - return)², or, clipped, of the larger one of it and (old + clip(value - old, ± clipValue) - return)²
 *   loss    = policy + valueCoefficient · value - entropyCoefficient · mean entropy
 *
 * The clip takes the reward away from moving the policy further than clipRange at once: where the clipped term is the larger one the slope
 * is 0. Numbers in brackets are the details of Huang et al. 2022.
 */
import type { Rollout } from '../memory/rollout'
import type { ActionDistribution } from './action-distribution'
import type { PolicyLoss, PolicyLossOptions } from './policy-loss'

export interface PpoLossOptions extends PolicyLossOptions {
  readonly clipRange: number
  readonly clipValue?: number
  readonly normaliseAdvantages: boolean
}

export interface PpoLoss extends PolicyLoss {
  /** Mean of ratio - 1 - log ratio, an estimate of the divergence from the policy that acted (Schulman 2020, "Approximating KL divergence"). */
  readonly approximateKl: number
  /** Share of the steps whose ratio lies outside the clip. */
  readonly clipFraction: number
}

type Numbers = Float32Array | Float64Array

/**
 * @param order       places of steps in the rollout; the minibatch are `rows` of them, from order[from] on
 * @param logits      [rows, logits], of those steps now
 * @param values      [rows]
 * @param logitSlopes overwritten with ∂loss / ∂logits
 * @param valueSlopes overwritten with ∂loss / ∂values
 */
export function ppoLoss(
  distribution: ActionDistribution,
  rollout: Rollout,
  order: Int32Array,
  from: number,
  rows: number,
  logits: Numbers,
  values: Numbers,
  { clipRange, clipValue = Infinity, normaliseAdvantages, valueCoefficient, entropyCoefficient }: PpoLossOptions,
  logitSlopes: Numbers,
  valueSlopes: Numbers,
): PpoLoss {
  const { actions, logProbabilities, advantages, returns } = rollout
  const share = 1 / rows
  let mean = 0
  let deviation = 1
  // [7] Advantages are normalised over the minibatch, not over the rollout. One alone has no deviation.
  if (normaliseAdvantages && rows > 1) {
    for (let row = 0; row < rows; row++) mean += advantages[order[from + row]!]! * share
    let squares = 0
    for (let row = 0; row < rows; row++) squares += (advantages[order[from + row]!]! - mean) ** 2
    deviation = Math.sqrt(squares / (rows - 1)) + 1e-8
  }
  let policyLoss = 0
  let valueLoss = 0
  let entropy = 0
  let approximateKl = 0
  let clipped = 0
  for (let row = 0; row < rows; row++) {
    const at = order[from + row]!
    distribution.measure(logits, row, actions, at)
    const advantage = (advantages[at]! - mean) / deviation
    const logRatio = distribution.logProbability - logProbabilities[at]!
    const ratio = Math.exp(logRatio)

    // [8] The clipped surrogate.
    const plain = -advantage * ratio
    const bounded = -advantage * Math.min(1 + clipRange, Math.max(1 - clipRange, ratio))
    policyLoss += Math.max(plain, bounded)
    // ∂ratio / ∂log p is the ratio itself.
    const byLogProbability = plain >= bounded ? plain * share : 0
    // [10] The bonus for entropy.
    distribution.slopes(byLogProbability, -entropyCoefficient * share, logitSlopes, row)
    entropy += distribution.entropy

    // [9] The value may be held near what it was; where it is, and further from the return for it, there is no slope.
    const value = values[row]!
    const error = value - returns[at]!
    const moved = value - rollout.values[at]!
    const held = Math.abs(moved) <= clipValue ? error : rollout.values[at]! + Math.sign(moved) * clipValue - returns[at]!
    valueLoss += Math.max(error * error, held * held)
    valueSlopes[row] = held * held > error * error ? 0 : 2 * valueCoefficient * share * error

    // [12] The debug variables.
    approximateKl += ratio - 1 - logRatio
    if (Math.abs(ratio - 1) > clipRange) clipped++
  }
  policyLoss *= share
  valueLoss *= share
  entropy *= share
  const loss = policyLoss + valueCoefficient * valueLoss - entropyCoefficient * entropy
  return { loss, policyLoss, valueLoss, entropy, approximateKl: approximateKl * share, clipFraction: clipped * share }
}
