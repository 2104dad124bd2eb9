import { checkWord } from '../data/check'
import { findHits, type Hits } from './hits'

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
  options: AveragePrecisionOptions = {},
): number {
  return averagePrecisionOfHits(options)(findHits(ranked, relevant, k), k)
}

/** The same from hits that are known; the options are checked once for many users. */
export function averagePrecisionOfHits({ denominator = 'attainable' }: AveragePrecisionOptions): (hits: Hits, k: number) => number {
  checkWord('denominator', denominator, ['attainable', 'relevant'])
  const attainable = denominator === 'attainable'
  return ({ count, places, relevant }, k) => {
    if (relevant === 0) return 0
    let sum = 0
    for (let hit = 0; hit < count && places[hit]! < k; hit++) sum += (hit + 1) / (places[hit]! + 1)
    return sum / (attainable ? Math.min(k, relevant) : relevant)
  }
}
