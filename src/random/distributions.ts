/** Gamma, beta and Dirichlet numbers, and directions. They are drawn by rejection, so each takes as many uniforms as it needs. */
import { normal } from './draws'
import type { Generator } from './generator'

/**
 * A gamma number with scale 1 (Marsaglia & Tsang 2000, "A simple method for generating gamma variables", ACM TOMS 26).
 *
 * @param shape above 0; below 1 by their note: a gamma number of shape + 1 times a uniform number to the power of 1 / shape
 */
export function gamma(generator: Generator, shape: number): number {
  if (!(shape > 0 && shape < Infinity)) throw new RangeError(`shape is ${shape}; it must be a finite number above 0`)
  // 1 - u lies in (0, 1], so that the power cannot be 0 by chance.
  if (shape < 1) return gamma(generator, shape + 1) * (1 - generator.next()) ** (1 / shape)
  const size = shape - 1 / 3
  const slope = 1 / Math.sqrt(9 * size)
  for (;;) {
    const deviate = normal(generator)
    const cube = (1 + slope * deviate) ** 3
    const uniform = 1 - generator.next()
    if (cube > 0 && Math.log(uniform) < deviate ** 2 / 2 + size * (1 - cube + Math.log(cube))) return size * cube
  }
}

/** A beta number, as a share of two gamma numbers. Its mean is a / (a + b). */
export function beta(generator: Generator, a: number, b: number): number {
  const first = gamma(generator, a)
  return first / (first + gamma(generator, b))
}

/** Shares that sum to 1, as gamma numbers over their sum. The mean of each is its weight over the sum of the weights. */
export function dirichlet(generator: Generator, weights: readonly number[]): number[] {
  const drawn = weights.map(weight => gamma(generator, weight))
  const sum = drawn.reduce((total, number) => total + number, 0)
  return drawn.map(number => number / sum)
}

/** A direction, each equally likely: a vector of length 1. */
export function direction(generator: Generator, width: number): number[] {
  const drawn = Array.from({ length: width }, () => normal(generator))
  const length = Math.hypot(...drawn)
  return drawn.map(number => number / length)
}
