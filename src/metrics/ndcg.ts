import { checkWord } from '../data/check'
import { findHits, type Hits } from './hits'

export interface NdcgOptions {
  /** 'linear': an item of relevance r gains r (default, as in trec_eval). 'exponential': it gains 2^r - 1 (Burges et al. 2005). */
  readonly gain?: 'linear' | 'exponential'
}

/** The greatest relevance allowed; above it the sums of gains could overflow. */
export const greatestRelevance = { linear: 1e300, exponential: 1000 } as const

/**
 * Normalised discounted cumulative gain at k (Järvelin & Kekäläinen 2002).
 *
 * The gain at each rank (from 1) is divided by log2(rank + 1); the sum over the first k ranks is divided by that of the best possible
 * order, so 1 is perfect. A user with no relevant item scores 0. Items of equal relevance may stand in any order among themselves.
 *
 * @param ranked  item ids, best first, no duplicates
 * @param gains   relevance of each item, 0 to 1e300, or to 1000 where the gain is exponential; missing items count 0
 * @param k       cut-off, at least 1
 * @throws RangeError when k is below 1, the list holds an item twice, or a relevance lies outside its range
 */
export function ndcg(ranked: ArrayLike<number>, gains: ReadonlyMap<number, number>, k: number, options: NdcgOptions = {}): number {
  const formula = ndcgOfHits(options)
  const greatest = greatestRelevance[options.gain ?? 'linear']
  for (const [item, relevance] of gains) {
    if (!(relevance >= 0 && relevance <= greatest)) {
      throw new RangeError(`item ${item} has relevance ${relevance}; it must be between 0 and ${greatest}`)
    }
  }
  return formula(findHits(ranked, gains, k), k)
}

/** The same from hits that are known; the options are checked once for many users. */
export function ndcgOfHits({ gain = 'linear' }: NdcgOptions): (hits: Hits, k: number) => number {
  checkWord('gain', gain, ['linear', 'exponential'])
  const linear = gain === 'linear'
  // log2(rank + 1) for the ranks met so far: the logarithm costs more than all the rest.
  let discounts = new Float64Array(0)
  return ({ count, places, gains, relevant, ideal }, k) => {
    const depth = Math.min(k, relevant)
    const last = Math.max(depth, count > 0 ? places[count - 1]! + 1 : 0)
    if (last > discounts.length) discounts = Float64Array.from({ length: 2 * last }, (_, place) => Math.log2(place + 2))
    const discount = discounts
    let best = 0
    for (let place = 0; place < depth; place++) best += (linear ? ideal[place]! : 2 ** ideal[place]! - 1) / discount[place]!
    if (best === 0) return 0
    let sum = 0
    for (let hit = 0; hit < count && places[hit]! < k; hit++) {
      sum += (linear ? gains[hit]! : 2 ** gains[hit]! - 1) / discount[places[hit]!]!
    }
    return sum / best
  }
}
