import { findHits, type Hits } from './hits'
import { checkUsers } from './ranked-list'

/**
 * Hit rate at k: the share of users who find at least one relevant item among their first k (Deshpande & Karypis 2004).
 *
 * Between 0 and 1. A user with no relevant item counts as a miss; leave such users out first where that is not meant.
 *
 * @param ranked    one list of item ids for each user, best first, no duplicates
 * @param relevant  the relevant items of each user, in the same order
 * @param k         cut-off, at least 1
 * @throws RangeError when there are no users, the lengths differ, k is below 1 or a list holds an item twice
 */
export function hitRate(ranked: readonly ArrayLike<number>[], relevant: readonly ReadonlySet<number>[], k: number): number {
  checkUsers(ranked, relevant)
  let users = 0
  ranked.forEach((list, user) => {
    users += hitOfHits(findHits(list, relevant[user]!, k), k)
  })
  return users / ranked.length
}

/** 1 for a user who finds something among the first k, otherwise 0. */
export function hitOfHits({ count, places }: Hits, k: number): number {
  return count > 0 && places[0]! < k ? 1 : 0
}
