/** A network's flat parameters under names that other programs know, `online.0.weight` [inputs, outputs] and `online.0.bias`, and back. */
import { layersOf, parameterCount } from '../networks/initialise'
import type { NetworkShape } from '../networks/network'
import type { Checkpoint } from './agent'
import { arrayOf } from './checkpoints'

/** The parameters as arrays of their own, with their shapes, added to those given. */
export function nameLayers(
  network: string,
  shape: NetworkShape,
  parameters: Float32Array,
  arrays: Record<string, Checkpoint['arrays'][string]>,
  shapes: Record<string, readonly number[]>,
): void {
  layersOf(shape).forEach(({ inputs, outputs, weights, biases }, layer) => {
    arrays[`${network}.${layer}.weight`] = parameters.slice(weights, biases)
    shapes[`${network}.${layer}.weight`] = [inputs, outputs]
    arrays[`${network}.${layer}.bias`] = parameters.slice(biases, biases + outputs)
  })
}

/** @throws Error when a layer is missing or of another size */
export function joinLayers(network: string, shape: NetworkShape, checkpoint: Checkpoint): Float32Array {
  const parameters = new Float32Array(parameterCount(shape))
  layersOf(shape).forEach(({ inputs, outputs, weights, biases }, layer) => {
    parameters.set(arrayOf(checkpoint, `${network}.${layer}.weight`, Float32Array, inputs * outputs), weights)
    parameters.set(arrayOf(checkpoint, `${network}.${layer}.bias`, Float32Array, outputs), biases)
  })
  return parameters
}
