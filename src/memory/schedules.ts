/** How a learner's settings change while it learns, as the guide and Mnih et al. 2015 state them. */

/** One step of epsilon's decay, taken when an episode ends: epsilon ← max(floor, epsilon · factor). */
export function decayed(epsilon: number, factor: number, floor: number): number {
  return Math.max(floor, epsilon * factor)
}

/** One transition of a straight line from `start` to `floor` over `steps` transitions: epsilon ← max(floor, epsilon - (start - floor) / steps). */
export function lowered(epsilon: number, start: number, floor: number, steps: number): number {
  return Math.max(floor, epsilon - (start - floor) / steps)
}

/** How epsilon falls: what Double DQN, the item-embedding DQN and SlateQ have in common among their options. */
export interface EpsilonSchedule {
  /** Chance of a random action at the start, and the least it falls to. */
  readonly epsilonStart: number
  readonly epsilonEnd: number
  /** 'episode': multiplied by `epsilonDecay` whenever an episode ends. 'linear': in a straight line over the first `epsilonSteps` transitions. */
  readonly epsilonSchedule: 'episode' | 'linear'
  readonly epsilonDecay: number
  readonly epsilonSteps: number
}

/** Epsilon after one more transition; `ended`: an episode ended with it. */
export function epsilonAfter(epsilon: number, ended: boolean, schedule: EpsilonSchedule): number {
  const { epsilonStart, epsilonEnd, epsilonSchedule, epsilonDecay, epsilonSteps } = schedule
  if (epsilonSchedule === 'linear') return lowered(epsilon, epsilonStart, epsilonEnd, epsilonSteps)
  return ended ? decayed(epsilon, epsilonDecay, epsilonEnd) : epsilon
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
