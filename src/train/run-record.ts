/** What a training tells while it runs and what stays of it. */
import type { Spec } from '../envs/env'

/** Where a training stands; the lists grow as it goes and must not be changed. */
export interface Progress {
  /** Transitions so far, over all copies. */
  readonly step: number
  /** Transitions asked for; Infinity when the run ends by episodes. */
  readonly steps: number
  /** Episodes ended so far, over all copies. */
  readonly episode: number
  /** Episodes asked for; Infinity when the run ends by steps. */
  readonly episodes: number
  /** Chance of a random action now; NaN for agents that have none. */
  readonly epsilon: number
  /** Loss of the last update; NaN before the first. */
  readonly loss: number
  readonly stepsPerSecond: number
  readonly secondsLeft: number
  /** Return of every ended episode, bonuses left out. */
  readonly returns: readonly number[]
  /** Steps of every ended episode. */
  readonly lengths: readonly number[]
  /** Mean loss of the updates between two ends of episodes; NaN where there was no update. */
  readonly losses: readonly number[]
  /** Epsilon when the episode ended; NaN for agents that have none. */
  readonly epsilons: readonly number[]
}

/** Mean greedy return, measured at a step of the training. */
export interface EvaluationPoint {
  readonly step: number
  readonly mean: number
}

/** Seconds, by what they were spent on; the rest of `total` went to evaluation, drawing and pauses. */
export interface Timing {
  readonly environment: number
  readonly acting: number
  readonly learning: number
  readonly total: number
}

export interface RunRecord {
  /** The agent's name in the factory. */
  readonly agent: string
  readonly options: Readonly<Record<string, unknown>>
  /** What its networks computed with; left out for agents that have none. */
  readonly backend?: string
  readonly env: Spec
  /** Copies stepped together. */
  readonly copies: number
  readonly seed: number
  /** Transitions made. */
  readonly steps: number
  /** Episodes ended. */
  readonly episodes: number
  /** Gradient steps or whatever the agent calls an update. */
  readonly updates: number
  readonly curves: Pick<Progress, 'returns' | 'lengths' | 'losses' | 'epsilons'> & { readonly evaluations: readonly EvaluationPoint[] }
  readonly timing: Timing
  /** True when a signal ended the run before its time. */
  readonly interrupted: boolean
  /** True when `onEvaluation` ended the run before its time; left out otherwise. */
  readonly stopped?: boolean
}
