/** Reading checkpoints: each part by name and length, so that one of another agent or size is refused before anything is taken over. */
import { checkGeneratorState, type GeneratorState } from '../random/generator'
import type { Checkpoint } from './agent'

/** @throws Error when the checkpoint belongs to another agent */
export function checkAgent(agent: string, checkpoint: Checkpoint): void {
  if (checkpoint.agent !== agent) throw new Error(`the checkpoint is of ${checkpoint.agent}; this agent is ${agent}`)
}

/**
 * An array of the checkpoint, of the kind and length expected.
 *
 * @throws Error when it is missing, of another kind or length, or has a number that is not finite
 */
export function arrayOf<Kind extends Checkpoint['arrays'][string]>(
  checkpoint: Checkpoint,
  name: string,
  kind: { new (length: number): Kind; readonly name: string },
  length: number,
): Kind {
  const array = checkpoint.arrays[name]
  if (!(array instanceof kind)) throw new Error(`the checkpoint has no ${name} (${kind.name}); it is incomplete or of another version`)
  if (array.length !== length) {
    throw new Error(`${name} has ${array.length} numbers in the checkpoint; this agent has ${length}: it is of another architecture`)
  }
  const wrong = firstNotFinite(array)
  if (wrong >= 0) throw new Error(`${name} has ${array[wrong]} at ${wrong} in the checkpoint; numbers must be finite: it is damaged`)
  return array
}

/** Where the first number that is not finite stands; -1 where there is none. */
function firstNotFinite(array: Checkpoint['arrays'][string]): number {
  // A number that is not finite makes the sum so; it is looked for only then. A loop, as replays are large.
  let sum = 0
  for (let at = 0; at < array.length; at++) sum += array[at]! * 0
  return sum === 0 ? -1 : array.findIndex(value => !Number.isFinite(value))
}

/** A number from 0 to 1 in the checkpoint's small state: a chance. */
export function chanceOf(checkpoint: Checkpoint, name: string): number {
  const value = checkpoint.state[name]
  if (typeof value === 'number' && value >= 0 && value <= 1) return value
  throw new Error(`${name} is ${JSON.stringify(value)} in the checkpoint; it must be between 0 and 1`)
}

/** A whole number of at least 0 in the checkpoint's small state. */
export function countOf(checkpoint: Checkpoint, name: string): number {
  const value = checkpoint.state[name]
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  throw new Error(`${name} is ${JSON.stringify(value)} in the checkpoint; a count is needed`)
}

/** The state of a stream in the checkpoint's small state. */
export function streamOf(checkpoint: Checkpoint, name: string): GeneratorState {
  const value = checkpoint.state[name]
  if (value !== null && typeof value === 'object') {
    checkGeneratorState(value as GeneratorState)
    return value as GeneratorState
  }
  throw new Error(`${name} is ${JSON.stringify(value)} in the checkpoint; the state of a stream is needed`)
}
