/**
 * Where the dense kernels keep a perceptron's numbers: layer by layer weights [inputs, outputs] row by row and then a row of biases, each row
 * padded with zeros to a multiple of 8 numbers; rows of weights are padded to a multiple of 4. Conversions from and to the flat order of the
 * seam.
 */
import { layersOf } from '../initialise'
import type { PerceptronShape } from '../perceptron'

/** A layer's place among the padded numbers. */
export interface PaddedLayer {
  readonly inputs: number
  readonly outputs: number
  /** Rows of weights with their padding. */
  readonly rows: number
  /** Numbers of a row with its padding. */
  readonly width: number
  /** Of the first weight and of the first bias, counted in numbers. */
  readonly weights: number
  readonly biases: number
}

/** Numbers that a row of `width` takes. */
export function paddedWidth(width: number): number {
  return Math.ceil(width / 8) * 8
}

/** Rows that there must be room for, so that `rows` can be worked on. */
export function paddedRows(rows: number): number {
  return Math.ceil(rows / 4) * 4
}

export function paddedLayers(shape: PerceptronShape): readonly PaddedLayer[] {
  let offset = 0
  return layersOf(shape).map(({ inputs, outputs }) => {
    const [rows, width, weights] = [paddedRows(inputs), paddedWidth(outputs), offset]
    const biases = weights + rows * width
    offset = biases + width
    return { inputs, outputs, rows, width, weights, biases }
  })
}

/** How many numbers all layers take with their padding. */
export function paddedNumbers(layers: readonly PaddedLayer[]): number {
  const { biases, width } = layers[layers.length - 1]!
  return biases + width
}

/** Writes flat numbers to their padded places; the padding is left alone. */
export function toPadded(layers: readonly PaddedLayer[], flat: Float32Array, padded: Float32Array): void {
  eachRow(layers, (place, from, count) => padded.set(flat.subarray(from, from + count), place))
}

/** Reads flat numbers back from their padded places. */
export function fromPadded(layers: readonly PaddedLayer[], padded: Float32Array, flat: Float32Array): void {
  eachRow(layers, (place, to, count) => flat.set(padded.subarray(place, place + count), to))
}

/** Calls `visit` for each row of weights and of biases: its place among the padded numbers, in the flat array, and its length. */
function eachRow(layers: readonly PaddedLayer[], visit: (place: number, flat: number, count: number) => void): void {
  let flat = 0
  for (const { inputs, outputs, width, weights, biases } of layers) {
    for (let row = 0; row <= inputs; row++) {
      visit(row < inputs ? weights + row * width : biases, flat, outputs)
      flat += outputs
    }
  }
}
