import type { Items } from '../envs/env'
import { checkRanked } from './ranked-list'

/**
 * Intra-list diversity at k: 1 - the mean cosine similarity over all pairs of different items among the first k
 * (Ziegler et al. 2005; the guide, "Diversity Metrics").
 *
 * 0 where all items point the same way, 1 where they are unrelated, up to 2 where two point opposite ways. An item is never paired with
 * itself. A list with fewer than two items has no pairs and scores 0; an item without features (all zeros) is similar to nothing.
 *
 * @param ranked   item ids, best first, no duplicates
 * @param catalogue  item features, [items, width]
 * @param k        cut-off, at least 1
 * @throws RangeError when k is below 1, the list holds an item twice, an id lies outside the catalogue or a feature is not finite
 */
export function intraListDiversity(ranked: ArrayLike<number>, catalogue: Pick<Items, 'features' | 'width'>, k: number): number {
  checkRanked(ranked, k)
  const { features, width } = catalogue
  const length = Math.min(k, ranked.length)
  // Scaled to length 1, a pair's cosine is its inner product; and the sum of all of them, the diagonal included, is |sum of vectors|².
  const total = new Float64Array(width)
  let diagonal = 0
  for (let rank = 0; rank < length; rank++) {
    const item = ranked[rank]!
    const row = features.subarray(item * width, (item + 1) * width)
    if (item < 0 || row.length < width) {
      throw new RangeError(`item ${item} lies outside the catalogue; ids are 0 to ${features.length / width - 1}`)
    }
    const norm = Math.hypot(...row)
    if (!Number.isFinite(norm)) throw new RangeError(`a feature of item ${item} is not a finite number`)
    if (norm === 0) continue
    diagonal++
    for (let at = 0; at < width; at++) total[at]! += row[at]! / norm
  }
  if (length < 2) return 0
  let sum = 0
  for (const value of total) sum += value * value
  return 1 - (sum - diagonal) / (length * (length - 1))
}
