/** A network in plain double precision, slow and obvious, one row after the other: what the backends are compared with. */
import { adam } from '../../src/networks/adam'
import { clipGradient, globalNorm } from '../../src/networks/clip'
import { drawMask, droppedWidths } from '../../src/networks/dropout'
import { initialParameters, type Layer, layersOf } from '../../src/networks/initialise'
import type { FitReport, NetworkOptions, NetworkShape } from '../../src/networks/network'
import { type Generator, stream } from '../../src/random/generator'

/** activations[layer] goes into layer `layer`; slopes[layer] says how each unit of its result answers to the layer's sum. */
function forwardRow(
  layers: readonly Layer[],
  parameters: ArrayLike<number>,
  input: readonly number[],
  masks: readonly Float32Array[],
  row: number,
) {
  const activations: (readonly number[])[] = [input]
  const slopes: number[][] = []
  for (const [depth, layer] of layers.entries()) {
    const [values, given]: [number[], number[]] = [[], []]
    for (let unit = 0; unit < layer.outputs; unit++) {
      let sum = parameters[layer.biases + unit]!
      for (let at = 0; at < layer.inputs; at++) sum += activations[depth]![at]! * parameters[layer.weights + at * layer.outputs + unit]!
      const off = depth < layers.length - 1 && sum <= 0
      const slope = off ? 0 : (masks[depth]?.[row * layer.outputs + unit] ?? 1)
      given.push(slope)
      values.push(sum * slope)
    }
    slopes.push(given)
    activations.push(values)
  }
  return { activations, slopes, values: activations[layers.length]! }
}

/** The loss of one row and its slope. */
function rowLoss(loss: NetworkOptions['loss'], error: number) {
  const [size, near] = [Math.abs(error), Math.min(1, Math.abs(error))]
  return loss === 'squared'
    ? { loss: error ** 2, slope: 2 * error }
    : { loss: near ** 2 / 2 + size - near, slope: Math.max(-1, Math.min(1, error)) }
}

const rowOf = (inputs: ArrayLike<number>, row: number, width: number) => Array.from({ length: width }, (_, at) => inputs[row * width + at]!)

/** All outputs, [rows, outputs]; masks [rows, width] of each layer behind which dropout stands. */
export function forward(
  shape: NetworkShape,
  parameters: ArrayLike<number>,
  inputs: ArrayLike<number>,
  masks: readonly Float32Array[] = [],
): number[] {
  const layers = layersOf(shape)
  const rows = inputs.length / shape.inputs
  const valuesOf = (row: number) => forwardRow(layers, parameters, rowOf(inputs, row, shape.inputs), masks, row).values
  return Array.from({ length: rows }, (_, row) => valuesOf(row)).flat()
}

/** The mean loss of a batch. */
export function lossOf(
  shape: NetworkShape,
  loss: NetworkOptions['loss'],
  parameters: ArrayLike<number>,
  batch: { inputs: Float32Array; outputs: Int32Array; targets: Float32Array },
  masks: readonly Float32Array[],
): number {
  const values = forward(shape, parameters, batch.inputs, masks)
  const losses = Array.from(batch.outputs, (output, row) => rowLoss(loss, values[row * shape.outputs + output]! - batch.targets[row]!).loss)
  return losses.reduce((sum, value) => sum + value, 0) / losses.length
}

function drawMasks(generator: Generator, shape: NetworkShape, dropout: number, rows: number): Float32Array[] {
  const masks = droppedWidths(shape, dropout).map(width => new Float32Array(rows * width))
  for (const mask of masks) drawMask(generator, mask, dropout)
  return masks
}

/** The masks of a network's first batch of `rows` rows. */
export function firstMasks(shape: NetworkShape, { dropout, seed }: NetworkOptions, rows: number): Float32Array[] {
  return drawMasks(stream(seed, 'dropout'), shape, dropout, rows)
}

/** A batch of uniform noise in ±2. */
export function someBatch(shape: NetworkShape, rows: number, seed: number) {
  const generator = stream(seed, 'batch')
  const noise = (length: number) => Float32Array.from({ length }, () => 4 * generator.next() - 2)
  return {
    inputs: noise(rows * shape.inputs),
    outputs: Int32Array.from({ length: rows }, () => Math.floor(generator.next() * shape.outputs)),
    targets: noise(rows),
  }
}

export class PlainNetwork {
  /** Flat, as the seam has them. Adam and clipping, tested on their own, take them for single precision; double is as good. */
  readonly parameters: Float64Array
  readonly firstMoments: Float64Array
  readonly secondMoments: Float64Array
  readonly dropout
  private updates = 0

  constructor(
    readonly shape: NetworkShape,
    readonly options: NetworkOptions,
  ) {
    this.parameters = Float64Array.from(initialParameters(shape, options.seed))
    this.firstMoments = new Float64Array(this.parameters.length)
    this.secondMoments = new Float64Array(this.parameters.length)
    this.dropout = stream(options.seed, 'dropout')
  }

  /** One step, worked out row by row by the chain rule. */
  fit(inputs: Float32Array, outputs: Int32Array, targets: Float32Array, rows: number, learningRate: number): FitReport {
    const { shape, options, parameters } = this
    const layers = layersOf(shape)
    const masks = drawMasks(this.dropout, shape, options.dropout, rows)
    const gradient = new Float64Array(parameters.length)
    let loss = 0
    for (let row = 0; row < rows; row++) {
      const { activations, slopes, values } = forwardRow(layers, parameters, rowOf(inputs, row, shape.inputs), masks, row)
      const of = rowLoss(options.loss, values[outputs[row]!]! - targets[row]!)
      loss += of.loss / rows
      let delta = new Array<number>(shape.outputs).fill(0)
      delta[outputs[row]!] = of.slope / rows
      for (let depth = layers.length - 1; depth >= 0; depth--) {
        const layer = layers[depth]!
        const before = new Array<number>(layer.inputs).fill(0)
        for (let unit = 0; unit < layer.outputs; unit++) {
          const slope = delta[unit]! * slopes[depth]![unit]!
          gradient[layer.biases + unit]! += slope
          for (let input = 0; input < layer.inputs; input++) {
            gradient[layer.weights + input * layer.outputs + unit]! += slope * activations[depth]![input]!
            before[input]! += slope * parameters[layer.weights + input * layer.outputs + unit]!
          }
        }
        delta = before
      }
    }
    const flat = (numbers: Float64Array) => numbers as unknown as Float32Array
    const gradientNorm = globalNorm(flat(gradient))
    clipGradient(flat(gradient), options.clip, options.clipLimit, gradientNorm)
    adam(flat(parameters), flat(gradient), flat(this.firstMoments), flat(this.secondMoments), ++this.updates, learningRate)
    return { loss, gradientNorm }
  }
}
