/**
 * A network's flat numbers under names that other programs know, and back: `online.0.weight` [inputs, outputs] and `online.0.bias`; of a
 * normalised layer `online.0.weight`, `online.0.scale`, `online.0.shift`, `online.0.runningMean` and `online.0.runningVariance`.
 */
import { initialStatistics, type Layer, layersOf, parameterCount } from '../networks/initialise'
import type { NetworkShape, NetworkState } from '../networks/network'
import type { Checkpoint } from './agent'
import { arrayOf } from './checkpoints'

/** What makes a network's outputs: all it learned, without the optimiser's state. */
export type Learned = Pick<NetworkState, 'parameters' | 'statistics'>

/** Its numbers as arrays of their own, with their shapes, added to those given. */
export function nameLayers(
  network: string,
  shape: NetworkShape,
  learned: Learned,
  arrays: Record<string, Checkpoint['arrays'][string]>,
  shapes: Record<string, readonly number[]>,
): void {
  layersOf(shape).forEach((layer, depth) => {
    for (const { name, from, at, length } of partsOf(layer)) {
      arrays[`${network}.${depth}.${name}`] = learned[from].slice(at, at + length)
    }
    shapes[`${network}.${depth}.weight`] = [layer.inputs, layer.outputs]
  })
}

/** @throws Error when a layer is missing or of another size */
export function joinLayers(network: string, shape: NetworkShape, checkpoint: Checkpoint): Learned {
  const learned = { parameters: new Float32Array(parameterCount(shape)), statistics: initialStatistics(shape) }
  layersOf(shape).forEach((layer, depth) => {
    for (const { name, from, at, length } of partsOf(layer)) {
      learned[from].set(arrayOf(checkpoint, `${network}.${depth}.${name}`, Float32Array, length), at)
    }
  })
  return learned
}

/** The shape of a checkpoint's network, read from its layers' names and shapes; undefined when it has none of that name. */
export function namedShape(network: string, { arrays, shapes }: Checkpoint): NetworkShape | undefined {
  const widths: number[] = []
  for (let depth = 0; `${network}.${depth}.weight` in arrays; depth++) {
    const [inputs, outputs] = shapes[`${network}.${depth}.weight`]!
    if (depth === 0) widths.push(inputs!)
    widths.push(outputs!)
  }
  if (widths.length < 2) return undefined
  const [inputs, ...units] = widths as [number, ...number[]]
  const batchNormalisation = `${network}.0.scale` in arrays
  return { inputs, hidden: units.slice(0, -1), outputs: units[units.length - 1]!, batchNormalisation }
}

/** A layer's arrays: their names, and where their numbers lie in the flat ones. */
function partsOf({ inputs, outputs, weights, biases, normalisation }: Layer) {
  const part = (name: string, from: keyof Learned, at: number, length = outputs) => ({ name, from, at, length })
  const weight = part('weight', 'parameters', weights, inputs * outputs)
  if (!normalisation) return [weight, part('bias', 'parameters', biases)]
  return [
    weight,
    part('scale', 'parameters', normalisation.scales),
    part('shift', 'parameters', biases),
    part('runningMean', 'statistics', normalisation.means),
    part('runningVariance', 'statistics', normalisation.variances),
  ]
}
