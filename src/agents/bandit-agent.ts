/**
 * A bandit without context as an agent: what all of them share. The observation is not looked at. An algorithm says what it makes of the
 * rewards seen, how it chooses an arm while learning, and how likely that choice was; acting for real, all show the arm of the highest
 * mean, the lowest-numbered of several, without chance.
 */
import type { Env, Spec } from '../envs/env'
import { type Generator, stream } from '../random/generator'
import type { ActionValues } from './action-values'
import type { Agent, Checkpoint, Report } from './agent'
import type { Arms } from './arms'
import { checkAgent, streamOf } from './checkpoints'
import { highestOf } from './highest'
import { checkObservations, checkStep } from './spaces'

/** What one algorithm adds. */
export interface BanditRule {
  readonly kind: string
  readonly name: string
  /** What the rewards have taught; all that the algorithm remembers. */
  readonly values: ActionValues
  /** [arms]: what each arm is believed to bring, as `prepare` has left it. */
  readonly means: Float64Array
  /** The chance of a random arm, for those that have one. */
  readonly epsilon?: number
  /** Called when something new is known, before the rest is asked. */
  prepare(): void
  /** An arm, while learning. */
  choose(policy: Generator): number
  /** How likely `choose` is to choose this arm. */
  probability(arm: number): number
  /** What to learn from a step, [copies]; left out, the rewards. */
  outcomes?(env: Env): ArrayLike<number>
}

export class BanditAgent implements Agent {
  readonly kind: string
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
  private readonly policy: Generator
  /** The arms of the highest mean, in front. */
  private readonly best: Int32Array
  /** Something was learned since the algorithm prepared itself. */
  private stale = true

  constructor(
    private readonly spec: Spec,
    private readonly arms: Arms,
    private readonly rule: BanditRule,
    options: { readonly seed: number },
  ) {
    this.kind = rule.kind
    this.name = rule.name
    this.options = { ...options }
    this.policy = stream(options.seed, 'policy')
    this.best = new Int32Array(arms.count)
  }

  get epsilon(): number | undefined {
    return this.rule.epsilon
  }

  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void {
    const { arms, rule, policy } = this
    const copies = actions.length / arms.parts
    checkObservations(observations, copies, this.spec.width)
    this.prepare()
    for (let copy = 0; copy < copies; copy++) {
      const arm = explore ? rule.choose(policy) : this.best[0]!
      arms.write(arm, actions, copy)
      if (propensities) propensities[copy] = explore ? rule.probability(arm) : 1
    }
  }

  observe(env: Env, before: Float32Array, actions: Int32Array): void {
    checkStep(env, before, actions, this.spec)
    const { arms, rule } = this
    const outcomes = rule.outcomes ? rule.outcomes(env) : env.rewards
    for (let copy = 0; copy < env.copies; copy++) rule.values.learn(arms.of(actions, copy), outcomes[copy]!)
    this.stale = true
  }

  update(): Report | undefined {
    return undefined
  }

  /** The means; of MultiDiscrete actions, one for every combination, by the number of its arm. */
  scores(_observation: Float32Array, out: Float32Array): void {
    this.prepare()
    out.set(this.rule.means)
  }

  save(policyOnly = false): Checkpoint {
    const { arrays, state } = this.rule.values.save()
    return { agent: this.kind, options: this.options, policyOnly, state: { policy: this.policy.save(), ...state }, arrays, shapes: {} }
  }

  load(checkpoint: Checkpoint): void {
    checkAgent(this.kind, checkpoint)
    const take = this.rule.values.read(checkpoint)
    this.policy.load(streamOf(checkpoint, 'policy'))
    take()
    this.stale = true
  }

  dispose(): void {}

  private prepare(): void {
    if (!this.stale) return
    this.rule.prepare()
    highestOf(this.rule.means, this.best)
    this.stale = false
  }
}
