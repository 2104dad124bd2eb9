/** The perceptron seam on TensorFlow.js: the readable oracle, whose gradients come from TensorFlow's automatic differentiation. */
import { adam } from './adam'
import { checkLength, checkNumbers } from './check'
import { checkMasks, checkPerceptronState, checkSameLayers, requireRemembered } from './check-perceptron'
import { clipGradient } from './clip'
import { initialPerceptron } from './initial-perceptron'
import { type Layer, layersOf } from './initialise'
import type { Perceptron, PerceptronOptions, PerceptronShape, PerceptronState } from './perceptron'
import { type LoadedTensorFlow, type Tensor, type TensorFlow, tensorflow } from './tensorflow'

/** A perceptron on TensorFlow.js; the library loads with the first one. */
export async function tfjsPerceptron(shape: PerceptronShape, options: PerceptronOptions): Promise<Perceptron> {
  return new TfjsPerceptron(shape, options, await tensorflow())
}

class TfjsPerceptron implements Perceptron {
  readonly backend: string
  private readonly tf: TensorFlow
  private readonly layers: readonly Layer[]
  private readonly parameters: Float32Array
  private readonly slopes: Float32Array
  private readonly firstMoments: Float32Array
  private readonly secondMoments: Float32Array
  private updates = 0
  /** Weights, biases, weights, biases, ... as TensorFlow holds them. */
  private tensors: Tensor[] = []
  /** Of the last `forward`. */
  private inputs = new Float32Array(0)
  private masks: readonly Float32Array[] = []
  private rows = 0

  constructor(
    readonly shape: PerceptronShape,
    readonly options: PerceptronOptions,
    { tf, backend }: LoadedTensorFlow,
  ) {
    this.tf = tf
    this.backend = backend
    this.layers = layersOf(shape)
    this.parameters = initialPerceptron(shape, options)
    this.slopes = new Float32Array(this.parameters.length)
    this.firstMoments = new Float32Array(this.parameters.length)
    this.secondMoments = new Float32Array(this.parameters.length)
    this.upload()
  }

  values(inputs: Float32Array, rows: number, out: Float32Array): void {
    out.set(this.tf.tidy(() => this.outputs(this.rowsOf(inputs, rows, this.shape.inputs), this.tensors, []).dataSync()))
  }

  forward(inputs: Float32Array, rows: number, out: Float32Array, masks: readonly Float32Array[] = []): void {
    checkNumbers('inputs', inputs, rows * this.shape.inputs)
    checkMasks(masks, this.shape, rows)
    this.inputs = inputs.slice(0, rows * this.shape.inputs)
    this.masks = masks.map(mask => mask.slice())
    this.rows = rows
    const { tf } = this
    out.set(tf.tidy(() => this.outputs(this.rowsOf(inputs, rows, this.shape.inputs), this.tensors, this.maskTensors()).dataSync()))
  }

  backward(slopes: Float32Array, inputSlopes?: Float32Array, columns = this.shape.inputs): void {
    requireRemembered(this.rows)
    const { tf, rows } = this
    checkLength('slopes', slopes, rows * this.shape.outputs)
    tf.tidy(() => {
      const wanted = this.rowsOf(slopes, rows, this.shape.outputs)
      const masks = this.maskTensors()
      const inputs = this.rowsOf(this.inputs, rows, this.shape.inputs)
      const { grads } = tf.valueAndGrads((observed, ...parameters) => tf.sum(tf.mul(this.outputs(observed!, parameters, masks), wanted)))([
        inputs,
        ...this.tensors,
      ])
      if (inputSlopes) {
        const all = grads[0]!.dataSync() as Float32Array
        const { inputs: width } = this.shape
        for (let row = 0; row < rows; row++) inputSlopes.set(all.subarray(row * width, row * width + columns), row * columns)
      }
      this.layers.forEach(({ weights, biases }, layer) => {
        add(this.slopes, weights, grads[2 * layer + 1]!.dataSync())
        add(this.slopes, biases, grads[2 * layer + 2]!.dataSync())
      })
    })
  }

  gradientSquares(): number {
    return this.slopes.reduce((sum, slope) => sum + slope * slope, 0)
  }

  step(learningRate: number, scale: number, epsilon: number, limit = Infinity): void {
    for (let at = 0; at < this.slopes.length; at++) this.slopes[at]! *= scale
    if (limit < Infinity) clipGradient(this.slopes, 'value', limit, 0)
    adam(this.parameters, this.slopes, this.firstMoments, this.secondMoments, ++this.updates, learningRate, epsilon)
    this.clearGradient()
    this.upload()
  }

  clearGradient(): void {
    this.slopes.fill(0)
  }

  gradient(): Float32Array {
    return this.slopes.slice()
  }

  follow(source: Perceptron, tau: number): void {
    checkSameLayers(this.shape, source.shape, tau)
    const { parameters } = source.save()
    for (let at = 0; at < parameters.length; at++) this.parameters[at] = tau * parameters[at]! + (1 - tau) * this.parameters[at]!
    this.upload()
  }

  save(): PerceptronState {
    const { parameters, firstMoments, secondMoments, updates } = this
    return { parameters: parameters.slice(), firstMoments: firstMoments.slice(), secondMoments: secondMoments.slice(), updates }
  }

  load(state: PerceptronState): void {
    checkPerceptronState(state, this.shape)
    this.parameters.set(state.parameters)
    this.firstMoments.set(state.firstMoments)
    this.secondMoments.set(state.secondMoments)
    this.updates = state.updates
    this.clearGradient()
    this.rows = 0
    this.upload()
  }

  dispose(): void {
    for (const tensor of this.tensors) tensor.dispose()
    this.tensors = []
  }

  private outputs(inputs: Tensor, parameters: readonly Tensor[], masks: readonly Tensor[]): Tensor {
    const { tf } = this
    const last = this.layers.length - 1
    let values = inputs
    for (let layer = 0; layer <= last; layer++) {
      values = tf.add(tf.matMul(values, parameters[2 * layer]!), parameters[2 * layer + 1]!)
      if (layer < last || this.shape.activateOutputs) values = this.shape.activation === 'tanh' ? tf.tanh(values) : tf.relu(values)
      if (layer < last && masks[layer]) values = tf.mul(values, masks[layer]!)
    }
    return values
  }

  private maskTensors(): Tensor[] {
    return this.masks.map((mask, layer) => this.rowsOf(mask, this.rows, this.shape.hidden[layer]!))
  }

  private rowsOf(values: Float32Array, rows: number, width: number): Tensor {
    return this.tf.tensor(values.subarray(0, rows * width), [rows, width])
  }

  private upload(): void {
    this.dispose()
    for (const { inputs, outputs, weights, biases } of this.layers) {
      this.tensors.push(this.tf.tensor(this.parameters.subarray(weights, biases), [inputs, outputs]))
      this.tensors.push(this.tf.tensor(this.parameters.subarray(biases, biases + outputs), [outputs]))
    }
  }
}

function add(to: Float32Array, from: number, values: Float32Array): void {
  for (let at = 0; at < values.length; at++) to[from + at]! += values[at]!
}
