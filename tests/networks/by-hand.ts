/** A network in plain double precision, slow and obvious: what the backends are compared with. */
import { drawMask, droppedWidths } from '../../src/networks/dropout'
import { layersOf } from '../../src/networks/initialise'
import type { NetworkOptions, NetworkShape } from '../../src/networks/network'
import { stream } from '../../src/random/generator'

/** All outputs, [rows, outputs]; masks [rows, width] of each layer behind which dropout stands. */
export function forward(
  shape: NetworkShape,
  parameters: ArrayLike<number>,
  inputs: ArrayLike<number>,
  masks: readonly Float32Array[] = [],
) {
  const layers = layersOf(shape)
  const rows = inputs.length / shape.inputs
  let values = Array.from(inputs)
  layers.forEach((layer, depth) => {
    const next: number[] = []
    for (let row = 0; row < rows; row++) {
      for (let unit = 0; unit < layer.outputs; unit++) {
        let sum = parameters[layer.biases + unit]!
        for (let input = 0; input < layer.inputs; input++) {
          sum += values[row * layer.inputs + input]! * parameters[layer.weights + input * layer.outputs + unit]!
        }
        if (depth < layers.length - 1) sum = Math.max(0, sum)
        next.push(sum * (masks[depth]?.[row * layer.outputs + unit] ?? 1))
      }
    }
    values = next
  })
  return values
}

/** The masks of a network's first batch of `rows` rows. */
export function firstMasks(shape: NetworkShape, { dropout, seed }: NetworkOptions, rows: number): Float32Array[] {
  const generator = stream(seed, 'dropout')
  return droppedWidths(shape, dropout).map(width => {
    const mask = new Float32Array(rows * width)
    drawMask(generator, mask, dropout)
    return mask
  })
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
  const rows = batch.outputs.length
  let sum = 0
  for (let row = 0; row < rows; row++) {
    const error = batch.targets[row]! - values[row * shape.outputs + batch.outputs[row]!]!
    sum += loss === 'squared' ? error ** 2 : Math.abs(error) <= 1 ? error ** 2 / 2 : Math.abs(error) - 0.5
  }
  return sum / rows
}

/** A batch of standard uniform noise in ±2. */
export function someBatch(shape: NetworkShape, rows: number, seed: number) {
  const generator = stream(seed, 'batch')
  const noise = (length: number) => Float32Array.from({ length }, () => 4 * generator.next() - 2)
  return {
    inputs: noise(rows * shape.inputs),
    outputs: Int32Array.from({ length: rows }, () => Math.floor(generator.next() * shape.outputs)),
    targets: noise(rows),
  }
}
