import { mean } from 'simple-statistics'
import { type AveragePrecisionOptions, averagePrecision } from './average-precision'
import { checkUsers } from './ranked-list'

/**
 * Mean average precision at k (MAP): the mean of `averagePrecision` over users (the guide, "Offline Metrics").
 *
 * A user with no relevant item counts 0; leave such users out first where that is not meant.
 *
 * @param ranked    one list of item ids for each user, best first, no duplicates
 * @param relevant  the relevant items of each user, in the same order
 * @param k         cut-off, at least 1
 * @throws RangeError when there are no users, the lengths differ, k is below 1 or a list holds an item twice
 */
export function meanAveragePrecision(
  ranked: readonly ArrayLike<number>[],
  relevant: readonly ReadonlySet<number>[],
  k: number,
  options: AveragePrecisionOptions = {},
): number {
  checkUsers(ranked, relevant)
  return mean(ranked.map((list, user) => averagePrecision(list, relevant[user]!, k, options)))
}
