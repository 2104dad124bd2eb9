import { checkRanked, hitsAtK } from './ranked-list'

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
  checkRanked(ranked, k)
  return relevant.size === 0 ? 0 : hitsAtK(ranked, relevant, k) / relevant.size
}
