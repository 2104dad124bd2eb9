/** How a learner's settings change while it learns, as the guide states them. */

/** One step of epsilon's decay, taken when an episode ends: epsilon ← max(floor, epsilon · factor). */
export function decayed(epsilon: number, factor: number, floor: number): number {
  return Math.max(floor, epsilon * factor)
}

/**
 * The guide's learning rate: lr(t) = lr(0) · decay^(t / every), a smooth curve and not a staircase.
 *
 * @param update how many updates have been made
 * @param every  updates after which the rate has been multiplied by `decay` once
 */
export function decayedLearningRate(learningRate: number, decay: number, every: number, update: number): number {
  return learningRate * decay ** (update / every)
}
