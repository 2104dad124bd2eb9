import { checkCounts } from './check-counts'
import { checkRanked } from './ranked-list'

/**
 * Novelty at k: the mean self-information of the first k items, -log2(share of all interactions that fell on the item), in bits
 * (Zhou et al. 2010; the guide's "average popularity inverse").
 *
 * 0 where one item has all interactions; log2(items) where all are equally popular. An item nobody has touched counts as if it had one
 * interaction: novel, but not infinitely so. An empty list scores 0.
 *
 * @param ranked      item ids, best first, no duplicates
 * @param popularity  interactions of each item, [items], 0 or more, not all 0
 * @param k           cut-off, at least 1
 * @throws RangeError when k is below 1, the list holds an item twice, an id lies outside the catalogue, or a count is negative or NaN
 */
export function novelty(ranked: ArrayLike<number>, popularity: ArrayLike<number>, k: number): number {
  checkRanked(ranked, k)
  const interactions = checkCounts('popularity', popularity)
  const length = Math.min(k, ranked.length)
  let bits = 0
  for (let rank = 0; rank < length; rank++) {
    const count = popularity[ranked[rank]!]
    if (count === undefined) throw new RangeError(`item ${ranked[rank]} lies outside the catalogue; ids are 0 to ${popularity.length - 1}`)
    bits -= Math.log2(Math.max(count, 1) / interactions)
  }
  return length === 0 ? 0 : bits / length
}
