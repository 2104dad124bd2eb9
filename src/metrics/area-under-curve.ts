/**
 * Area under the ROC curve of one user's scores (Hanley & McNeil 1982): the probability that a relevant item, drawn at random, is scored
 * above an irrelevant one.
 *
 * From the ranks of the relevant items among all scores (Mann & Whitney 1947), in O(n log n): equal scores share their mean rank, so a tie
 * counts half. 1 where every relevant item stands above every other, .5 for scores that say nothing. A user for whom no item, or every
 * item, is relevant has no pair to put in order and gets .5.
 *
 * @param scores    of all items, [items], higher is better; -Infinity and Infinity are allowed, NaN is not
 * @param relevant  ids of the relevant items, 0 to items - 1
 * @throws RangeError when a score is not a number or a relevant item has no score
 */
export function areaUnderCurve(scores: ArrayLike<number>, relevant: ReadonlySet<number>): number {
  const sorted = Float64Array.from(scores)
  const wrong = sorted.findIndex(Number.isNaN)
  if (wrong >= 0) throw new RangeError(`scores[${wrong}] is ${scores[wrong]}; every score must be a number`)
  sorted.sort()
  let ranks = 0
  for (const item of relevant) {
    const score = scores[item]
    if (score === undefined) throw new RangeError(`relevant item ${item} has no score; ids are 0 to ${scores.length - 1}`)
    ranks += meanRank(sorted, score)
  }
  return areaOfRanks(ranks, relevant.size, scores.length)
}

/** The area from the sum of the relevant items' ranks among all items, the lowest score having rank 1. */
export function areaOfRanks(ranks: number, relevant: number, items: number): number {
  const pairs = relevant * (items - relevant)
  return pairs === 0 ? 0.5 : (ranks - (relevant * (relevant + 1)) / 2) / pairs
}

/** The rank of a score among all scores, which are sorted; equal scores share the mean of their ranks. */
export function meanRank(sorted: Float64Array, score: number): number {
  return (countBelow(sorted, score, false) + countBelow(sorted, score, true) + 1) / 2
}

/** How many of the sorted scores lie below one, or do not lie above it, by halving. */
function countBelow(sorted: Float64Array, score: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < score || (orEqual && sorted[middle] === score)) low = middle + 1
    else high = middle
  }
  return low
}
