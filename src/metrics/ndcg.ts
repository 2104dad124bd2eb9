import { checkRanked } from './ranked-list'

export interface NdcgOptions {
  /** 'linear': an item of relevance r gains r (default, as in trec_eval). 'exponential': it gains 2^r - 1 (Burges et al. 2005). */
  readonly gain?: 'linear' | 'exponential'
}

/**
 * Normalised discounted cumulative gain at k (Järvelin & Kekäläinen 2002).
 *
 * The gain at each rank (from 1) is divided by log2(rank + 1); the sum over the first k ranks is divided by that of the best possible
 * order, so 1 is perfect. A user with no relevant item scores 0.
 *
 * @param ranked  item ids, best first, no duplicates
 * @param gains   relevance of each item, 0 or more; missing items count 0
 * @param k       cut-off, at least 1
 * @throws RangeError when k is below 1, the list holds an item twice, or a relevance is negative or not a number
 */
export function ndcg(
  ranked: ArrayLike<number>,
  gains: ReadonlyMap<number, number>,
  k: number,
  { gain = 'linear' }: NdcgOptions = {},
): number {
  checkRanked(ranked, k)
  if (gain !== 'linear' && gain !== 'exponential') throw new RangeError(`gain is '${gain}'; it is 'linear' or 'exponential'`)
  for (const [item, relevance] of gains) {
    if (!(relevance >= 0 && relevance < Infinity)) throw new RangeError(`item ${item} has relevance ${relevance}; it must be 0 or more`)
  }
  const worth = gain === 'linear' ? (relevance: number) => relevance : (relevance: number) => 2 ** relevance - 1
  const best = Array.from(gains.values()).sort((a, b) => b - a)
  let sum = 0
  let ideal = 0
  for (let rank = 0; rank < k; rank++) {
    const discount = Math.log2(rank + 2)
    if (rank < ranked.length) sum += worth(gains.get(ranked[rank]!) ?? 0) / discount
    if (rank < best.length) ideal += worth(best[rank]!) / discount
    else if (rank >= ranked.length) break
  }
  return ideal === 0 ? 0 : sum / ideal
}
