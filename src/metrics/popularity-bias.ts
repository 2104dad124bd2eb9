import { averagePopularity } from './average-popularity'
import { checkCounts } from './check-counts'

export interface PopularityBias {
  /** Mean popularity of what is recommended, in interactions: `averagePopularity`. */
  readonly average: number
  /** The same by the mean popularity of the catalogue: 1 for items drawn at random, above 1 where popular ones are preferred. */
  readonly byCatalogue: number
  /** The same by the mean popularity of what the users had chosen themselves; NaN where their profiles are not given. */
  readonly byProfiles: number
}

/**
 * Popularity bias at k: by how much what is recommended is more popular than the catalogue, and than what its users want.
 *
 * `byProfiles - 1` is the popularity lift, (GAP of the lists - GAP of the profiles) / GAP of the profiles, of Abdollahpouri et al. 2019,
 * "The unfairness of popularity bias in recommendation": 0 where users get what is as popular as what they had chosen. For a group of users
 * call it with the lists and profiles of that group. How uneven the showing is, whatever is popular, says `gini`.
 *
 * @param ranked      one list of item ids for each user, best first, no duplicates
 * @param popularity  [items]: interactions of each item, 0 or more, not all 0
 * @param k           cut-off, at least 1
 * @param profiles    the items each user has interacted with, each once: a list for each of `ranked`, all of it is used
 * @throws RangeError as `averagePopularity`, when the profiles are not as many as the lists, or hold only items of popularity 0
 */
export function popularityBias(
  ranked: readonly ArrayLike<number>[],
  popularity: ArrayLike<number>,
  k: number,
  profiles?: readonly ArrayLike<number>[],
): PopularityBias {
  if (profiles && profiles.length !== ranked.length)
    throw new RangeError(`profiles holds ${profiles.length} lists and ranked ${ranked.length}; give one of each for every user`)
  const average = averagePopularity(ranked, popularity, k)
  const catalogue = checkCounts('popularity', popularity) / popularity.length
  const wanted = profiles ? averagePopularity(profiles, popularity) : Number.NaN
  if (wanted === 0) throw new RangeError('profiles holds only items of popularity 0; count the interactions of these users, too')
  return { average, byCatalogue: average / catalogue, byProfiles: average / wanted }
}
