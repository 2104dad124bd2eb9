/**
 * Behavioural clusters: shoppers whose standardised features lie close together, by k-means (taste-clusters.ts), each with a name.
 *
 * The ten features alone are used: what groups the shoppers is what the agent sees of them.
 * A cluster is named after what stands out in its mean. The names are given one after another, each to the cluster not yet named that has
 * the most of its trait (sums of standardised features):
 *   sleepers          recency + days since purchase
 *   bargain hunters   discount sensitivity
 *   delivery savers   free-shipping preference
 *   regulars          monetary
 *   window shoppers   frequency + push response
 * From the sixth on they are called "group 6", "group 7", ...
 */
import { checkKeys } from './check'
import { type BehaviourFeatures, featureCount, featureNames } from './offers-features'
import { standardise } from './offers-standardise'
import { tasteClusters } from './taste-clusters'

export interface BehaviourClustersOptions {
  /** How many groups, 2 or more; 5. With fewer than three different shoppers there is one. */
  readonly clusters?: number
  /** Starts of k-means; 5. */
  readonly starts?: number
  readonly seed?: number
}

export interface BehaviourClusters {
  readonly clusters: number
  /** [users] */
  readonly labels: Int32Array
  /** [clusters]: how many shoppers, falling. */
  readonly sizes: Int32Array
  /** [clusters] */
  readonly names: readonly string[]
  /** [clusters, 10]: the mean of the standardised features. */
  readonly centroids: Float64Array
  /** Mean over users, -1 to 1 (Rousseeuw 1987); 0 for a single group. */
  readonly silhouette: number
}

const traits: readonly (readonly [string, readonly (typeof featureNames)[number][]])[] = [
  ['sleepers', ['recency', 'daysSincePurchase']],
  ['bargain hunters', ['discountSensitivity']],
  ['delivery savers', ['freeShippingPreference']],
  ['regulars', ['monetary']],
  ['window shoppers', ['frequency', 'pushResponse']],
]

/**
 * Groups shoppers by their features; the same seed gives the same groups.
 *
 * @throws RangeError when there are fewer different shoppers than groups asked for
 */
export function behaviourClusters(features: BehaviourFeatures, options: BehaviourClustersOptions = {}): BehaviourClusters {
  checkKeys('behaviourClusters', options, ['clusters', 'starts', 'seed'])
  const { starts = 5, seed = 0 } = options
  const { table } = standardise(features.table, featureCount)
  const different = differentRows(table)
  if (different < 3 && options.clusters === undefined) return everybody(features.count)
  const clusters = options.clusters ?? Math.min(5, different - 1)
  const groups = tasteClusters(table, featureCount, { clusters, starts, seed })
  const { labels, sizes, centroids, silhouette } = groups
  return { clusters, labels, sizes, names: namesOf(centroids, clusters), centroids, silhouette }
}

function everybody(count: number): BehaviourClusters {
  const centroids = new Float64Array(featureCount)
  return { clusters: 1, labels: new Int32Array(count), sizes: Int32Array.of(count), names: ['everybody'], centroids, silhouette: 0 }
}

function differentRows(table: Float64Array): number {
  const rows = new Set<string>()
  for (let from = 0; from < table.length; from += featureCount) rows.add(table.subarray(from, from + featureCount).join())
  return rows.size
}

function namesOf(centroids: Float64Array, clusters: number): string[] {
  const names = new Array<string>(clusters).fill('')
  for (const [name, columns] of traits) {
    let best = -1
    let most = -Infinity
    for (let cluster = 0; cluster < clusters; cluster++) {
      const trait = columns.reduce((sum, column) => sum + centroids[cluster * featureCount + featureNames.indexOf(column)]!, 0)
      if (names[cluster] !== '' || trait <= most) continue
      best = cluster
      most = trait
    }
    if (best >= 0) names[best] = name
  }
  return names.map((name, cluster) => name || `group ${cluster + 1}`)
}
