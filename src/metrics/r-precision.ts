import { findHits, type Hits } from './hits'

/**
 * R-precision: the precision at R, where R is the number of relevant items (Buckley & Voorhees 2005; TREC's Rprec).
 *
 * Between 0 and 1; at this cut-off precision and recall are equal. A list shorter than R is divided by R all the same. A user with no
 * relevant item scores 0.
 *
 * @param ranked    item ids, best first, no duplicates
 * @param relevant  ids of the relevant items
 * @throws RangeError when the list holds an item twice
 */
export function rPrecision(ranked: ArrayLike<number>, relevant: ReadonlySet<number>): number {
  return rPrecisionOfHits(findHits(ranked, relevant, Math.max(relevant.size, 1)))
}

/** The same from hits that are known. */
export function rPrecisionOfHits(hits: Hits): number {
  return hits.relevant === 0 ? 0 : hits.within(hits.relevant) / hits.relevant
}
