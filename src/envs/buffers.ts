/** The buffers that every shop has, made once, and the checks of copies and snapshots. */
import { EventLog } from './events'

export interface Buffers {
  readonly observations: Float32Array
  readonly finalObservations: Float32Array
  readonly rewards: Float64Array
  readonly bonuses: Float64Array
  readonly terminated: Uint8Array
  readonly truncated: Uint8Array
  readonly chosen: Int32Array
  readonly events: EventLog
}

/**
 * @param copies        shoppers stepped together
 * @param width         numbers in one observation row
 * @param eventsPerStep the most events that one copy's step brings
 */
export function makeBuffers(copies: number, width: number, eventsPerStep: number): Buffers {
  return {
    observations: new Float32Array(copies * width),
    finalObservations: new Float32Array(copies * width),
    rewards: new Float64Array(copies),
    bonuses: new Float64Array(copies),
    terminated: new Uint8Array(copies),
    truncated: new Uint8Array(copies),
    chosen: new Int32Array(copies).fill(-1),
    events: new EventLog(copies * eventsPerStep),
  }
}

/** Nothing has happened yet: after `reset` and `load`. */
export function clearOutcome(buffers: Buffers, copy: number): void {
  buffers.rewards[copy] = 0
  buffers.bonuses[copy] = 0
  buffers.terminated[copy] = 0
  buffers.truncated[copy] = 0
  buffers.chosen[copy] = -1
}

/** @throws RangeError when a snapshot comes from another shop, or a copy named does not exist */
export function checkLoad(env: string, snapshotOf: string, copies: readonly number[], all: number): void {
  if (snapshotOf !== env) throw new RangeError(`the snapshot is of ${snapshotOf}; this shop is ${env}`)
  for (const copy of copies) checkCopy(copy, all)
}

/** @throws RangeError when there is no such copy */
export function checkCopy(copy: number, all: number): void {
  if (!(Number.isInteger(copy) && copy >= 0 && copy < all)) {
    throw new RangeError(`copy is ${copy}; it must be a whole number between 0 and ${all - 1}`)
  }
}
