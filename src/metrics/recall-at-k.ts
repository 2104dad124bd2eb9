import { findHits, type Hits } from './hits'

/**
 * Recall at k: |relevant ∩ first k| / |relevant| (the guide, "Offline Metrics"; TREC's recall_k).
 *
 * Between 0 and 1. With more than k relevant items even the best list stays below 1. A user with no relevant item scores 0.
 *
 * @param ranked    item ids, best first, no duplicates
 * @param relevant  ids of the relevant items
 * @param k         cut-off, at least 1
 * @throws RangeError when k is below 1 or the list holds an item twice
 */
export function recallAtK(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  return recallOfHits(findHits(ranked, relevant, k), k)
}

/** The same from hits that are known. */
export function recallOfHits(hits: Hits, k: number): number {
  return hits.relevant === 0 ? 0 : hits.within(k) / hits.relevant
}
