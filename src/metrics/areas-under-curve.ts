import { checkWhole } from '../data/check'
import { areaOfRanks, meanRank } from './area-under-curve'
import { checkColumn, checkRelevant, markRelevant, type RelevantItems } from './relevant-items'

/**
 * `areaUnderCurve` of many users at once, on typed arrays: to the last bit what that gives for each. Their mean is often called AUC, too.
 *
 * A user for whom no item, or every item, is relevant gets .5; leave such users out first where that is not meant.
 *
 * @param scores    of every item for every user, [users, items], higher is better; NaN is not allowed
 * @param relevant  the relevant items of the same users; with gains those whose gain is above 0
 * @param items     how many items there are, ids 0 to items - 1
 * @returns one for each user, [users]
 * @throws RangeError when lengths differ, a score is not a number, a gain is negative or not finite, a relevant item stands twice for a user or
 *   lies outside the catalogue
 */
export function areasUnderCurve(scores: Float64Array, relevant: RelevantItems, items: number): Float64Array {
  checkWhole('items', items, 1, 2 ** 31 - 1)
  const users = relevant.offsets.length - 1
  checkRelevant(relevant, users)
  checkColumn('scores', scores, 'Float64Array', users * items)
  const { offsets, items: wanted, gains } = relevant
  const marks = new Int32Array(items)
  const sorted = new Float64Array(items)
  const areas = new Float64Array(users)
  for (let user = 0; user < users; user++) {
    markRelevant(relevant, user, marks, user + 1, Number.MAX_VALUE)
    const start = user * items
    for (let item = 0; item < items; item++) {
      const score = scores[start + item]!
      if (Number.isNaN(score)) throw new RangeError(`scores: that of item ${item} for user ${user} is NaN; every score must be a number`)
      sorted[item] = score
    }
    sorted.sort()
    let [ranks, count] = [0, 0]
    for (let at = offsets[user]!; at < offsets[user + 1]!; at++) {
      if (gains && gains[at] === 0) continue
      ranks += meanRank(sorted, scores[start + wanted[at]!]!)
      count++
    }
    areas[user] = areaOfRanks(ranks, count, items)
  }
  return areas
}
