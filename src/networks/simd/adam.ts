/** Adam on the kernels: what changes from step to step is worked out here, the rest by assembly/learning.ts. */
import { firstDecay, secondDecay } from '../adam'
import type { Block } from './arena'
import type { Engine } from './engine'

/** What Adam works on, number by number. */
export interface AdamBlocks {
  readonly parameters: Block
  readonly gradient: Block
  readonly firstMoments: Block
  readonly secondMoments: Block
}

/**
 * One step of Adam over the first `numbers` numbers.
 *
 * @param update how many steps this one makes, so 1 for the first
 * @param scale  the gradient is multiplied by it first, and then held within ±limit
 */
export function adamStep(
  { kernels }: Engine,
  { parameters, gradient, firstMoments, secondMoments }: AdamBlocks,
  numbers: number,
  update: number,
  learningRate: number,
  scale: number,
  limit: number,
  epsilon: number,
): void {
  kernels.adam(
    parameters.address,
    gradient.address,
    firstMoments.address,
    secondMoments.address,
    numbers,
    scale,
    limit,
    learningRate / (1 - firstDecay ** update),
    1 / Math.sqrt(1 - secondDecay ** update),
    1 - firstDecay,
    1 - secondDecay,
    epsilon,
  )
}
