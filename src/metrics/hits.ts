/**
 * Where the relevant items stand in one user's list: all that the formula of a ranking metric has to know.
 *
 * The metrics of one list (precisionAtK, ndcg, ...) and those of many at once (rankingMetrics) find the hits in ways of their own and share
 * the formulas. An item of relevance 0 is irrelevant, as one that is not named at all.
 */
import { checkRanked } from './ranked-list'

export class Hits {
  /** Relevant items in the list. */
  count = 0
  /** Their places, from 0, rising, [count or more]. */
  readonly places: Int32Array
  /** Their relevances, above 0, [count or more]. */
  readonly gains: Float64Array
  /** Relevant items of the user, whether in the list or not. */
  relevant = 0
  /** The greatest of their relevances, greatest first, [min(depth, relevant) or more]. */
  readonly ideal: Float64Array

  /** No hits yet, and room for lists of `width` and the `depth` greatest relevances. */
  constructor(width: number, depth: number) {
    this.places = new Int32Array(width)
    this.gains = new Float64Array(width)
    this.ideal = new Float64Array(depth)
  }

  /** The next relevant item of the list. */
  add(place: number, gain: number): void {
    this.places[this.count] = place
    this.gains[this.count++] = gain
  }

  /** One more relevant item of the user, unless its relevance is 0; of the relevances the greatest are kept. */
  addRelevant(gain: number): void {
    if (!(gain > 0)) return
    const { ideal } = this
    let at = Math.min(this.relevant++, ideal.length)
    while (at > 0 && ideal[at - 1]! < gain) {
      if (at < ideal.length) ideal[at] = ideal[at - 1]!
      at--
    }
    if (at < ideal.length) ideal[at] = gain
  }

  /** How many of the first k items are relevant. */
  within(k: number): number {
    const { count, places } = this
    let within = 0
    while (within < count && places[within]! < k) within++
    return within
  }
}

/**
 * The hits of one list.
 *
 * @param ranked     item ids, best first, no duplicates
 * @param relevance  the relevant items, each with its relevance or all alike with 1
 * @param k          how many of the greatest relevances are kept, at least 1
 * @throws RangeError when k is below 1 or the list holds an item twice
 */
export function findHits(ranked: ArrayLike<number>, relevance: ReadonlySet<number> | ReadonlyMap<number, number>, k: number): Hits {
  checkRanked(ranked, k)
  const gainOf = 'get' in relevance ? (item: number) => relevance.get(item) ?? 0 : (item: number) => Number(relevance.has(item))
  const hits = new Hits(ranked.length, Math.min(k, relevance.size))
  for (const item of relevance.keys()) hits.addRelevant(gainOf(item))
  for (let place = 0; place < ranked.length; place++) {
    const gain = gainOf(ranked[place]!)
    if (gain > 0) hits.add(place, gain)
  }
  return hits
}
