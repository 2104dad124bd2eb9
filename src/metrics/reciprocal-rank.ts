import { findHits, type Hits } from './hits'

/**
 * Reciprocal rank at k: 1 / the rank of the first relevant item among the first k, ranks counted from 1 (Voorhees 1999, TREC-8).
 *
 * Between 0 and 1. Without a relevant item among the first k, and for a user who has none, 0. What stands below the first hit does not
 * matter.
 *
 * @param ranked    item ids, best first, no duplicates
 * @param relevant  ids of the relevant items
 * @param k         cut-off, at least 1; `ranked.length` for the whole list
 * @throws RangeError when k is below 1 or the list holds an item twice
 */
export function reciprocalRank(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  return reciprocalRankOfHits(findHits(ranked, relevant, k), k)
}

/** The same from hits that are known. */
export function reciprocalRankOfHits({ count, places }: Hits, k: number): number {
  return count > 0 && places[0]! < k ? 1 / (places[0]! + 1) : 0
}
