/**
 * REINFORCE (Williams 1992, doi 10.1007/BF00992696): the policy gradient from whole episodes, the first of three steps towards PPO.
 *
 *   act      draw an action from the policy
 *   observe  play one whole episode in every copy
 *   update   return(t) = reward(t) + discount · return(t + 1), to the episode's end;
 *            make each action more likely in proportion to return(t) - baseline: one step of Adam down
 *              - mean of (return(t) - baseline(t)) · log p(action(t))  +  valueCoefficient · mean of (return(t) - baseline(t))²
 *
 * The baseline is a network that learns what return to expect of an observation. It changes no expectation and takes away most of the noise;
 * without it every action of a good episode is praised. `baseline: false` is the bare algorithm.
 *
 * An episode counts from its beginning to its end under one policy. So a copy whose episode ends first waits, and one that is in the midst of
 * an episode when the policy moves is heard again from the next one on. With one copy no step is lost.
 *
 * A time limit is bootstrapped through by the baseline's value; without a baseline, what would have come is taken for nothing.
 * As usual, the factor discount^t that the gradient of the discounted return from the start would have is left out.
 *
 * The next step is A2C: it does not wait for the end of an episode, but lets the value function stand for what comes.
 */
import type { Spec } from '../envs/env'
import type { Rollout } from '../memory/rollout'
import type { Agent, Checkpoint, Report } from './agent'
import type { AgentFacts } from './agent-facts'
import { arrayOf } from './checkpoints'
import type { CheckpointParts } from './named-perceptrons'
import { atLeast, flag, readOptions } from './options'
import { PolicyGradient, type PolicyParts, policyParts } from './policy-gradient'
import { policyLoss } from './policy-loss'
import { type OpenScoring, type PolicyOptions, policyFields, scoringOf } from './policy-options'

export interface ReinforceOptions extends PolicyOptions {
  /** Adam's step size, above 0; .001. */
  readonly learningRate: number
  /** Whether a value network is learned as baseline; true. */
  readonly baseline: boolean
  /** What the baseline's squared error counts beside the policy, at least 0; .5. Adam's step is hardly changed by it, the clip by `clipNorm` is. */
  readonly valueCoefficient: number
}

const kind = 'reinforce'

const fields = () => ({
  ...policyFields(1e-3),
  baseline: flag().default(true),
  valueCoefficient: atLeast(0).default(0.5),
})

export const reinforceFacts: AgentFacts = {
  kind,
  about: 'policy gradient from the returns of whole episodes',
  source: 'Williams 1992',
  spaces: ['discrete', 'multi-discrete', 'slate'],
  fields,
}

/**
 * REINFORCE for a shop: `await reinforce(shop.spec, { learningRate: 1e-3, seed: 1 })`. Options and defaults: `ReinforceOptions`.
 *
 * @param spec the shop's: `env.spec`
 * @throws UserError for options that do not fit
 */
export async function reinforce(spec: Spec, given: Partial<ReinforceOptions> = {}): Promise<Agent> {
  const read = readOptions<OpenScoring<ReinforceOptions>>(kind, fields, given)
  const options = { ...read, scoring: scoringOf(kind, spec, read.scoring) }
  return new Reinforce(spec, options, await policyParts(kind, spec, options, options.baseline))
}

class Reinforce extends PolicyGradient {
  /** [copies]: whether an episode begins with the next step. */
  private begins = new Uint8Array(0)

  constructor(
    spec: Spec,
    private readonly own: ReinforceOptions,
    parts: PolicyParts,
  ) {
    // With lambda 1 the advantage of GAE is the return less the baseline. The rollout grows with the episodes.
    super(kind, 'REINFORCE', spec, own, { rolloutSteps: Math.min(spec.horizon, 64), lambda: 1 }, parts)
  }

  update(): Report | undefined {
    if (!this.isLearning) return undefined
    this.forward(0, this.order.length)
    const { distribution, rollout, order, logits, values, logitSlopes, valueSlopes, own } = this
    const coefficients = { valueCoefficient: own.baseline ? own.valueCoefficient : 0, entropyCoefficient: 0 }
    const { loss, valueLoss, entropy } = policyLoss(distribution, rollout, order, logits, values, coefficients, logitSlopes, valueSlopes)
    const step = this.descend(loss)
    this.finish()
    return { loss, ...(own.baseline && { valueLoss }), entropy, ...step }
  }

  protected override keeps(copy: number, ended: boolean): boolean {
    const kept = this.rollout.lengths[copy]! > 0 ? !this.isWhole(copy) : this.begins[copy] === 1
    this.begins[copy] = ended ? 1 : 0
    return kept
  }

  protected override isComplete(): boolean {
    for (let copy = 0; copy < this.rollout.copies; copy++) if (!this.isWhole(copy)) return false
    return true
  }

  /** The episode in hand will have no end: another has begun. */
  protected override moved(copy: number): void {
    if (!this.isWhole(copy)) this.rollout.lengths[copy] = 0
    this.begins[copy] = 1
  }

  /** Whether the copy's episode is there to its end. */
  private isWhole(copy: number): boolean {
    const { lengths, copies, terminated, truncated } = this.rollout
    const last = (lengths[copy]! - 1) * copies + copy
    return last >= 0 && (terminated[last] === 1 || truncated[last] === 1)
  }

  protected override beginWith(copies: number): void {
    super.beginWith(copies)
    this.begins = new Uint8Array(copies).fill(1)
  }

  protected override saveMore({ arrays }: CheckpointParts): void {
    arrays.begins = this.begins.slice()
  }

  protected override loadMore(checkpoint: Checkpoint, { copies }: Rollout): () => void {
    const begins = arrayOf(checkpoint, 'begins', Uint8Array, copies)
    return () => this.begins.set(begins)
  }
}
