import { checkRanked } from './ranked-list'

/**
 * Serendipity at k: the share of the first k that is relevant and that nobody would have expected
 * (Ge, Delgado-Battenfeld & Jannach 2010; in this form, as |(list - expected) ∩ useful| / |list|, Adamopoulos & Tuzhilin 2014).
 *
 * What is expected is what a simple recommender shows, such as the k most popular items: `mostPopular(counts, k)`. So it is precision at k
 * without the hits that popularity alone would have had, and never above it; as there, a list shorter than k is divided by k all the same.
 *
 * @param ranked    item ids, best first, no duplicates
 * @param relevant  ids of the relevant items
 * @param expected  ids of the expected items
 * @param k         cut-off, at least 1
 * @throws RangeError when k is below 1 or the list holds an item twice
 */
export function serendipity(ranked: ArrayLike<number>, relevant: ReadonlySet<number>, expected: ReadonlySet<number>, k: number): number {
  checkRanked(ranked, k)
  let surprises = 0
  for (let rank = 0; rank < Math.min(k, ranked.length); rank++) {
    if (relevant.has(ranked[rank]!) && !expected.has(ranked[rank]!)) surprises++
  }
  return surprises / k
}
