/**
 * The scores as a plain array of their own.
 *
 * @param name of the argument, for errors
 * @throws RangeError when there are none, or one is not finite
 */
export function finiteScores(scores: ArrayLike<number>, name = 'scores'): number[] {
  if (scores.length === 0) throw new RangeError(`${name} is empty; it needs at least one number`)
  const all = Array.from(scores)
  const wrong = all.findIndex(score => !Number.isFinite(score))
  if (wrong >= 0) throw new RangeError(`${name}[${wrong}] is ${all[wrong]}; it must be a finite number`)
  return all
}

/**
 * The scores of several tasks, each a plain array of its own.
 *
 * @param name of the argument, for errors
 * @throws RangeError when there are no tasks, one is no list or is empty, or a score is not finite
 */
export function finiteStrata(name: string, strata: readonly ArrayLike<number>[]): number[][] {
  if (strata.length === 0) throw new RangeError(`${name} is empty; for one task give [scores]`)
  return Array.from(strata, (scores, stratum) => {
    if (scores === null || typeof scores !== 'object') {
      throw new RangeError(`${name}[${stratum}] is ${scores}; each task is a list of scores, so for one task give [scores]`)
    }
    return finiteScores(scores, `${name}[${stratum}]`)
  })
}
