/** Mean quality of each cluster in interest evolution: fixed numbers, which a shop learns from the documents that it sees watched. */
import type { Env } from './env'
import type { InterestEvolutionSettings } from './recsim-interest-evolution-options'

/**
 * Seven clusters in ten lie evenly from the lowest quality to 0, the others evenly from 0 to the highest.
 * A group of one has the first value of its range.
 *
 * @returns [clusters]
 */
export function clusterQualities(clusters: number, lowest: number, highest: number): Float64Array {
  const poor = Math.floor(clusters * 0.7)
  const good = clusters - poor
  return Float64Array.from({ length: clusters }, (_, cluster) =>
    cluster < poor ? evenly(lowest, 0, poor, cluster) : evenly(0, highest, good, cluster - poor),
  )
}

function evenly(from: number, to: number, count: number, at: number): number {
  return count === 1 ? from : from + ((to - from) * at) / (count - 1)
}

/**
 * The mean quality of each cluster of this shop: an observable fact, since RecSim shows the quality of what was watched.
 *
 * @returns [clusters], a new array
 * @throws RangeError when the shop is another one
 */
export function clusterMeanQuality(env: Env): Float64Array {
  const { name, options } = env.spec
  if (name !== 'recsim-interest-evolution')
    throw new RangeError(`the shop is ${name}; only recsim-interest-evolution has clusters of a quality`)
  const option = (name: keyof InterestEvolutionSettings) => Number(options[name])
  return clusterQualities(option('clusters'), option('lowestQuality'), option('highestQuality'))
}
