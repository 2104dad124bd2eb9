import { finiteScores } from './scores'

/**
 * Scores of one task on the scale that tasks share: 0 for a floor such as random choice, 1 for a goal such as the oracle (as human-normalised scores in
 * Mnih et al. 2015): (score - floor) / (goal - floor). Below 0 and above 1 are allowed.
 *
 * @throws RangeError when there are no scores, a number is not finite, or goal and floor are the same
 */
export function normalisedScores(scores: ArrayLike<number>, floor: number, goal: number): number[] {
  for (const [name, value] of Object.entries({ floor, goal })) {
    if (!Number.isFinite(value)) throw new RangeError(`${name} is ${value}; it must be a finite number`)
  }
  if (floor === goal) throw new RangeError(`floor and goal are both ${goal}; they must differ, or there is no scale`)
  return finiteScores(scores).map(score => (score - floor) / (goal - floor))
}
