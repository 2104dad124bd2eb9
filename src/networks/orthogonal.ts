/**
 * Orthogonal initialisation (Saxe, McClelland & Ganguli 2014, arXiv 1312.6120): a matrix of normal numbers whose shorter side's vectors are
 * made orthonormal (Gram & Schmidt, twice over for rounding), times a gain.
 */
import { normal } from '../random/draws'
import type { Generator } from '../random/generator'

/** Fills weights [inputs, outputs], row by row, so that the vectors of the shorter side have length `gain` and stand at right angles. */
export function orthogonal(generator: Generator, weights: Float32Array, inputs: number, outputs: number, gain: number): void {
  const [vectors, length] = inputs <= outputs ? [inputs, outputs] : [outputs, inputs]
  const rows = Array.from({ length: vectors }, () => Float64Array.from({ length }, () => normal(generator)))
  rows.forEach((row, at) => {
    for (let round = 0; round < 2; round++) {
      for (const before of rows.slice(0, at)) {
        const share = dot(row, before)
        for (let place = 0; place < length; place++) row[place]! -= share * before[place]!
      }
    }
    const size = Math.sqrt(dot(row, row))
    for (let place = 0; place < length; place++) row[place]! /= size
  })
  for (let input = 0; input < inputs; input++) {
    for (let output = 0; output < outputs; output++) {
      weights[input * outputs + output] = gain * (inputs <= outputs ? rows[input]![output]! : rows[output]![input]!)
    }
  }
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!
  return sum
}
