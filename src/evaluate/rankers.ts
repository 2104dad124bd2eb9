/**
 * Simple recommenders made from a log alone, for `offlineRanking`: each gives a user's whole catalogue, best first, ties by the lower item.
 *
 * A ranker knows what it is made from and nothing else. That makes leakage visible: made from the train part it is honest, made from all
 * interactions it has seen the answers.
 */
import { itemPopularity } from '../data/item-popularity'
import { affinity, rowLengths } from '../data/preference'
import type { Interactions, ShopTables } from '../data/tables'
import { permutation } from '../random/draws'
import { stream } from '../random/generator'

/** The items in the order in which a user should be shown them. */
export type Ranker = (user: number) => number[]

type Shop = Pick<ShopTables, 'items' | 'width'>

/** By how often an item was engaged with; the same list for everybody. */
export function popularityRanker(log: Interactions, items: number): Ranker {
  const ranked = bestFirst(itemPopularity(log, items))
  return () => [...ranked]
}

/**
 * By how much an item resembles what the user engaged with in the log: the cosine of its features and their mean. For a user
 * without engagements nothing is known, and the order is random.
 */
export function profileRanker(log: Interactions, { items, width }: Shop, seed = 0): Ranker {
  const profiles = new Map<number, Float64Array>()
  for (let row = 0; row < log.count; row++) {
    if (!(log.weight[row]! > 0)) continue
    const profile = profiles.get(log.user[row]!) ?? new Float64Array(width)
    for (let at = 0; at < width; at++) profile[at]! += items.embeddings[log.item[row]! * width + at]!
    profiles.set(log.user[row]!, profile)
  }
  const lost = randomRanker(items.count, seed)
  return user => {
    const profile = profiles.get(user)
    return profile ? byCosine(profile, 0, { items, width }) : lost(user)
  }
}

/** By the cosine of an item's features and the user's own embedding, as the tables have it. */
export function tasteRanker({ users, items, width }: Shop & Pick<ShopTables, 'users'>): Ranker {
  return user => byCosine(users.embeddings, user, { items, width })
}

/** Any order, the same for a user whenever asked: the floor. */
export function randomRanker(items: number, seed = 0): Ranker {
  return user => Array.from(permutation(stream(seed, 'random ranker', user), items))
}

/** The ranker's order among some items only, such as those that the user was shown. */
export function amongItems(rank: Ranker, of: (user: number) => ReadonlySet<number>): Ranker {
  return user => rank(user).filter(item => of(user).has(item))
}

function byCosine(rows: Float64Array, row: number, { items, width }: Shop): number[] {
  const lengths = rowLengths(items.embeddings, items.count, width)
  return bestFirst(lengths.map((length, item) => affinity(rows, row, items.embeddings, item, width) / (length || 1)))
}

function bestFirst(scores: ArrayLike<number>): number[] {
  return Array.from(scores, (_, item) => item).sort((one, other) => scores[other]! - scores[one]! || one - other)
}
