/**
 * What a log of weights says was wanted: items whose weight lies in the user's own top quarter, for ranking metrics.
 *
 * The original asks for a weight of exactly 1, which its log never reaches, so that all its metrics are 0. Users rate on scales of their own:
 * the threshold is a quantile of the user's weights, by straight lines between them (Hyndman & Fan 1996, type 7, as NumPy's). An item met
 * several times counts once, by its latest weight. A weight of 0 is never relevant.
 */
import { checkKeys, checkNumber, checkWhole } from './check'
import type { Interactions } from './tables'

export interface RelevanceOptions {
  /** Relevant is a weight at or above this quantile of the user's weights, 0 to 1; .75. */
  readonly quantile?: number
  /** The log that the thresholds are taken from, such as all of it where `interactions` is one part; `interactions` itself. */
  readonly thresholdsFrom?: Interactions
}

/**
 * @param interactions in the order of time
 * @param users        how many users there are
 * @returns a set of item rows for each user; empty where there is nothing relevant
 * @throws RangeError for a quantile out of range
 */
export function relevantByQuantile(interactions: Interactions, users: number, options: RelevanceOptions = {}): Set<number>[] {
  checkKeys('relevantByQuantile', options, ['quantile', 'thresholdsFrom'])
  const { quantile = 0.75, thresholdsFrom = interactions } = options
  checkNumber('quantile', quantile, 0, 1)
  checkWhole('users', users, 0, 10_000_000)
  const latest = latestWeights(interactions, users)
  const scale = thresholdsFrom === interactions ? latest : latestWeights(thresholdsFrom, users)
  return latest.map((weights, user) => {
    const threshold = quantileOf(Array.from(scale[user]!.values()), quantile)
    const relevant = Array.from(weights).filter(([, weight]) => weight > 0 && weight >= threshold)
    return new Set(relevant.map(([item]) => item))
  })
}

/** For each user the latest weight of every item met. */
function latestWeights({ count, user, item, weight }: Interactions, users: number): Map<number, number>[] {
  const latest = Array.from({ length: users }, () => new Map<number, number>())
  for (let row = 0; row < count; row++) latest[user[row]!]!.set(item[row]!, weight[row]!)
  return latest
}

/** Infinity of no values: nothing lies above it. */
function quantileOf(values: number[], quantile: number): number {
  if (values.length === 0) return Number.POSITIVE_INFINITY
  values.sort((a, b) => a - b)
  const place = quantile * (values.length - 1)
  const below = Math.floor(place)
  const above = values[Math.min(below + 1, values.length - 1)]!
  return values[below]! + (place - below) * (above - values[below]!)
}
