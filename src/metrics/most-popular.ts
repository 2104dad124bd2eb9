import { checkCounts } from './check-counts'
import { checkCutOff } from './ranked-list'

/**
 * The k items with the most interactions, the most popular first; of equally popular ones the lower id. Everybody expects these.
 *
 * @param popularity [items]: interactions of each item, 0 or more, not all 0
 * @param k          at least 1; the whole catalogue where it holds fewer
 * @throws RangeError when k is below 1, or a count is negative or not finite
 */
export function mostPopular(popularity: ArrayLike<number>, k: number): Set<number> {
  checkCutOff(k)
  checkCounts('popularity', popularity)
  const items = Array.from(popularity, (_, item) => item)
  return new Set(items.sort((one, other) => popularity[other]! - popularity[one]! || one - other).slice(0, k))
}
