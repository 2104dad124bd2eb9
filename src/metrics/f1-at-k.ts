import { findHits, type Hits } from './hits'

/**
 * F1 at k: the harmonic mean of precision and recall at k (van Rijsbergen 1979), 2 |relevant ∩ first k| / (k + |relevant|).
 *
 * Between 0 and 1; 1 only where exactly k items are relevant and all are found. Without a hit, and for a user with no relevant item, 0.
 *
 * @param ranked    item ids, best first, no duplicates
 * @param relevant  ids of the relevant items
 * @param k         cut-off, at least 1
 * @throws RangeError when k is below 1 or the list holds an item twice
 */
export function f1AtK(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, k: number): number {
  return f1OfHits(findHits(ranked, relevant, k), k)
}

/** The same from hits that are known. */
export function f1OfHits(hits: Hits, k: number): number {
  return (2 * hits.within(k)) / (k + hits.relevant)
}
