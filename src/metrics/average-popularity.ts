import { mean } from 'simple-statistics'
import { checkCounts } from './check-counts'
import { checkRanked } from './ranked-list'

/**
 * Average recommendation popularity at k: the mean over users of the mean popularity of the items in their first k (Yin et al. 2012).
 *
 * In the unit of `popularity`: with interactions, how often an item of the lists was interacted with. Users without any item are left out.
 *
 * @param ranked      one list of item ids for each user, best first, no duplicates
 * @param popularity  [items]: interactions of each item, 0 or more, not all 0
 * @param k           cut-off, at least 1; whole lists when left out
 * @throws RangeError when k is below 1, a list holds an item twice, an id lies outside the catalogue, a count is negative or not finite,
 *   or no list has an item
 */
export function averagePopularity(
  ranked: readonly ArrayLike<number>[],
  popularity: ArrayLike<number>,
  k = Number.MAX_SAFE_INTEGER,
): number {
  checkCounts('popularity', popularity)
  const ofUsers: number[] = []
  for (const list of ranked) {
    checkRanked(list, k)
    const length = Math.min(k, list.length)
    let sum = 0
    for (let rank = 0; rank < length; rank++) {
      const count = popularity[list[rank]!]
      if (count === undefined) throw new RangeError(`item ${list[rank]} lies outside the catalogue; ids are 0 to ${popularity.length - 1}`)
      sum += count
    }
    if (length > 0) ofUsers.push(sum / length)
  }
  if (ofUsers.length === 0) throw new RangeError('ranked holds no item; average popularity needs at least one list with one')
  return mean(ofUsers)
}
