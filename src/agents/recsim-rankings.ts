/**
 * Rankings for the two RecSim shops that need no learning: rungs which every report on these shops must show beside its agent.
 *
 * Each sees the observation alone, never the shop's inside, and shows the k candidates of the highest scores, best first, of equal ones the
 * first. Interest evolution: `rankByInterest` is the myopic one (the click is likeliest), `rankByClusterQuality` a fixed order of clusters.
 * Long-term satisfaction: `rankByClickbait` and `rankByLeastClickbait`.
 */
import type { Env } from '../envs/env'
import { clusterMeanQuality } from '../envs/recsim-cluster-quality'
import { highestPlaces } from './highest-places'
import type { Actor } from './myopic-oracle'

/**
 * The score of a candidate.
 *
 * @param row       where the observation of the user begins
 * @param candidate where the candidate's features begin in it
 */
type Score = (observations: Float32Array, row: number, candidate: number) => number

/** @throws RangeError when the shop is not interest evolution */
export function rankByClusterQuality(env: Env): Actor {
  const quality = clusterMeanQuality(env)
  return ranking(env, (observations, _, candidate) => quality[clusterOf(observations, candidate, quality.length)]!)
}

/** @throws RangeError when the shop is not interest evolution */
export function rankByInterest(env: Env): Actor {
  const clusters = clusterMeanQuality(env).length
  return ranking(env, (observations, row, candidate) => observations[row + clusterOf(observations, candidate, clusters)]!)
}

/** @throws RangeError when the shop is not long-term satisfaction */
export function rankByClickbait(env: Env): Actor {
  requireClickbait(env)
  return ranking(env, (observations, _, candidate) => observations[candidate]!)
}

/** @throws RangeError when the shop is not long-term satisfaction */
export function rankByLeastClickbait(env: Env): Actor {
  requireClickbait(env)
  return ranking(env, (observations, _, candidate) => -observations[candidate]!)
}

function ranking({ spec: { width, layout, actions: space } }: Env, score: Score): Actor {
  const block = layout.find(({ name }) => name === 'candidates')!
  const [candidates, features] = block.shape as readonly [number, number]
  const size = space.kind === 'slate' ? space.size : 1
  const scores = new Float64Array(candidates)
  return {
    act(observations, _explore, actions, propensities) {
      propensities?.fill(1)
      for (let row = 0, slate = 0; row < observations.length; row += width, slate += size) {
        for (let candidate = 0; candidate < candidates; candidate++) {
          scores[candidate] = score(observations, row, row + block.offset + candidate * features)
        }
        highestPlaces(scores, size, actions, slate)
      }
    },
  }
}

/** The cluster of the candidate whose one-hot features begin there. */
function clusterOf(observations: Float32Array, from: number, clusters: number): number {
  let cluster = 0
  while (cluster < clusters - 1 && observations[from + cluster] === 0) cluster++
  return cluster
}

function requireClickbait({ spec: { name } }: Env): void {
  if (name !== 'recsim-long-term-satisfaction')
    throw new RangeError(`the shop is ${name}; only recsim-long-term-satisfaction has documents with clickbait`)
}
