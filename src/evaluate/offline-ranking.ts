/** Recommendations against what people really engaged with: all ranking and diversity metrics at k, in one row. */
import { mean } from 'simple-statistics'
import type { Items } from '../envs/env'
import { averagePrecisionOfHits } from '../metrics/average-precision'
import { catalogueCoverage } from '../metrics/catalogue-coverage'
import { hitOfHits } from '../metrics/hit-rate'
import { findHits, type Hits } from '../metrics/hits'
import { intraListDiversity } from '../metrics/intra-list-diversity'
import { ndcgOfHits } from '../metrics/ndcg'
import { novelty } from '../metrics/novelty'
import { precisionOfHits } from '../metrics/precision-at-k'
import { recallOfHits } from '../metrics/recall-at-k'

export interface OfflineRankingOptions {
  /** The item ids recommended to a user, best first, no duplicates; only the first k count. */
  readonly rank: (user: number) => ArrayLike<number>
  /** What each user engaged with in the test split; users with an empty set are left out, since nothing can be right for them. */
  readonly relevant: ReadonlyMap<number, ReadonlySet<number>>
  /** Cut-off, at least 1. */
  readonly k: number
  /** The catalogue's features, [items, width]. */
  readonly items: Pick<Items, 'features' | 'width'>
  /** Interactions of each item in the training split, [items]. */
  readonly popularity: ArrayLike<number>
}

/** Means over users. All lie between 0 and 1, but diversity (0 to 2) and novelty (bits). */
export interface OfflineRanking {
  readonly k: number
  /** How many users had something relevant. */
  readonly users: number
  readonly precision: number
  readonly recall: number
  readonly ndcg: number
  /** Divided by min(k, relevant), so that 1 can be reached. */
  readonly meanAveragePrecision: number
  readonly hitRate: number
  /** Share of the catalogue recommended to at least one of these users. */
  readonly coverage: number
  readonly diversity: number
  readonly novelty: number
}

/**
 * Ranks for every user with something relevant and measures the first k.
 *
 * @throws RangeError when no user has a relevant item, k is below 1, or a list holds an item twice or outside the catalogue
 */
export function offlineRanking({ rank, relevant, k, items, popularity }: OfflineRankingOptions): OfflineRanking {
  const users = Array.from(relevant.keys()).filter(user => relevant.get(user)!.size > 0)
  if (users.length === 0) throw new RangeError('relevant names no user with a relevant item; there is nothing to measure against')
  const lists = users.map(user => Array.from(rank(user)).slice(0, Math.max(k, 0)))
  const hits = lists.map((list, at) => findHits(list, relevant.get(users[at]!)!, k))
  const ofHits = (metric: (hits: Hits, k: number) => number) => mean(hits.map(found => metric(found, k)))
  const ofLists = (metric: (list: number[]) => number) => mean(lists.map(metric))
  return {
    k,
    users: users.length,
    precision: ofHits(precisionOfHits),
    recall: ofHits(recallOfHits),
    ndcg: ofHits(ndcgOfHits({})),
    meanAveragePrecision: ofHits(averagePrecisionOfHits({})),
    hitRate: ofHits(hitOfHits),
    coverage: catalogueCoverage(lists, items.features.length / items.width, k),
    diversity: ofLists(list => intraListDiversity(list, items, k)),
    novelty: ofLists(list => novelty(list, popularity, k)),
  }
}
