/**
 * The scores as a plain array of their own.
 *
 * @throws RangeError when there are none, or one is not finite
 */
export function finiteScores(scores: ArrayLike<number>): number[] {
  if (scores.length === 0) throw new RangeError('scores is empty; it needs at least one run')
  const all = Array.from(scores)
  const wrong = all.findIndex(score => !Number.isFinite(score))
  if (wrong >= 0) throw new RangeError(`scores[${wrong}] is ${all[wrong]}; every score must be a finite number`)
  return all
}
