/** A perceptron in a checkpoint: its layers by name, as named-layers.ts names a network's, and Adam's moments where learning goes on. */
import type { PerceptronShape, PerceptronState } from '../networks/perceptron'
import type { Checkpoint } from './agent'
import { arrayOf, countOf } from './checkpoints'
import { joinLayers, nameLayers } from './named-layers'

/** What of a checkpoint is filled: `name.0.weight`, `name.0.bias`, …; with moments `name.firstMoments`, `name.secondMoments` and the state `nameUpdates`. */
export interface CheckpointParts {
  readonly arrays: Record<string, Checkpoint['arrays'][string]>
  readonly shapes: Record<string, readonly number[]>
  readonly state: Record<string, unknown>
}

export function namePerceptron(
  name: string,
  shape: PerceptronShape,
  saved: PerceptronState,
  moments: boolean,
  { arrays, shapes, state }: CheckpointParts,
): void {
  nameLayers(name, shape, { parameters: saved.parameters, statistics: new Float32Array(0) }, arrays, shapes)
  if (!moments) return
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
  const { length } = parameters
  if (!moments) return { parameters, firstMoments: new Float32Array(length), secondMoments: new Float32Array(length), updates: 0 }
  const firstMoments = arrayOf(checkpoint, `${name}.firstMoments`, Float32Array, length)
  const secondMoments = arrayOf(checkpoint, `${name}.secondMoments`, Float32Array, length)
  return { parameters, firstMoments, secondMoments, updates: countOf(checkpoint, `${name}Updates`) }
}
