/**
 * Clusters of taste: groups of shoppers whose embeddings lie close together, by k-means (Lloyd 1982), with k chosen by the silhouette
 * (Rousseeuw 1987). Both are simple-statistics'.
 *
 * The silhouette of a shopper compares the mean distance to those of the same group, a, with that to the nearest other group, b:
 * (b - a) / max(a, b), near 1 where groups stand apart, near 0 where they run into each other. k-means depends on its start; for each k it is
 * started several times, and the start whose groups are tightest is kept.
 */
import { kMeansCluster, silhouette } from 'simple-statistics'
import { permutation } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import { checkKeys, checkWhole } from './check'
import { principalComponents } from './principal-components'

export interface TasteClustersOptions {
  /** The number of groups, 2 or more; left out, that of 2 to `most` with the highest silhouette. */
  readonly clusters?: number
  /** The most groups tried; 10. */
  readonly most?: number
  /** Starts for each number of groups, 1 to 1,000; 10. Of tens of thousands of users ask for fewer: the time is users · groups · starts. */
  readonly starts?: number
  readonly seed?: number
}

export interface TasteClusters {
  /** How many groups. */
  readonly clusters: number
  /** [users]: the group of each; 0 is the largest. */
  readonly labels: Int32Array
  /** [clusters, width]: the mean of each group. */
  readonly centroids: Float64Array
  /** [clusters], falling */
  readonly sizes: Int32Array
  /** Mean over users, -1 to 1. */
  readonly silhouette: number
  /** The silhouette of every number of groups that was tried. */
  readonly tried: readonly { readonly clusters: number; readonly silhouette: number }[]
  /** [users, 2]: the users on the plane of the two principal components, for drawing. */
  readonly projection: Float64Array
  /** How much of the users' variance that plane shows, 0 to 1. */
  readonly shown: number
}

/** Silhouettes compare all pairs: of more users than this, as many are drawn. */
const mostCompared = 1000

/**
 * Groups the rows of an embedding: `tasteClusters(tables.users.embeddings, tables.width)`. The same seed gives the same groups.
 *
 * @param embeddings [users, width]; at least three different rows
 * @throws RangeError when the sizes do not fit, or there are fewer different rows than groups
 */
export function tasteClusters(embeddings: Float64Array, width: number, options: TasteClustersOptions = {}): TasteClusters {
  checkKeys('tasteClusters', options, ['clusters', 'most', 'starts', 'seed'])
  const { components, points } = pointsOf(embeddings, width)
  const different = new Set(points.map(point => point.join())).size
  if (different < 3) throw new RangeError(`there are ${different} different users; at least 3 are needed to form groups`)
  const limit = different - 1
  const { clusters, most = Math.min(10, limit), starts = 10, seed = 0 } = options
  if (clusters !== undefined) checkWhole('clusters', clusters, 2, limit)
  checkWhole('most', most, 2, limit)
  checkWhole('starts', starts, 1, 1000)

  const sample = points.length <= mostCompared ? undefined : permutation(stream(seed, 'taste clusters', 'compared'), points.length)
  const compared = sample ? Array.from(sample.subarray(0, mostCompared)) : Array.from(points.keys())
  const counts = clusters === undefined ? Array.from({ length: most - 1 }, (_, at) => at + 2) : [clusters]
  const groupings = counts.map(count => {
    const grouping = tightest(points, count, starts, stream(seed, 'taste clusters', count))
    return { ...grouping, clusters: count, silhouette: meanSilhouette(points, grouping.labels, compared) }
  })
  const best = groupings.reduce((one, other) => (other.silhouette > one.silhouette ? other : one))
  return {
    clusters: best.clusters,
    ...largestFirst(best, width),
    silhouette: best.silhouette,
    tried: groupings.map(({ clusters: count, silhouette: score }) => ({ clusters: count, silhouette: score })),
    projection: components.projection,
    shown: components.shares[0]! + components.shares[1]!,
  }
}

function pointsOf(embeddings: Float64Array, width: number) {
  checkWhole('width', width, 2, 1000)
  const components = principalComponents(embeddings, width, 2)
  const points = Array.from({ length: embeddings.length / width }, (_, row) =>
    Array.from(embeddings.subarray(row * width, (row + 1) * width)),
  )
  return { components, points }
}

interface Grouping {
  readonly labels: number[]
  readonly centroids: number[][]
}

/** Of several starts the one with the smallest sum of squared distances to the centroids. */
function tightest(points: number[][], count: number, starts: number, generator: Generator): Grouping {
  let best: Grouping | undefined
  let smallest = Infinity
  // A start may leave a centroid without points, which simple-statistics refuses; such a start is made again, not for ever.
  for (let done = 0, tries = 0; done < starts && tries < 20 * starts; tries++) {
    const grouping = kMeansOrNothing(points, count, generator)
    if (!grouping) continue
    done++
    let spread = 0
    points.forEach((point, row) => {
      const centroid = grouping.centroids[grouping.labels[row]!]!
      for (let at = 0; at < point.length; at++) spread += (point[at]! - centroid[at]!) ** 2
    })
    if (spread < smallest) [best, smallest] = [grouping, spread]
  }
  if (!best) throw new RangeError(`no start of k-means found ${count} groups among ${points.length} users; ask for fewer clusters`)
  return best
}

function kMeansOrNothing(points: number[][], count: number, generator: Generator): Grouping | undefined {
  try {
    return kMeansCluster(points, count, () => generator.next())
  } catch (error) {
    if (error instanceof Error && error.message.includes('no friends')) return undefined
    throw error
  }
}

function meanSilhouette(points: readonly number[][], labels: readonly number[], compared: readonly number[]): number {
  // A sample may miss a group; simple-statistics wants labels without holes.
  const names = new Map<number, number>()
  const own = compared.map(row => {
    const label = labels[row]!
    if (!names.has(label)) names.set(label, names.size)
    return names.get(label)!
  })
  if (names.size < 2) return 0
  const scores = silhouette(
    compared.map(row => points[row]!),
    own,
  )
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

/** Groups are named by size, so that a name means something; of equal ones the one that the first user belongs to goes first. */
function largestFirst({ labels, centroids }: Grouping, width: number) {
  const counts = centroids.map((_, group) => labels.filter(label => label === group).length)
  const order = Array.from(centroids.keys()).sort(
    (one, other) => counts[other]! - counts[one]! || labels.indexOf(one) - labels.indexOf(other),
  )
  const flat = new Float64Array(order.length * width)
  order.forEach((group, rank) => {
    flat.set(centroids[group]!, rank * width)
  })
  return {
    labels: Int32Array.from(labels, label => order.indexOf(label)),
    centroids: flat,
    sizes: Int32Array.from(order, group => counts[group]!),
  }
}
