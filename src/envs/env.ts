/**
 * The interface of every shop: N shoppers stepped together over typed arrays that are made once (terms: Gymnasium).
 *
 * Row i of every buffer belongs to copy i and is overwritten by `reset` and `step`. An episode that ends starts anew in the same step
 * (autoreset): `observations` then holds the first observation of the next episode and `finalObservations` the last of the ended one.
 */
import type { EventLog } from './events'

/** What an action is. */
export type Space =
  | { readonly kind: 'discrete'; readonly n: number }
  | { readonly kind: 'multi-discrete'; readonly sizes: readonly number[] }
  | { readonly kind: 'slate'; readonly candidates: number; readonly size: number }

/** A stretch of the observation row, so that an agent can find its parts. */
export interface Block {
  readonly name: 'user' | 'history' | 'candidates' | 'context'
  readonly offset: number
  readonly shape: readonly number[]
  /** For each column of the last axis: how many ids there are, 0 for a plain number. Left out where all are plain numbers. */
  readonly categories?: readonly number[]
  /** Which of its numbers is the share of the session done, 0 to 1; left out where none is. */
  readonly progress?: number
}

/** What a shop is, in numbers that never change while it runs. */
export interface Spec {
  readonly name: string
  readonly preset: string
  /** Every option, with the defaults filled in: enough to build the same shop again. */
  readonly options: Readonly<Record<string, unknown>>
  readonly layout: readonly Block[]
  /** Numbers in one observation row. */
  readonly width: number
  readonly actions: Space
  /** Steps after which an episode is cut off. */
  readonly horizon: number
}

/** A fixed catalogue, for agents that score items by their features and for metrics of diversity. */
export interface Items {
  /** [items, width] */
  readonly features: Float32Array
  readonly width: number
  readonly labels: readonly string[]
}

/** One copy's whole state; opaque, made by `save` and read by `load` of the same kind of shop. JSON can hold it. */
export interface Snapshot {
  readonly env: string
  readonly state: Readonly<Record<string, unknown>>
}

export interface Env {
  readonly spec: Spec
  readonly items?: Items
  readonly copies: number
  /** [copies, width] */
  readonly observations: Float32Array
  /** [copies, width]; a row is valid where the episode ended in this step. */
  readonly finalObservations: Float32Array
  /** [copies]: what the agent learns from, bonuses included. */
  readonly rewards: Float64Array
  /** [copies]: the part of `rewards` that is a training bonus; reported returns leave it out. */
  readonly bonuses: Float64Array
  /** [copies]: the process ended, nothing follows. */
  readonly terminated: Uint8Array
  /** [copies]: only our patience ended, the future still has value. */
  readonly truncated: Uint8Array
  /** [copies]: position clicked in the slate (0 for a single item), -1 for none. */
  readonly chosen: Int32Array
  /** What happened in the last step; cleared by each step. */
  readonly events: EventLog
  /** Starts every copy. Row i of reset(seed, first) is bit for bit a single copy under reset(seed, first + i). */
  reset(seed: number, firstCopy?: number): void
  /**
   * One step of every copy.
   * @param actions [copies], or [copies, k] for a slate of k
   * @throws RangeError when the length is wrong or an action lies outside the space; nothing has moved then
   */
  step(actions: Int32Array): void
  save(copy: number): Snapshot
  /** Puts a snapshot into the copies named; `futureSeed` redraws what is still random, so that planning cannot foresee. */
  load(snapshot: Snapshot, copies: readonly number[], futureSeed?: number): void
}
