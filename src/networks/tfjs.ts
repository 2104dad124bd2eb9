/**
 * The network seam on TensorFlow.js: the readable implementation, against which faster ones are checked.
 *
 * TensorFlow computes the outputs and, by its automatic differentiation, the gradient. The parameters, the clipping and Adam are plain
 * loops over flat arrays (adam.ts, clip.ts). Every call into the library costs some 80 µs, so there are as few as can be: one a layer.
 */
import { type Generator, stream } from '../random/generator'
import { adam } from './adam'
import { epsilon, followBatch } from './batch-normalisation'
import {
  checkBatch,
  checkNumbers,
  checkOptions,
  checkOutputs,
  checkSameShape,
  checkState,
  checkWeights,
  isFiniteStep,
  notFinite,
} from './check'
import { clipGradient, globalNorm } from './clip'
import { drawMask, droppedWidths } from './dropout'
import { initialParameters, initialStatistics, type Layer, layersOf } from './initialise'
import type { FitReport, Network, NetworkOptions, NetworkShape, NetworkState } from './network'
import { type LoadedTensorFlow, type Tensor, type TensorFlow, tensorflow } from './tensorflow'

/** A network on TensorFlow.js; the library loads with the first one. */
export async function tfjsNetwork(shape: NetworkShape, options: NetworkOptions): Promise<Network> {
  checkOptions(options)
  return new TfjsNetwork(shape, options, await tensorflow())
}

class TfjsNetwork implements Network {
  readonly backend: string
  private readonly tf: TensorFlow
  private readonly layers: readonly Layer[]
  private readonly parameters: Float32Array
  private readonly gradient: Float32Array
  private readonly firstMoments: Float32Array
  private readonly secondMoments: Float32Array
  private readonly dropout: Generator
  private updates = 0
  /** Running means and variances of batch normalisation, and those of the batch being learned from. */
  private readonly statistics: Float32Array
  private readonly batchStatistics: Float32Array
  /** The parameters as TensorFlow holds them: weights, biases, weights, biases, ..., and then the scales of the normalised layers. */
  private tensors: Tensor[] = []
  /** Mean, variance, mean, variance, ... of the normalised layers. */
  private running: Tensor[] = []
  /** Buffers for batches of `rows` rows. */
  private rows = 0
  private masks: readonly Float32Array[] = []
  private choice = new Float32Array(0)

  constructor(
    readonly shape: NetworkShape,
    readonly options: NetworkOptions,
    { tf, backend }: LoadedTensorFlow,
  ) {
    this.tf = tf
    this.backend = backend
    this.layers = layersOf(shape)
    this.parameters = initialParameters(shape, options.seed, options.initialisation)
    this.gradient = new Float32Array(this.parameters.length)
    this.firstMoments = new Float32Array(this.parameters.length)
    this.secondMoments = new Float32Array(this.parameters.length)
    this.statistics = initialStatistics(shape)
    this.batchStatistics = new Float32Array(this.statistics.length)
    this.dropout = stream(options.seed, 'dropout')
    this.upload()
  }

  values(inputs: Float32Array, rows: number, out: Float32Array): void {
    out.set(this.outputs(inputs, rows))
  }

  best(inputs: Float32Array, rows: number, out: Int32Array): void {
    const values = this.outputs(inputs, rows)
    const width = this.shape.outputs
    for (let row = 0; row < rows; row++) {
      let best = 0
      for (let output = 1; output < width; output++) if (values[row * width + output]! > values[row * width + best]!) best = output
      out[row] = best
    }
  }

  valuesAt(inputs: Float32Array, outputs: Int32Array, rows: number, out: Float32Array): void {
    checkOutputs(outputs, rows, this.shape)
    const values = this.outputs(inputs, rows)
    for (let row = 0; row < rows; row++) out[row] = values[row * this.shape.outputs + outputs[row]!]!
  }

