/**
 * Where a network's numbers lie and what they are at the start, the same for every backend.
 *
 * One flat array, layer by layer: weights [inputs, outputs] row by row, then biases. Weights into a ReLU layer start He-uniform
 * (He et al. 2015, arXiv 1502.01852), U(±√(6 / inputs)), which keeps the size of activations from layer to layer. Weights into the output
 * layer start Glorot-uniform (Glorot & Bengio 2010), U(±√(6 / (inputs + outputs))), so that first values are small. Biases start at 0.
 * That is 'he'. 'fan-in', PyTorch's default, starts weights and biases of every layer at U(±1 / √inputs), for comparison with what others
 * found with it.
 *
 * With batch normalisation (batch-normalisation.ts) a hidden layer has shifts where its biases would be, 0 at the start, and behind them
 * scales, 1 at the start; the running statistics lie in an array of their own, layer by layer, means and then variances.
 */
import { type Generator, stream } from '../random/generator'
import type { Initialisation, NetworkShape } from './network'

/** One dense layer's place in the flat array. */
export interface Layer {
  readonly inputs: number
  readonly outputs: number
  /** Offset of the weights, inputs × outputs numbers. */
  readonly weights: number
  /** Offset of the biases, `outputs` numbers; of the shifts where the layer is normalised. */
  readonly biases: number
  /** Where the layer is normalised: offset of its scales, and in the running statistics those of means and variances, `outputs` numbers each. */
  readonly normalisation?: { readonly scales: number; readonly means: number; readonly variances: number }
}

/**
 * The layers of a network and where each one's numbers lie.
 *
 * @throws RangeError when a width is not a whole number of at least 1
 */
export function layersOf(shape: NetworkShape): readonly Layer[] {
  const widths = [shape.inputs, ...shape.hidden, shape.outputs]
  for (const width of widths) {
    if (!Number.isInteger(width) || width < 1) {
      throw new RangeError(`a layer of the network ${widths.join('-')} has ${width} units; it must be a whole number of at least 1`)
    }
  }
  let offset = 0
  let statistics = 0
  return widths.slice(1).map((outputs, layer) => {
    const inputs = widths[layer]!
    const weights = offset
    const biases = weights + inputs * outputs
    offset = biases + outputs
    if (!shape.batchNormalisation || layer === shape.hidden.length) return { inputs, outputs, weights, biases }
    const normalisation = { scales: offset, means: statistics, variances: statistics + outputs }
    offset += outputs
    statistics += 2 * outputs
    return { inputs, outputs, weights, biases, normalisation }
  })
}

/** How many numbers a network learns. */
export function parameterCount(shape: NetworkShape): number {
  // The last layer is never normalised.
  const last = layersOf(shape).at(-1)!
  return last.biases + last.outputs
}

/** How many running statistics a network keeps: none without batch normalisation. */
export function statisticCount({ hidden, batchNormalisation }: NetworkShape): number {
  return batchNormalisation ? 2 * hidden.reduce((sum, units) => sum + units, 0) : 0
}

/** The running statistics before any batch: means 0, variances 1. */
export function initialStatistics(shape: NetworkShape): Float32Array {
  const statistics = new Float32Array(statisticCount(shape))
  for (const { outputs, normalisation } of layersOf(shape)) {
    if (normalisation) statistics.fill(1, normalisation.variances, normalisation.variances + outputs)
  }
  return statistics
}

/**
 * The parameters a network starts with, one draw a number that is random, in the order of the flat array.
 *
 * @param draws a seed, whose stream 'initialisation' is taken, or a stream
 */
export function initialParameters(shape: NetworkShape, draws: number | Generator, initialisation: Initialisation = 'he'): Float32Array {
  const generator = typeof draws === 'number' ? stream(draws, 'initialisation') : draws
  const parameters = new Float32Array(parameterCount(shape))
  const layers = layersOf(shape)
  for (const layer of layers) {
    const { inputs, outputs, weights, biases, normalisation } = layer
    const fan = layer === layers.at(-1) ? inputs + outputs : inputs
    const limit = initialisation === 'he' ? Math.sqrt(6 / fan) : Math.sqrt(1 / inputs)
    const end = initialisation === 'he' || normalisation ? biases : biases + outputs
    for (let at = weights; at < end; at++) parameters[at] = (2 * generator.next() - 1) * limit
    if (normalisation) parameters.fill(1, normalisation.scales, normalisation.scales + outputs)
  }
  return parameters
}
