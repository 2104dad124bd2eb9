import { checkRanked } from './ranked-list'

/**
 * Personalisation at k: 1 - the mean cosine similarity between two users' first k, over all pairs of users
 * (Zhou et al. 2010: with k items in every list the cosine of two is the share of items they have in common).
 *
 * 0 where everybody is shown the same items, 1 where no two users share one. The cosine of lists that are shorter is
 * common / √(length · other length); an empty list resembles none.
 *
 * No pair is ever compared: with each list a vector of length 1, the sum of the cosines over all pairs, a list with itself included, is
 * |sum of the vectors|², which takes one number an item. Time grows with users · k.
 *
 * @param ranked one list of item ids for each user, best first, no duplicates; at least two
 * @param k      cut-off, at least 1
 * @throws RangeError with fewer than two users, when k is below 1, or a list holds an item twice
 */
export function personalisation(ranked: readonly ArrayLike<number>[], k: number): number {
  const users = ranked.length
  if (users < 2) throw new RangeError(`ranked holds ${users} lists; personalisation compares users, so give at least two`)
  const total = new Map<number, number>()
  let filled = 0
  for (const list of ranked) {
    checkRanked(list, k)
    const length = Math.min(k, list.length)
    if (length === 0) continue
    filled++
    const weight = 1 / Math.sqrt(length)
    for (let rank = 0; rank < length; rank++) total.set(list[rank]!, (total.get(list[rank]!) ?? 0) + weight)
  }
  let sum = 0
  for (const weight of total.values()) sum += weight * weight
  return 1 - (sum - filled) / (users * (users - 1))
}
