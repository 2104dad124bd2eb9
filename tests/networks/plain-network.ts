/** A learning network in plain double precision, one loop after the other: what the kernels are compared with. */
import { adam } from '../../src/networks/adam'
import { clipGradient, globalNorm } from '../../src/networks/clip'
import { drawMask, droppedWidths } from '../../src/networks/dropout'
import { initialParameters, layersOf } from '../../src/networks/initialise'
import type { FitReport, NetworkOptions, NetworkShape } from '../../src/networks/network'
import { stream } from '../../src/random/generator'

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
    const { shape, options } = this
    const layers = layersOf(shape)
    const masks = droppedWidths(shape, options.dropout).map(width => new Float32Array(rows * width))
    for (const mask of masks) drawMask(this.dropout, mask, options.dropout)
    const gradient = new Float64Array(this.parameters.length)
    let loss = 0
    for (let row = 0; row < rows; row++) {
      // activations[layer] goes into layer `layer`; slopes[layer] says how each unit of its result answers to the layer's sum.
      const activations: number[][] = [Array.from(inputs.subarray(row * shape.inputs, (row + 1) * shape.inputs))]
      const slopes: number[][] = []
      layers.forEach((layer, depth) => {
        const sums = Array.from({ length: layer.outputs }, (_, unit) =>
          activations[depth]!.reduce(
            (sum, value, input) => sum + value * this.parameters[layer.weights + input * layer.outputs + unit]!,
            0,
          ),
        ).map((sum, unit) => sum + this.parameters[layer.biases + unit]!)
        const hidden = depth < layers.length - 1
        slopes.push(sums.map((sum, unit) => (hidden && sum <= 0 ? 0 : (masks[depth]?.[row * layer.outputs + unit] ?? 1))))
        activations.push(sums.map((sum, unit) => sum * slopes[depth]![unit]!))
      })
      const error = activations[layers.length]![outputs[row]!]! - targets[row]!
      const [size, near] = [Math.abs(error), Math.min(1, Math.abs(error))]
      loss += (options.loss === 'squared' ? error ** 2 : near ** 2 / 2 + size - near) / rows
      let delta = new Array<number>(shape.outputs).fill(0)
      delta[outputs[row]!] = (options.loss === 'squared' ? 2 * error : Math.max(-1, Math.min(1, error))) / rows
      for (let depth = layers.length - 1; depth >= 0; depth--) {
        const layer = layers[depth]!
        const before = new Array<number>(layer.inputs).fill(0)
        for (let unit = 0; unit < layer.outputs; unit++) {
          const slope = delta[unit]! * slopes[depth]![unit]!
          gradient[layer.biases + unit]! += slope
          for (let input = 0; input < layer.inputs; input++) {
            gradient[layer.weights + input * layer.outputs + unit]! += slope * activations[depth]![input]!
            before[input]! += slope * this.parameters[layer.weights + input * layer.outputs + unit]!
          }
        }
        delta = before
      }
    }
    const flat = (numbers: Float64Array) => numbers as unknown as Float32Array
    const gradientNorm = globalNorm(flat(gradient))
    clipGradient(flat(gradient), options.clip, options.clipLimit, gradientNorm)
    adam(flat(this.parameters), flat(gradient), flat(this.firstMoments), flat(this.secondMoments), ++this.updates, learningRate)
    return { loss, gradientNorm }
  }
}
