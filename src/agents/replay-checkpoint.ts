/** A replay of single actions in a checkpoint: `replay.observations`, `replay.actions`, …, and its two counters in the state. */
import type { ReplayState } from '../memory/replay'
import type { Checkpoint } from './agent'
import { arrayOf, countOf } from './checkpoints'
import type { CheckpointParts } from './named-perceptrons'

/** @param width numbers in one observation */
export function nameReplay({ size, next, arrays: kept }: ReplayState, width: number, { arrays, shapes, state }: CheckpointParts): void {
  for (const [name, array] of Object.entries(kept)) arrays[`replay.${name}`] = array
  for (const name of ['observations', 'following']) shapes[`replay.${name}`] = [size, width]
  Object.assign(state, { replaySize: size, replayNext: next })
}

/**
 * Reads it; whether it fits the replay, `Replay.check` says.
 *
 * @param counted whether each transition says how many steps it spans
 * @throws Error when a part is missing or of another size
 */
export function readReplay(checkpoint: Checkpoint, width: number, counted = false): ReplayState {
  const [size, next] = [countOf(checkpoint, 'replaySize'), countOf(checkpoint, 'replayNext')]
  const arrays = {
    observations: arrayOf(checkpoint, 'replay.observations', Float32Array, size * width),
    actions: arrayOf(checkpoint, 'replay.actions', Int32Array, size),
    rewards: arrayOf(checkpoint, 'replay.rewards', Float32Array, size),
    following: arrayOf(checkpoint, 'replay.following', Float32Array, size * width),
    terminated: arrayOf(checkpoint, 'replay.terminated', Uint8Array, size),
    ...(counted && { steps: arrayOf(checkpoint, 'replay.steps', Uint8Array, size) }),
  }
  return { size, next, arrays }
}
