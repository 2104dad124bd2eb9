/** Gradient clipping over one flat array: by value, as the guide's formula has it, or by global norm (Pascanu et al. 2013). */
import type { NetworkOptions } from './network'

/** The Euclidean norm of the whole gradient; not finite when any number is not. */
export function globalNorm(gradient: Float32Array): number {
  let squares = 0
  for (let at = 0; at < gradient.length; at++) squares += gradient[at]! * gradient[at]!
  return Math.sqrt(squares)
}

/**
 * Clips in place: 'value' brings every number into ±limit, 'norm' scales all of them so that their norm is at most `limit`.
 *
 * @param norm  the gradient's norm before clipping
 */
export function clipGradient(gradient: Float32Array, clip: NetworkOptions['clip'], limit: number, norm: number): void {
  if (clip === 'value') {
    for (let at = 0; at < gradient.length; at++) gradient[at] = Math.min(limit, Math.max(-limit, gradient[at]!))
  } else if (clip === 'norm' && norm > limit) {
    const scale = limit / norm
    for (let at = 0; at < gradient.length; at++) gradient[at]! *= scale
  }
}
