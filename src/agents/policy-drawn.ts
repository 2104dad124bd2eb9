/**
 * The actions that a policy drew last, with their log-probabilities and the values of what they were drawn on: a learner that sees the step
 * they led to need not ask its networks again.
 */
import type { Generator } from '../random/generator'
import type { ActionDistribution } from './action-distribution'
import { type RowNetwork, roomFor } from './policy-network'

export class Drawn {
  /** [copies], of the actions known last. */
  logProbabilities = new Float64Array(0)
  values: Float32Array = new Float32Array(0)
  private copies = 0
  private logits: Float32Array = new Float32Array(0)
  private observations: Float32Array = new Float32Array(0)
  private actions: Int32Array = new Int32Array(0)

  constructor(
    private readonly distribution: ActionDistribution,
    private readonly policy: RowNetwork,
    private readonly value: RowNetwork | undefined,
  ) {}

  /** Draws an action for each row. */
  draw(observations: Float32Array, copies: number, generator: Generator, actions: Int32Array): void {
    this.look(observations, copies)
    for (let copy = 0; copy < copies; copy++) this.distribution.sample(this.logits, copy, generator, actions)
    this.remember(observations, actions, copies)
  }

  /** The likeliest action for each row; nothing is remembered. */
  best(observations: Float32Array, copies: number, actions: Int32Array): void {
    this.look(observations, copies)
    for (let copy = 0; copy < copies; copy++) this.distribution.mode(this.logits, copy, actions)
  }

  /** Knows these actions on these rows, whether they were drawn last or not. */
  know(observations: Float32Array, actions: Int32Array, copies: number): void {
    if (this.isKnown(observations, actions, copies)) return
    this.look(observations, copies)
    this.remember(observations, actions, copies)
  }

  /** The policy is another one from now on. */
  forget(): void {
    this.copies = 0
  }

  private look(observations: Float32Array, copies: number): void {
    this.logits = roomFor(this.logits, copies * this.distribution.logits)
    this.policy.values(observations, copies, this.logits)
  }

  private remember(observations: Float32Array, actions: Int32Array, copies: number): void {
    const { distribution } = this
    this.copies = 0
    if (this.observations.length !== observations.length || this.actions.length !== actions.length) {
      this.observations = new Float32Array(observations.length)
      this.actions = new Int32Array(actions.length)
      this.values = new Float32Array(copies)
      this.logProbabilities = new Float64Array(copies)
    }
    this.value?.values(observations, copies, this.values)
    for (let copy = 0; copy < copies; copy++) {
      distribution.measure(this.logits, copy, actions, copy)
      this.logProbabilities[copy] = distribution.logProbability
    }
    this.observations.set(observations)
    this.actions.set(actions)
    this.copies = copies
  }

  private isKnown(observations: Float32Array, actions: Int32Array, copies: number): boolean {
    const { observations: knownOn, actions: known } = this
    if (this.copies !== copies) return false
    for (let at = 0; at < actions.length; at++) if (actions[at] !== known[at]) return false
    for (let at = 0; at < observations.length; at++) if (observations[at] !== knownOn[at]) return false
    return true
  }
}
