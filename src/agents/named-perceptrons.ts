/** A perceptron in a checkpoint: its layers by name, as named-layers.ts names a network's, and Adam's moments where learning goes on. */
import type { PerceptronShape, PerceptronState } from '../networks/perceptron'
import type { Checkpoint } from './agent'
import { arrayOf, countOf } from './checkpoints'
import { joinLayers, nameLayers } from './named-layers'

/** What of a checkpoint is filled. */
export interface CheckpointParts {
  readonly arrays: Record<string, Checkpoint['arrays'][string]>
  readonly shapes: Record<string, readonly number[]>
  readonly state: Record<string, unknown>
}

/** As `name.0.weight`, `name.0.bias`, …, and with the moments, see `nameMoments`. */
export function namePerceptron(
  name: string,
  shape: PerceptronShape,
  saved: PerceptronState,
  moments: boolean,
  parts: CheckpointParts,
): void {
  nameLayers(name, shape, { parameters: saved.parameters, statistics: new Float32Array(0) }, parts.arrays, parts.shapes)
  if (moments) nameMoments(name, saved, parts)
}

/** Adam's part of what is learned, as `name.firstMoments`, `name.secondMoments` and the state `nameUpdates`. */
export function nameMoments(name: string, saved: PerceptronState, { arrays, state }: CheckpointParts): void {
  arrays[`${name}.firstMoments`] = saved.firstMoments
  arrays[`${name}.secondMoments`] = saved.secondMoments
  state[`${name}Updates`] = saved.updates
}

/**
 * @param moments whether the optimiser's are read too; without them it starts anew
 * @throws Error when a part is missing or of another size
 */
export function readPerceptron(name: string, shape: PerceptronShape, checkpoint: Checkpoint, moments: boolean): PerceptronState {
  const { parameters } = joinLayers(name, shape, checkpoint)
  return moments ? readMoments(name, parameters, checkpoint) : unmoved(parameters)
}

/** Parameters and what `nameMoments` named. @throws Error when a part is missing or of another size */
export function readMoments(name: string, parameters: Float32Array, checkpoint: Checkpoint): PerceptronState {
  const { length } = parameters
  const firstMoments = arrayOf(checkpoint, `${name}.firstMoments`, Float32Array, length)
  const secondMoments = arrayOf(checkpoint, `${name}.secondMoments`, Float32Array, length)
  return { parameters, firstMoments, secondMoments, updates: countOf(checkpoint, `${name}Updates`) }
}

/** Parameters from which an optimiser starts anew. */
export function unmoved(parameters: Float32Array): PerceptronState {
  const { length } = parameters
  return { parameters, firstMoments: new Float32Array(length), secondMoments: new Float32Array(length), updates: 0 }
}
