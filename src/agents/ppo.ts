/**
 * PPO, proximal policy optimisation (Schulman et al. 2017, arXiv 1707.06347), with the thirteen core details of Huang et al. 2022 ("The 37
 * implementation details of proximal policy optimization"); each is named where it is done, by its number in brackets.
 *
 *   act      draw an action from the policy                                        [1] all copies are stepped together
 *   observe  play `rolloutSteps` steps in every copy, then estimate advantages     [5] generalised advantage estimation
 *   update   one minibatch: for `epochs` times, all steps of the rollout in a new order, `minibatchSize` at a time     [6]
 *            one step of Adam down the clipped loss (ppo-loss.ts)                  [7] to [10], [12]
 *
 * [2] orthogonal weights and zero biases, and [13] separate networks for policy and value, stand in policy-network.ts; [3] Adam's epsilon of
 * 1e-5, [4] the falling learning rate and [11] the clip of one global norm in policy-gradient.ts, which REINFORCE and A2C share.
 *
 * A2C learns once from each rollout and throws it away. PPO learns from it several times over, which would carry the policy far from the one
 * that played it, where what was seen says little; the clip takes away what there is to win by going there.
 *
 * An update is one minibatch, so that a training can pause between any two, and be taken up from a checkpoint in the midst of an epoch.
 */
import type { Spec } from '../envs/env'
import type { Rollout } from '../memory/rollout'
import { shuffle } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import type { Agent, Checkpoint, Report } from './agent'
import type { AgentFacts } from './agent-facts'
import { arrayOf, countOf, streamOf } from './checkpoints'
import type { CheckpointParts } from './named-perceptrons'
import { PolicyGradient, type PolicyParts, policyParts } from './policy-gradient'
import { ppoLoss } from './ppo-loss'
import { type PpoOptions, ppoFields, readPpoOptions } from './ppo-options'

export type { PpoOptions } from './ppo-options'

const kind = 'ppo'

export const ppoFacts: AgentFacts = {
  kind,
  about: 'proximal policy optimisation: policy gradient that learns from each rollout several times, within a clip',
  source: 'Schulman et al. 2017, arXiv 1707.06347; Huang et al. 2022',
  spaces: ['discrete', 'multi-discrete', 'slate'],
  fields: ppoFields,
}

/**
 * A PPO for a shop: `await ppo(shop.spec, { learningRate: 3e-4, seed: 1 })`, for one item, for actions of several parts and for slates.
 *
 * Left out, an option has the value that both Stable-Baselines3 and the 37 details give it, and where they differ: rolloutSteps 128,
 * minibatches 4 and entropyCoefficient .01 of the details; epochs 10, learningRate .0003, a learning rate that stays and values that are not
 * clipped of Stable-Baselines3. The rest: discount .99, lambda .95, clipRange .2, valueCoefficient .5, clipNorm .5, hiddenUnits [64, 64].
 * All of them are in `PpoOptions`.
 *
 * @param spec the shop's: `env.spec`
 * @throws UserError for options that do not fit
 */
export async function ppo(spec: Spec, given: Partial<PpoOptions> = {}): Promise<Agent> {
  const options = readPpoOptions(kind, spec, given)
  return new Ppo(spec, options, await policyParts(kind, spec, options))
}

class Ppo extends PolicyGradient {
  private readonly orderStream: Generator
  /** Epochs done with the rollout in hand, and steps done of the present one. */
  private epoch = 0
  private next = 0
  private explainedVariance = 0

  constructor(
    spec: Spec,
    private readonly own: PpoOptions,
    parts: PolicyParts,
  ) {
    super(kind, 'PPO', spec, own, own, parts)
    this.orderStream = stream(own.seed, 'minibatches')
  }

  update(): Report | undefined {
    if (!this.isLearning) return undefined
    const { own, order, next } = this
    // [6] Every epoch goes once through all steps of all copies, shuffled together.
    if (next === 0) shuffle(this.orderStream, order)
    const rows = Math.min(own.minibatchSize ?? Math.ceil(order.length / own.minibatches), order.length - next)
    this.forward(next, rows)

    const { distribution, rollout, logits, values, logitSlopes, valueSlopes } = this
    const clipRange = own.annealClipRange ? own.clipRange * this.left : own.clipRange
    const options = { ...own, clipRange }
    const loss = ppoLoss(distribution, rollout, order, next, rows, logits, values, options, logitSlopes, valueSlopes)
    const step = this.descend(loss.loss)

    this.next += rows
    if (this.next === order.length) {
      this.next = 0
      this.epoch++
    }
    // A checkpoint may bring an epoch that is later.
    if (this.epoch >= own.epochs || (own.targetKl !== undefined && loss.approximateKl > own.targetKl)) this.finish()
    // [12] The debug variables.
    return { ...loss, explainedVariance: this.explainedVariance, ...step, clipRange }
  }

  protected override estimate(): void {
    super.estimate()
    this.explainedVariance = explainedVariance(this.rollout, this.order)
  }

  protected override finish(): void {
    super.finish()
    this.epoch = 0
    this.next = 0
  }

  protected override beginWith(copies: number): void {
    super.beginWith(copies)
    this.epoch = 0
    this.next = 0
  }

  protected override saveMore({ state, arrays }: CheckpointParts): void {
    const { epoch, next, orderStream, isLearning } = this
    Object.assign(state, { epoch, next, minibatches: orderStream.save() })
    arrays.order = isLearning ? this.order.slice() : new Int32Array(0)
  }

  protected override loadMore(checkpoint: Checkpoint, { size }: Rollout, isLearning: boolean): () => void {
    const [epoch, next] = [countOf(checkpoint, 'epoch'), countOf(checkpoint, 'next')]
    const minibatches = streamOf(checkpoint, 'minibatches')
    const order = arrayOf(checkpoint, 'order', Int32Array, isLearning ? size : 0)
    if (order.some(place => !(place >= 0 && place < size)) || next >= Math.max(1, order.length)) {
      throw new Error('the order of learning in the checkpoint names steps that its rollout does not have')
    }
    return () => {
      this.epoch = epoch
      this.next = next
      this.orderStream.load(minibatches)
      this.order.set(order)
    }
  }
}

/** How much of the variance of the returns the values foresaw: 1 all of it, 0 none, below 0 worse than their mean; 0 where there is none. */
function explainedVariance({ returns, values }: Rollout, order: Int32Array): number {
  let [sum, squares, errorSum, errorSquares] = [0, 0, 0, 0]
  for (let row = 0; row < order.length; row++) {
    const wanted = returns[order[row]!]!
    const error = wanted - values[order[row]!]!
    sum += wanted
    squares += wanted * wanted
    errorSum += error
    errorSquares += error * error
  }
  const variance = squares - (sum * sum) / order.length
  return variance > 1e-12 * squares ? 1 - (errorSquares - (errorSum * errorSum) / order.length) / variance : 0
}
