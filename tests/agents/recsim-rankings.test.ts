import { expect, test } from 'vitest'
import type { Actor } from '../../src/agents/myopic-oracle'
import { rankByClickbait, rankByClusterQuality, rankByInterest, rankByLeastClickbait } from '../../src/agents/recsim-rankings'
import type { Env } from '../../src/envs/env'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { longTermSatisfaction } from '../../src/envs/recsim-long-term-satisfaction'
import { actionWidth } from '../../src/envs/spaces'

/** Two users: the second one of the situation given, the first one by chance. */
function second(env: Env, situation: Readonly<Record<string, readonly number[]>>): Env {
  env.reset(1)
  const snapshot = env.save(1)
  env.load({ ...snapshot, state: { ...snapshot.state, ...situation } }, [1])
  return env
}

/** What the ranking shows to the second user. */
function shownToSecond(env: Env, ranking: (env: Env) => Actor): number[] {
  const size = actionWidth(env.spec.actions)
  const actions = new Int32Array(2 * size)
  ranking(env).act(env.observations, false, actions)
  return [...actions.subarray(size)]
}

test('by cluster quality the later cluster comes first, of equal ones the first candidate', () => {
  const env = second(interestEvolution(2, { candidates: 5, clusters: 6, slate: 3 }), { documents: [1, 5, 0, 5, 2] })
  expect(shownToSecond(env, rankByClusterQuality)).toEqual([1, 3, 4])
})

test('by interest the favourite cluster of the user comes first', () => {
  const env = second(interestEvolution(2, { candidates: 4, clusters: 4, slate: 2 }), {
    documents: [3, 1, 0, 2],
    interests: [0.1, 0.9, -0.5, 0.4],
  })
  expect(shownToSecond(env, rankByInterest)).toEqual([1, 0])
})

test('by interest is what the myopic oracle does, without looking inside', () => {
  const env = interestEvolution(20, { slate: 3 })
  env.reset(8)
  const ranking = rankByInterest(env)
  const actions = new Int32Array(60)
  const [ranked, best] = [new Float64Array(20), new Float64Array(20)]
  for (let step = 0; step < 30; step++) {
    ranking.act(env.observations, false, actions)
    expectedReward(env, actions, ranked)
    bestActions(env, actions)
    expectedReward(env, actions, best)
    // The observation has the interests in single precision.
    for (let copy = 0; copy < 20; copy++) expect(ranked[copy]).toBeCloseTo(best[copy]!, 5)
    env.step(actions)
  }
})

test('by clickbait the most and the least', () => {
  const env = second(longTermSatisfaction(2, { candidates: 4 }), { clickbait: [0.3, 0.8, 0.1, 0.5] })
  expect(shownToSecond(env, rankByClickbait)).toEqual([1])
  expect(shownToSecond(env, rankByLeastClickbait)).toEqual([2])
})

test('a ranking acts on the rows given, as many as there are, and is certain of what it does', () => {
  const ranking = rankByClickbait(longTermSatisfaction(1, { candidates: 3 }))
  const actions = new Int32Array(2)
  const propensities = new Float32Array(2)
  ranking.act(Float32Array.of(0, 0.2, 0.9, 0.5, 0, 0.7, 0.1, 0.6), true, actions, propensities)
  expect([...actions]).toEqual([1, 0])
  expect([...propensities]).toEqual([1, 1])
})

test('a ranking for another shop is refused', () => {
  const [evolution, satisfaction] = [interestEvolution(1), longTermSatisfaction(1)]
  for (const ranking of [rankByInterest, rankByClusterQuality])
    expect(() => ranking(satisfaction)).toThrow('the shop is recsim-long-term-satisfaction')
  for (const ranking of [rankByClickbait, rankByLeastClickbait])
    expect(() => ranking(evolution)).toThrow('the shop is recsim-interest-evolution')
})