  fit(
    inputs: Float32Array,
    outputs: Int32Array,
    targets: Float32Array,
    rows: number,
    learningRate: number,
    weights?: Float32Array,
    errors?: Float32Array,
  ): FitReport {
    checkBatch(this.shape, rows)
    checkNumbers('inputs', inputs, rows * this.shape.inputs)
    checkOutputs(outputs, rows, this.shape)
    checkNumbers('targets', targets, rows)
    checkWeights(weights, errors, rows)
    this.prepare(rows)
    const position = this.dropout.save()
    for (const mask of this.masks) drawMask(this.dropout, mask, this.options.dropout)
    const loss = this.differentiate(inputs, outputs, targets, rows, weights, errors)
    const gradientNorm = globalNorm(this.gradient)
    if (!isFiniteStep(loss, gradientNorm, this.batchStatistics)) {
      this.dropout.load(position)
      throw notFinite(loss, gradientNorm)
    }
    clipGradient(this.gradient, this.options.clip, this.options.clipLimit, gradientNorm)
    adam(this.parameters, this.gradient, this.firstMoments, this.secondMoments, ++this.updates, learningRate)
    for (const { outputs, normalisation } of this.layers) {
      if (normalisation) followBatch(this.statistics, this.batchStatistics, normalisation, outputs, rows)
    }
    this.upload()
    return { loss, gradientNorm }
  }

  follow(source: Network, tau: number): void {
    checkSameShape(this.shape, source.shape)
    if (!(tau >= 0 && tau <= 1)) throw new RangeError(`tau is ${tau}; it must be between 0 and 1`)
    const { parameters, statistics } = source instanceof TfjsNetwork ? source.learned() : source.save()
    approach(this.parameters, parameters, tau)
    approach(this.statistics, statistics, tau)
    this.upload()
  }

  save(): NetworkState {
    return {
      parameters: this.parameters.slice(),
      firstMoments: this.firstMoments.slice(),
      secondMoments: this.secondMoments.slice(),
      updates: this.updates,
      dropout: this.dropout.save(),
      statistics: this.statistics.slice(),
    }
  }

  load(state: NetworkState): void {
    checkState(state, this.shape)
    this.parameters.set(state.parameters)
    this.firstMoments.set(state.firstMoments)
    this.secondMoments.set(state.secondMoments)
    this.statistics.set(state.statistics)
    this.updates = state.updates
    this.dropout.load(state.dropout)
    this.upload()
  }

  dispose(): void {
    for (const tensor of [...this.tensors, ...this.running]) tensor.dispose()
    this.tensors = []
    this.running = []
  }

  private learned() {
    return { parameters: this.parameters, statistics: this.statistics }
  }

  /** All outputs without dropout, [rows, outputs]. */
  private outputs(inputs: Float32Array, rows: number): Float32Array {
    if (inputs.length < rows * this.shape.inputs) {
      throw new RangeError(`inputs holds ${inputs.length} numbers; ${rows} rows of ${this.shape.inputs} are needed`)
    }
    return this.tf.tidy(() => this.forward(this.rowsOf(inputs, rows, this.shape.inputs), this.tensors).dataSync())
  }

  /**
   * @param parameters as `tensors` has them
   * @param masks      of dropout, for learning; none when acting, by the running statistics
   */
  private forward(inputs: Tensor, parameters: readonly Tensor[], masks?: readonly Tensor[]): Tensor {
    const { tf } = this
    const last = this.layers.length - 1
    let values = inputs
    for (let layer = 0; layer <= last; layer++) {
      const [weights, bias, scale] = [2 * layer, 2 * layer + 1, 2 * this.layers.length + layer].map(at => parameters[at])
      if (scale) {
        const sums = tf.matMul(values, weights!)
        const [mean, variance] = masks ? this.batchMoments(sums, layer) : [this.running[2 * layer]!, this.running[2 * layer + 1]!]
        const normalised = tf.mul(tf.sub(sums, mean), tf.rsqrt(tf.add(variance, epsilon)))
        values = tf.relu(tf.add(tf.mul(normalised, scale), bias!))
      } else {
        values = tf.fused.matMul({ a: values, b: weights!, bias: bias!, activation: layer === last ? 'linear' : 'relu' })
      }
      if (masks?.[layer]) values = tf.mul(values, masks[layer]!)
    }
    return values
  }

