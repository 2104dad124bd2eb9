/**
 * An agent's lists against what the users of the interaction log really wanted later: all ranking metrics at k.
 *
 * The log is split by time; relevant is what of the test part lies in a user's own top quarter of weights (src/data/interaction-log-relevance.ts).
 * The agent has met the users in the shop, whose clicks follow the affinities that the log was drawn from, and never the log itself.
 */
import type { Agent } from '../agents/agent'
import { recommend } from '../agents/recommend'
import { relevantByQuantile } from '../data/interaction-log-relevance'
import { itemPopularity } from '../data/item-popularity'
import { temporalSplit } from '../data/temporal-split'
import type { InteractionLog } from '../envs/interaction-log'
import { type OfflineRanking, offlineRanking } from '../evaluate/offline-ranking'

export interface RankLogOptions {
  /** Places of a list that count, at least 1. */
  readonly k: number
  /** Shares of the log's rows, in the order of time; .2 and .1. */
  readonly test?: number
  readonly validation?: number
}

/** @throws RangeError for shares out of range, and for a test part in which nobody wanted anything */
export function rankLog(agent: Agent, { tables, items, shopperObservation }: InteractionLog, options: RankLogOptions): OfflineRanking {
  const { k, test = 0.2, validation = 0.1 } = options
  const split = temporalSplit(tables, { test, validation })
  const count = tables.items.count
  const wanted = relevantByQuantile(split.test, tables.users.count, { thresholdsFrom: tables.interactions })
  return offlineRanking({
    rank: user => recommend(agent, shopperObservation(user), count, k).map(({ item }) => item),
    relevant: new Map(wanted.entries()),
    k,
    items,
    popularity: itemPopularity(split.train, count),
  })
}
