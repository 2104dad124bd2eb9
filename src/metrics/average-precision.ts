import { checkRanked } from './ranked-list'

export interface AveragePrecisionOptions {
  /**
   * What the sum of precisions is divided by.
   * 'attainable': min(k, |relevant|), so that the best list of k scores 1 (default).
   * 'relevant': |relevant|, as trec_eval and ir_measures do; with more than k relevant items no list reaches 1.
   */
  readonly denominator?: 'attainable' | 'relevant'
}

/**
 * Average precision at k: the precision at each relevant rank among the first k, summed and divided by `denominator`
 * (Buckley & Voorhees 2005; MAP in the guide is its mean over users).
 *
 * Between 0 and 1. A user with no relevant item scores 0.
 *
 * @param ranked    item ids, best first, no duplicates
 * @param relevant  ids of the relevant items
 * @param k         cut-off, at least 1
 * @throws RangeError when k is below 1 or the list holds an item twice
 */
export function averagePrecision(
  ranked: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
  { denominator = 'attainable' }: AveragePrecisionOptions = {},
): number {
  checkRanked(ranked, k)
  if (denominator !== 'attainable' && denominator !== 'relevant') {
    throw new RangeError(`denominator is '${denominator}'; it is 'attainable' or 'relevant'`)
  }
  if (relevant.size === 0) return 0
  let hits = 0
  let sum = 0
  for (let rank = 0; rank < Math.min(k, ranked.length); rank++) {
    if (relevant.has(ranked[rank]!)) sum += ++hits / (rank + 1)
  }
  return sum / (denominator === 'attainable' ? Math.min(k, relevant.size) : relevant.size)
}
