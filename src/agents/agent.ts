/** The interface of every agent: it acts, sees what came of it, and learns. Replay and rollout belong to the agent. */
import type { Env } from '../envs/env'

/** What one update says of itself, for curves: `loss`, `epsilon`, `gradientNorm` and the like. */
export type Report = Readonly<Record<string, number>>

/** Everything that makes an agent: enough to go on bit for bit where it stood. */
export interface Checkpoint {
  /** The agent's name in the factory: 'double-dqn'. */
  readonly agent: string
  /** Every option, with the defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>
  /** Only what acting needs: the agent that takes it up acts the same and learns on as a beginner with this policy. */
  readonly policyOnly: boolean
  /** Small state: counters, streams. JSON can hold it. */
  readonly state: Readonly<Record<string, unknown>>
  /** Large state by name: weights, moments, replay. */
  readonly arrays: Readonly<Record<string, Float32Array | Float64Array | Int32Array | Uint8Array>>
  /** The shapes of those arrays that are not plain lists. */
  readonly shapes: Readonly<Record<string, readonly number[]>>
}

export interface Agent {
  /** Its name in the factory: 'double-dqn'. */
  readonly kind: string
  /** The name under which people know it: 'Double DQN'. */
  readonly name: string
  /** Every option, with the defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>
  /** What its networks compute with, for agents that have some. */
  readonly backend?: string
  /** The chance of a random action while exploring, for agents that have one. */
  readonly epsilon?: number
  /**
   * Chooses an action for every row of `observations`.
   *
   * @param observations [copies, width]
   * @param explore      true while learning; false: the best it knows, without dropout or chance where it has a best
   * @param actions      [copies] or [copies, k], overwritten
   * @param propensities [copies], overwritten with the probability of the action taken, when given
   */
  act(observations: Float32Array, explore: boolean, actions: Int32Array, propensities?: Float32Array): void
  /** Takes in one step of every copy: from `before` (a copy of the observations acted on) and `actions` to where `env` stands now. */
  observe(env: Env, before: Float32Array, actions: Int32Array): void
  /**
   * Learns one update's worth from what was observed; undefined when nothing is left to do. After a step of many copies there may be as
   * many updates as copies, so call it until it returns undefined.
   */
  update(): Report | undefined
  /**
   * The score of every item for one observation, for ranked lists: higher is better.
   *
   * @param observation [width]
   * @param out         [items], overwritten
   */
  scores(observation: Float32Array, out: Float32Array): void
  /** @param policyOnly leave out what only learning needs; false */
  save(policyOnly?: boolean): Checkpoint
  /** Takes a checkpoint of the same agent and shape, or throws and stays as it was. */
  load(checkpoint: Checkpoint): void
  /** Frees memory outside JavaScript's heap. */
  dispose(): void
}
