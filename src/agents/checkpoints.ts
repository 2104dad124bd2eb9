/** Reading checkpoints: each part by name and length, so that one of another agent or size is refused before anything is taken over. */
import { checkGeneratorState, type GeneratorState } from '../random/generator'
import type { Checkpoint } from './agent'

/** @throws Error when the checkpoint belongs to another agent */
export function checkAgent(agent: string, checkpoint: Checkpoint): void {
  if (checkpoint.agent !== agent) throw new Error(`the checkpoint is of ${checkpoint.agent}; this agent is ${agent}`)
}

/** An array of the checkpoint, of the kind and length expected. */
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
  return array
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
