/** A perceptron in plain loops and double precision, which reads like the formulas: what the backends are compared with. */
import { adam } from '../../src/networks/adam'
import { checkNumbers } from '../../src/networks/check'
import { checkMasks, checkPerceptronState, checkSameLayers, requireRemembered } from '../../src/networks/check-perceptron'
import { clipGradient } from '../../src/networks/clip'
import { initialPerceptron } from '../../src/networks/initial-perceptron'
import { layersOf } from '../../src/networks/initialise'
import type { Perceptron, PerceptronOptions, PerceptronShape, PerceptronState } from '../../src/networks/perceptron'

/** Whether the activation stands behind a layer. */
function isActivated(shape: PerceptronShape, layer: number): boolean {
  return layer < shape.hidden.length || shape.activateOutputs === true
}

/** The inputs, and what each layer makes of them, [rows, width] each; the outputs last. */
export function plainLayers(
  shape: PerceptronShape,
  parameters: ArrayLike<number>,
  given: ArrayLike<number>,
  rows: number,
  masks: readonly Float32Array[] = [],
): Float64Array[] {
  const kept = [Float64Array.from({ length: rows * shape.inputs }, (_, at) => given[at]!)]
  layersOf(shape).forEach(({ inputs, outputs, weights, biases }, layer) => {
    const from = kept[layer]!
    const to = new Float64Array(rows * outputs)
    for (let row = 0; row < rows; row++) {
      for (let output = 0; output < outputs; output++) {
        let sum = parameters[biases + output]!
        for (let input = 0; input < inputs; input++) sum += from[row * inputs + input]! * parameters[weights + input * outputs + output]!
        if (isActivated(shape, layer)) sum = shape.activation === 'tanh' ? Math.tanh(sum) : Math.max(0, sum)
        if (layer < shape.hidden.length && masks[layer]) sum *= masks[layer]![row * outputs + output]!
        to[row * outputs + output] = sum
      }
    }
    kept.push(to)
  })
  return kept
}

export function plainPerceptron(shape: PerceptronShape, options: PerceptronOptions): Perceptron {
  return new PlainPerceptron(shape, options)
}

class PlainPerceptron implements Perceptron {
  readonly backend = 'plain'
  private readonly layers
  private readonly parameters: Float32Array
  private readonly slopes: Float64Array
  private readonly firstMoments: Float32Array
  private readonly secondMoments: Float32Array
  private updates = 0
  /** Of the last `forward`. */
  private kept: Float64Array[] = []
  private masks: readonly Float32Array[] = []
  private rows = 0

  constructor(
    readonly shape: PerceptronShape,
    readonly options: PerceptronOptions,
  ) {
    this.layers = layersOf(shape)
    this.parameters = initialPerceptron(shape, options)
    this.slopes = new Float64Array(this.parameters.length)
    this.firstMoments = new Float32Array(this.parameters.length)
    this.secondMoments = new Float32Array(this.parameters.length)
  }

  values(inputs: Float32Array, rows: number, out: Float32Array): void {
    out.set(plainLayers(this.shape, this.parameters, inputs, rows).at(-1)!)
  }

  forward(inputs: Float32Array, rows: number, out: Float32Array, masks: readonly Float32Array[] = []): void {
    checkNumbers('inputs', inputs, rows * this.shape.inputs)
    checkMasks(masks, this.shape, rows)
    this.kept = plainLayers(this.shape, this.parameters, inputs, rows, masks)
    this.masks = masks
    this.rows = rows
    out.set(this.kept.at(-1)!)
  }

  backward(slopes: Float32Array, inputSlopes?: Float32Array): void {
    requireRemembered(this.rows)
    const { layers, shape, rows, kept, parameters } = this
    let delta = Float64Array.from(slopes.subarray(0, rows * shape.outputs))
    for (let at = layers.length - 1; at >= 0; at--) {
      const { inputs, outputs, weights, biases } = layers[at]!
      const mask = at < shape.hidden.length ? this.masks[at] : undefined
      if (isActivated(shape, at)) {
        delta = delta.map((slope, place) => {
          const scale = mask ? mask[place]! : 1
          const value = scale === 0 ? 0 : kept[at + 1]![place]! / scale
          return slope * scale * (shape.activation === 'tanh' ? 1 - value * value : value > 0 ? 1 : 0)
        })
      }
      const before = new Float64Array(rows * inputs)
      for (let row = 0; row < rows; row++) {
        for (let output = 0; output < outputs; output++) {
          const slope = delta[row * outputs + output]!
          this.slopes[biases + output]! += slope
          for (let input = 0; input < inputs; input++) {
            const weight = weights + input * outputs + output
            this.slopes[weight]! += slope * kept[at]![row * inputs + input]!
            before[row * inputs + input]! += slope * parameters[weight]!
          }
        }
      }
      delta = before
    }
    inputSlopes?.set(delta)
  }

  gradientSquares(): number {
    return this.slopes.reduce((sum, slope) => sum + slope * slope, 0)
  }

  step(learningRate: number, scale: number, epsilon: number, limit = Infinity): void {
    const gradient = Float32Array.from(this.slopes, slope => slope * scale)
    if (limit < Infinity) clipGradient(gradient, 'value', limit, 0)
    adam(this.parameters, gradient, this.firstMoments, this.secondMoments, ++this.updates, learningRate, epsilon)
    this.clearGradient()
  }

  clearGradient(): void {
    this.slopes.fill(0)
  }

  gradient(): Float32Array {
    return Float32Array.from(this.slopes)
  }

  follow(source: Perceptron, tau: number): void {
    checkSameLayers(this.shape, source.shape, tau)
    const { parameters } = source.save()
    for (let at = 0; at < parameters.length; at++) this.parameters[at] = tau * parameters[at]! + (1 - tau) * this.parameters[at]!
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
  }

  dispose(): void {}
}
