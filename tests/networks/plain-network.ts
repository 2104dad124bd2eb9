/** Learning in plain double precision, slow and obvious: what the backends are compared with. Acting is src/networks/activations.ts. */
import { adam } from '../../src/networks/adam'
import { clipGradient, globalNorm } from '../../src/networks/clip'
import { drawMask, droppedWidths } from '../../src/networks/dropout'
import { initialParameters, initialStatistics, type Layer, layersOf } from '../../src/networks/initialise'
import type { FitReport, NetworkOptions, NetworkShape } from '../../src/networks/network'
import { type Generator, stream } from '../../src/random/generator'

/** [rows][units] */
type Rows = readonly (readonly number[])[]

/** What one layer made of a batch. */
interface Passed {
  readonly inputs: Rows
  /** Sums; of a normalised layer without their mean and deviation. */
  readonly sums: Rows
  readonly means: readonly number[]
  readonly variances: readonly number[]
  /** How each result answers to what ReLU and dropout were given. */
  readonly slopes: Rows
  readonly values: Rows
}

const epsilon = 1e-5
const list = (length: number, of: (at: number) => number) => Array.from({ length }, (_, at) => of(at))
const total = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0)
const column = (rows: Rows, unit: number) => rows.map(row => row[unit]!)
const mean = (numbers: readonly number[]) => total(numbers) / numbers.length

/** A row times the weights of a layer, [inputs, outputs] row by row. */
function timesWeights(row: readonly number[], parameters: Float64Array, { outputs, weights }: Layer): number[] {
  return list(outputs, unit => {
    let sum = 0
    for (let at = 0; at < row.length; at++) sum += row[at]! * parameters[weights + at * outputs + unit]!
    return sum
  })
}

/** A batch on its way through every layer while learning: dropout by the masks, batch normalisation by the batch. */
function forward(shape: NetworkShape, parameters: Float64Array, batch: Float32Array, masks: readonly Float32Array[]): Passed[] {
  const layers = layersOf(shape)
  let values: Rows = Array.from({ length: batch.length / shape.inputs }, (_, row) =>
    list(shape.inputs, at => batch[row * shape.inputs + at]!),
  )
  return layers.map((layer, depth) => {
    const { outputs, biases, normalisation } = layer
    const inputs = values
    let sums: Rows = inputs.map(row => timesWeights(row, parameters, layer))
    const means = list(outputs, unit => mean(column(sums, unit)))
    const variances = list(outputs, unit => mean(column(sums, unit).map(sum => (sum - means[unit]!) ** 2)))
    if (normalisation) sums = sums.map(row => row.map((sum, unit) => (sum - means[unit]!) / Math.sqrt(variances[unit]! + epsilon)))
    const shifted = sums.map(row =>
      row.map((sum, unit) => sum * (normalisation ? parameters[normalisation.scales + unit]! : 1) + parameters[biases + unit]!),
    )
    const off = (value: number) => depth < layers.length - 1 && value <= 0
    const slopes = shifted.map((row, at) => row.map((value, unit) => (off(value) ? 0 : (masks[depth]?.[at * outputs + unit] ?? 1))))
    values = shifted.map((row, at) => row.map((value, unit) => value * slopes[at]![unit]!))
    return { inputs, sums, means, variances, slopes, values }
  })
}

/** The loss of one row and its slope. */
function rowLoss(loss: NetworkOptions['loss'], error: number) {
  const [size, near] = [Math.abs(error), Math.min(1, Math.abs(error))]
  return loss === 'squared'
    ? { loss: error ** 2, slope: 2 * error }
    : { loss: near ** 2 / 2 + size - near, slope: Math.max(-1, Math.min(1, error)) }
}

/** The mean loss of a batch. */
export function lossOf(
  shape: NetworkShape,
  loss: NetworkOptions['loss'],
  parameters: Float64Array,
  batch: { inputs: Float32Array; outputs: Int32Array; targets: Float32Array },
  masks: readonly Float32Array[],
): number {
  const { values } = forward(shape, parameters, batch.inputs, masks).at(-1)!
  return mean(Array.from(batch.outputs, (output, row) => rowLoss(loss, values[row]![output]! - batch.targets[row]!).loss))
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
  readonly statistics: Float64Array
  readonly dropout
  private updates = 0

  constructor(
    readonly shape: NetworkShape,
    readonly options: NetworkOptions,
  ) {
    this.parameters = Float64Array.from(initialParameters(shape, options.seed))
    this.firstMoments = new Float64Array(this.parameters.length)
    this.secondMoments = new Float64Array(this.parameters.length)
    this.statistics = Float64Array.from(initialStatistics(shape))
    this.dropout = stream(options.seed, 'dropout')
  }

  /** One step, worked out layer by layer by the chain rule. */
  fit(inputs: Float32Array, outputs: Int32Array, targets: Float32Array, rows: number, learningRate: number): FitReport {
    const { shape, options, parameters } = this
    const layers = layersOf(shape)
    const masks = drawMasks(this.dropout, shape, options.dropout, rows)
    const gradient = new Float64Array(parameters.length)
    const passed = forward(shape, parameters, inputs.subarray(0, rows * shape.inputs), masks)
    const losses = passed.at(-1)!.values.map((values, row) => rowLoss(options.loss, values[outputs[row]!]! - targets[row]!))
    let delta: Rows = losses.map(({ slope }, row) => list(shape.outputs, output => (output === outputs[row] ? slope / rows : 0)))
    for (const [depth, { inputs: width, outputs: units, weights, biases, normalisation }] of [...layers.entries()].reverse()) {
      const { inputs: given, sums, means, variances, slopes } = passed[depth]!
      delta = delta.map((row, at) => row.map((slope, unit) => slope * slopes[at]![unit]!))
      for (let unit = 0; unit < units; unit++) gradient[biases + unit] = total(column(delta, unit))
      if (normalisation) {
        const { scales } = normalisation
        for (let unit = 0; unit < units; unit++) {
          gradient[scales + unit] = total(delta.map((row, at) => row[unit]! * sums[at]![unit]!))
          this.follow(normalisation.means + unit, means[unit]!)
          this.follow(normalisation.variances + unit, (variances[unit]! * rows) / (rows - 1))
        }
        // Mean and deviation answer to every row: Ioffe & Szegedy 2015, section 3, put together.
        delta = delta.map((row, at) =>
          row.map((slope, unit) => {
            const others = (gradient[biases + unit]! + sums[at]![unit]! * gradient[scales + unit]!) / rows
            return (parameters[scales + unit]! / Math.sqrt(variances[unit]! + epsilon)) * (slope - others)
          }),
        )
      }
      delta.forEach((row, at) => {
        for (let input = 0; input < width; input++) {
          for (let unit = 0; unit < units; unit++) gradient[weights + input * units + unit]! += row[unit]! * given[at]![input]!
        }
      })
      delta = delta.map(row => list(width, input => total(row.map((slope, unit) => slope * parameters[weights + input * units + unit]!))))
    }
    const flat = (numbers: Float64Array) => numbers as unknown as Float32Array
    const gradientNorm = globalNorm(flat(gradient))
    clipGradient(flat(gradient), options.clip, options.clipLimit, gradientNorm)
    adam(flat(parameters), flat(gradient), flat(this.firstMoments), flat(this.secondMoments), ++this.updates, learningRate)
    return { loss: mean(losses.map(({ loss }) => loss)), gradientNorm }
  }

  private follow(at: number, newest: number): void {
    this.statistics[at] = 0.9 * this.statistics[at]! + 0.1 * newest
  }
}
