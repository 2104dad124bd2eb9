import { findHits, type Hits } from './hits'

/**
 * Precision at k: |relevant ∩ first k| / k (the guide, "Offline Metrics"; TREC's P_k).
 *
 * A list shorter than k is divided by k all the same: an empty place is a miss. Between 0 and 1; a user with no relevant item scores 0.
 *
 * @param ranked    item ids, best first, no duplicates
 * @param relevant  ids of the relevant items
 * @param k         cut-off, at least 1
 * @throws RangeError when k is below 1 or the list holds an item twice
 */
export function precisionAtK(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  return precisionOfHits(findHits(ranked, relevant, k), k)
}

/** The same from hits that are known. */
export function precisionOfHits(hits: Hits, k: number): number {
  return hits.within(k) / k
}
