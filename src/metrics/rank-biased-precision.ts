import { findHits, type Hits } from './hits'

export interface RankBiasedPrecisionOptions {
  /** The probability of looking at the next item after one, at least 0 and below 1; .8 unless told. */
  readonly persistence?: number
}

/**
 * Rank-biased precision at k (Moffat & Zobel 2008): the share of relevant items among those that a user looks at who always looks at the
 * first and goes on to the next with probability p, (1 - p) · Σ p^(rank - 1) over the relevant ranks (from 1) among the first k.
 *
 * Between 0 and 1 - p^k, which a list of k relevant items reaches: what was not judged could add up to p^k. How many items are
 * relevant in all does not matter; a user with none scores 0.
 *
 * @param ranked    item ids, best first, no duplicates
 * @param relevant  ids of the relevant items
 * @param k         cut-off, at least 1; `ranked.length` for the whole list
 * @throws RangeError when k is below 1, the list holds an item twice, or the persistence lies outside its range
 */
export function rankBiasedPrecision(
  ranked: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
  options: RankBiasedPrecisionOptions = {},
): number {
  return rankBiasedPrecisionOfHits(options)(findHits(ranked, relevant, k), k)
}

/** The same from hits that are known; the options are checked once for many users. */
export function rankBiasedPrecisionOfHits({ persistence = 0.8 }: RankBiasedPrecisionOptions): (hits: Hits, k: number) => number {
  if (!(persistence >= 0 && persistence < 1)) {
    throw new RangeError(`persistence is ${persistence}; it is a probability of at least 0 and below 1`)
  }
  return ({ count, places }, k) => {
    let sum = 0
    for (let hit = 0; hit < count && places[hit]! < k; hit++) sum += persistence ** places[hit]!
    return (1 - persistence) * sum
  }
}