  /** Mean and variance of each unit over the rows; the gradient goes through them. They are kept for the running ones. */
  private batchMoments(sums: Tensor, layer: number): [Tensor, Tensor] {
    const { tf } = this
    const mean = tf.mean(sums, 0)
    const variance = tf.mean(tf.square(tf.sub(sums, mean)), 0)
    const { means, variances } = this.layers[layer]!.normalisation!
    this.batchStatistics.set(mean.dataSync(), means)
    this.batchStatistics.set(variance.dataSync(), variances)
    return [mean, variance]
  }

  /** Fills `gradient` with the slope of the loss and returns the loss, the mean over the rows, weighted where told. */
  private differentiate(
    inputs: Float32Array,
    outputs: Int32Array,
    targets: Float32Array,
    rows: number,
    weights?: Float32Array,
    errors?: Float32Array,
  ): number {
    const { tf } = this
    // A one in each row at the output that counts: choosing by a product can be differentiated by every backend.
    this.choice.fill(0)
    for (let row = 0; row < rows; row++) this.choice[row * this.shape.outputs + outputs[row]!] = 1
    return tf.tidy(() => {
      const observed = this.rowsOf(inputs, rows, this.shape.inputs)
      const masks = this.masks.map(mask => this.rowsOf(mask, rows, mask.length / rows))
      const choice = this.rowsOf(this.choice, rows, this.shape.outputs)
      const wanted = tf.tensor(targets.subarray(0, rows), [rows])
      const weighting = weights && tf.tensor(weights.subarray(0, rows), [rows])
      const { value, grads } = tf.valueAndGrads((...parameters) => {
        const chosen = tf.sum(tf.mul(this.forward(observed, parameters, masks), choice), 1)
        const error = tf.sub(wanted, chosen)
        errors?.set(error.dataSync())
        const losses = this.loss(error)
        return tf.mean(weighting ? tf.mul(losses, weighting) : losses)
      })(this.tensors)
      this.layers.forEach(({ weights: from, biases, normalisation }, layer) => {
        this.gradient.set(grads[2 * layer]!.dataSync(), from)
        this.gradient.set(grads[2 * layer + 1]!.dataSync(), biases)
        if (normalisation) this.gradient.set(grads[2 * this.layers.length + layer]!.dataSync(), normalisation.scales)
      })
      return value.dataSync()[0]!
    })
  }

  private loss(error: Tensor): Tensor {
    const { tf } = this
    if (this.options.loss === 'squared') return tf.square(error)
    // Huber (1964) at 1: half the square near zero, a straight line beyond. With near = min(|error|, 1) both are near²/2 + |error| - near.
    const size = tf.abs(error)
    const near = tf.minimum(size, 1)
    return tf.add(tf.mul(tf.square(near), 0.5), tf.sub(size, near))
  }

  private rowsOf(values: Float32Array, rows: number, width: number): Tensor {
    return this.tf.tensor(values.subarray(0, rows * width), [rows, width])
  }

  private prepare(rows: number): void {
    if (rows === this.rows) return
    this.rows = rows
    this.masks = droppedWidths(this.shape, this.options.dropout).map(width => new Float32Array(rows * width))
    this.choice = new Float32Array(rows * this.shape.outputs)
  }

  /** Hands parameters and running statistics to TensorFlow after every change. */
  private upload(): void {
    this.dispose()
    const row = (values: Float32Array, at: number, width: number) => this.tf.tensor(values.subarray(at, at + width), [width])
    for (const { inputs, outputs, weights, biases } of this.layers) {
      this.tensors.push(this.tf.tensor(this.parameters.subarray(weights, biases), [inputs, outputs]))
      this.tensors.push(row(this.parameters, biases, outputs))
    }
    for (const { outputs, normalisation } of this.layers) {
      if (!normalisation) continue
      this.tensors.push(row(this.parameters, normalisation.scales, outputs))
      for (const at of [normalisation.means, normalisation.variances]) this.running.push(row(this.statistics, at, outputs))
    }
  }
}

/** own ← tau · source + (1 - tau) · own. */
function approach(own: Float32Array, source: Float32Array, tau: number): void {
  for (let at = 0; at < own.length; at++) own[at] = tau * source[at]! + (1 - tau) * own[at]!
}
