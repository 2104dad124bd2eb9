/**
 * What the offers simulator needs of each shopper, from features and clusters. The formulas are ours.
 *
 * A quarter of records says little of one shopper, so each rate leans on that of the shopper's cluster (empirical Bayes, as a count that
 * everybody begins with):
 *   visits      a day, of their own accord     (direct sessions + 30 · cluster's) / (days known + 30), at most .9
 *   buying      a day, of their own accord     (purchases in direct sessions + 30 · cluster's) / (days known + 30)
 *   conversion  of a session after a message   (purchases in them + 5 · cluster's) / (such sessions + 5)
 *   orderValue  of a purchase                  (monetary + 2 · cluster's mean amount) / (purchases + 2)
 *   hours       share of sessions by the hour  (sessions in it + 10 · cluster's) / (sessions + 10)
 * A cluster without a case of its own takes everybody's rate.
 *
 * A purchase stills the need for a while. d days after the last one the need is h·d / (1 + h·d), and a shopper buys with hazard h · need.
 * With h = 2 · buying the mean time between two purchases is 1 / buying, as in the records: the survival exp(-x)(1 + x) with x = h·d has
 * mean 2, and the mean need is one half. The conversions of the records come from needs of about one half, which lowers them, and from
 * messages with offers, which raises them; that the two cancel is an assumption: the conversion at full need and without an offer is that
 * of the records, at most .8.
 *
 * The sensitivities are the features themselves: what the agent sees is what drives the shopper. The tolerance of messages grows with how
 * gladly they are answered: 1 + 8 · the mean of the three responses.
 */
import { messageChannels } from './offers-behaviour'
import type { BehaviourClusters } from './offers-clusters'
import { type BehaviourFeatures, featureCount } from './offers-features'
import { standardise } from './offers-standardise'

export interface OffersParameters {
  readonly count: number
  readonly ids: readonly string[]
  /** The features and counts that a visit begins with. */
  readonly features: BehaviourFeatures
  readonly clusters: BehaviourClusters
  /** [10] each, for standardising features. */
  readonly means: Float64Array
  readonly deviations: Float64Array
  /** [count] each. */
  readonly visits: Float64Array
  /** Purchases a day at full need. */
  readonly hazard: Float64Array
  /** Probability that a session after a message ends in a purchase, at full need and without an offer. */
  readonly conversion: Float64Array
  readonly orderValue: Float64Array
  readonly discountSensitivity: Float64Array
  readonly freeShippingPreference: Float64Array
  /** Engagement, to which recommendations appeal. */
  readonly interest: Float64Array
  /** Fatigue that halves the answers. */
  readonly tolerance: Float64Array
  /** [count, 3]: probability that a message is answered, at its best hour and without fatigue. */
  readonly responses: Float64Array
  /** [count, 24]: share of sessions by hour; a row sums to 1. */
  readonly hours: Float64Array
}

/**
 * @param features of `behaviourFeatures`
 * @param clusters of `behaviourClusters`, for the same shoppers
 * @throws RangeError when the two are of different numbers of shoppers
 */
export function offersParameters(features: BehaviourFeatures, clusters: BehaviourClusters): OffersParameters {
  const { count, ids, counts, table } = features
  if (clusters.labels.length !== count)
    throw new RangeError(`clusters has ${clusters.labels.length} shoppers and features ${count}; they must be of the same ones`)
  const column = (at: number) => Float64Array.from({ length: count }, (_, user) => table[user * featureCount + at]!)
  const lean = (part: ArrayLike<number>, whole: ArrayLike<number>, prior: number) => leaningRates(part, whole, prior, clusters)

  const opened = Int32Array.from({ length: count }, (_, user) => counts.sessions[user]! - counts.direct[user]!)
  const afterMessage = Int32Array.from({ length: count }, (_, user) => counts.purchases[user]! - counts.directPurchases[user]!)
  const channels = messageChannels.length
  const responses = Float64Array.from(
    { length: count * channels },
    (_, place) => table[Math.floor(place / channels) * featureCount + 6 + (place % channels)]!,
  )
  const { means, deviations } = standardise(table, featureCount)
  return {
    count,
    ids,
    features,
    clusters,
    means,
    deviations,
    visits: lean(counts.direct, counts.days, 30).map(rate => Math.min(0.9, rate)),
    hazard: lean(counts.directPurchases, counts.days, 30).map(rate => Math.min(0.9, 2 * rate)),
    conversion: lean(afterMessage, opened, 5).map(rate => Math.min(0.8, rate)),
    orderValue: lean(column(2), counts.purchases, 2),
    discountSensitivity: column(4),
    freeShippingPreference: column(5),
    interest: column(3),
    tolerance: Float64Array.from({ length: count }, (_, user) => {
      const own = responses.subarray(user * channels, (user + 1) * channels)
      return 1 + (8 / channels) * own.reduce((sum, response) => sum + response, 0)
    }),
    responses,
    hours: hourShares(features, clusters),
  }
}

/** [count]: part / whole of each shopper, leaning on the cluster's by so much of the whole. */
function leaningRates(
  part: ArrayLike<number>,
  whole: ArrayLike<number>,
  prior: number,
  { clusters, labels }: BehaviourClusters,
): Float64Array {
  const parts = new Float64Array(clusters)
  const wholes = new Float64Array(clusters)
  labels.forEach((label, user) => {
    parts[label]! += part[user]!
    wholes[label]! += whole[user]!
  })
  const sum = (numbers: Float64Array) => numbers.reduce((total, number) => total + number, 0)
  const everybody = sum(parts) / Math.max(1, sum(wholes))
  return Float64Array.from(labels, (label, user) => {
    const rate = wholes[label]! > 0 && parts[label]! > 0 ? parts[label]! / wholes[label]! : everybody
    return (part[user]! + prior * rate) / (whole[user]! + prior)
  })
}

function hourShares({ count, counts }: BehaviourFeatures, clusters: BehaviourClusters): Float64Array {
  const hours = new Float64Array(count * 24)
  for (let hour = 0; hour < 24; hour++) {
    const own = Int32Array.from({ length: count }, (_, user) => counts.hours[user * 24 + hour]!)
    leaningRates(own, counts.sessions, 10, clusters).forEach((share, user) => {
      hours[user * 24 + hour] = share
    })
  }
  // A cluster without any session in an hour took everybody's share, so that a row may not sum to 1 yet; without a single session it is 0.
  for (let user = 0; user < count; user++) {
    const row = hours.subarray(user * 24, (user + 1) * 24)
    const all = row.reduce((sum, share) => sum + share, 0)
    for (let hour = 0; hour < 24; hour++) row[hour] = all > 0 ? row[hour]! / all : 1 / 24
  }
  return hours
}
