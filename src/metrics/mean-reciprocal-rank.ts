import { mean } from 'simple-statistics'
import { checkUsers } from './ranked-list'
import { reciprocalRank } from './reciprocal-rank'

/**
 * Mean reciprocal rank at k (MRR): the mean of `reciprocalRank` over users (Voorhees 1999).
 *
 * Between 0 and 1. A user with no relevant item counts 0; leave such users out first where that is not meant.
 *
 * @param ranked    one list of item ids for each user, best first, no duplicates
 * @param relevant  the relevant items of each user, in the same order
 * @param k         cut-off, at least 1
 * @throws RangeError when there are no users, the lengths differ, k is below 1 or a list holds an item twice
 */
export function meanReciprocalRank(ranked: readonly ArrayLike<number>[], relevant: readonly ReadonlySet<number>[], k: number): number {
  checkUsers(ranked, relevant)
  return mean(ranked.map((list, user) => reciprocalRank(list, relevant[user]!, k)))
}
