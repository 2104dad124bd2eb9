/** The normal distribution as kernels of a density need it: the mass between two points, and draws from a stretch of it. */
import { cumulativeNormal } from '../random/cumulative-normal'
import { normal } from '../random/draws'
import type { Generator } from '../random/generator'

/**
 * The probability that a standard normal number lies between two others, left ≤ right.
 *
 * Taken in the lower tail, where a small mass is a difference of small numbers and not of two that are nearly 1.
 */
export function massBetween(left: number, right: number): number {
  return left > 0 ? cumulativeNormal(-left) - cumulativeNormal(-right) : cumulativeNormal(right) - cumulativeNormal(left)
}

/**
 * A number between 0 and 1 from a normal distribution cut to that range. Takes as many uniforms as it needs: draws outside are
 * thrown away, which is at most two in three while the mean lies in the range and the deviation is at most 1.
 */
export function cutNormal(generator: Generator, mean: number, deviation: number): number {
  for (;;) {
    const x = mean + deviation * normal(generator)
    if (x >= 0 && x <= 1) return x
  }
}
