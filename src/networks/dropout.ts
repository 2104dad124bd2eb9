/**
 * Dropout (Srivastava et al. 2014) with masks from our own streams, so that a run can be repeated and every backend drops the same units.
 *
 * A kept unit is scaled by 1 / (1 - rate) while learning, so that nothing has to be scaled when acting. For one batch the masks are drawn
 * layer by layer, within a layer row by row, one draw a unit.
 */
import type { Generator } from '../random/generator'
import type { NetworkShape } from './network'

/** The widths of the hidden layers that dropout stands behind: all but the last, none at rate 0. */
export function droppedWidths(shape: NetworkShape, rate: number): readonly number[] {
  return rate > 0 ? shape.hidden.slice(0, -1) : []
}

/**
 * Fills a mask with 0 (dropped) or 1 / (1 - rate) (kept).
 *
 * @param mask [rows, width] of one layer
 * @param rate probability that a unit is dropped, 0 to below 1
 */
export function drawMask(generator: Generator, mask: Float32Array, rate: number): void {
  const kept = 1 / (1 - rate)
  for (let at = 0; at < mask.length; at++) mask[at] = generator.next() < rate ? 0 : kept
}
