/** One optimiser step over all the parts of an agent: one global norm, one clip (Pascanu et al. 2013), then Adam on each. */
import { notFinite } from './check'
import type { Trainable } from './perceptron'

export interface StepOptions {
  readonly learningRate: number
  /** The whole gradient is scaled to a length of at most this; no clipping when left out. */
  readonly clipNorm?: number
  /** Every number of the gradient is brought into ± this; no clipping when left out. */
  readonly clipValue?: number
  /** Adam's stabiliser; 1e-8 (PPO's detail: 1e-5). */
  readonly epsilon?: number
}

/**
 * @param loss what the gradient is of, for the message
 * @returns the global norm before clipping
 * @throws UserError when the loss or a number of the gradient is not finite; no part has moved then, and the gradients are forgotten
 */
export function stepTogether(
  parts: readonly Trainable[],
  loss: number,
  { learningRate, clipNorm = Infinity, clipValue = Infinity, epsilon = 1e-8 }: StepOptions,
): number {
  let squares = 0
  for (const part of parts) squares += part.gradientSquares()
  const norm = Math.sqrt(squares)
  if (!Number.isFinite(norm) || !Number.isFinite(loss)) {
    for (const part of parts) part.clearGradient()
    throw notFinite(loss, norm)
  }
  const scale = norm > clipNorm ? clipNorm / norm : 1
  for (const part of parts) part.step(learningRate, scale, epsilon, clipValue)
  return norm
}
