import { expect, test } from 'vitest'
import { type ThompsonBernoulliOptions, thompsonBernoulli } from '../../src/agents/thompson-bernoulli'
import { bandit } from '../../src/envs/classic/bandit'
import { logBeta } from '../../src/random/cumulative-beta'
import { agentProperties } from './agent-properties'
import { armsShop, combinationShop, decide, scoresOf, taught, within } from './bandit-support'

const agentOf = (rewards: readonly (readonly number[])[], options: Partial<ThompsonBernoulliOptions> = {}) =>
  taught(spec => thompsonBernoulli(spec, { seed: 4, ...options }), rewards)

// Beta(1 + 2, 1 + 1), Beta(1, 1 + 3) and the prior.
test('rung 3: the means are those of Beta posteriors', () => {
  expect(scoresOf(agentOf([[1, 0, 1], [0, 0, 0], []]), 3)).toEqual([3 / 5, 1 / 5, 1 / 2].map(Math.fround))
  expect(scoresOf(agentOf([[1, 0, 1], [0, 0, 0], []], { priorSuccesses: 2, priorFailures: 6 }), 3)).toEqual(
    [4 / 11, 2 / 11, 1 / 4].map(Math.fround),
  )
})

test('the size of a reward is not looked at: above 0 is a success', () => {
  expect(
    scoresOf(
      agentOf(
        [
          [0.1, 7],
          [-3, 0],
        ],
        { success: 'reward' },
      ),
      2,
    ),
  ).toEqual([3 / 4, 1 / 4])
})

test('by the reward or by the click, as asked', () => {
  const env = bandit(1, { means: [50], deviation: 0 })
  env.reset(1)
  env.step(Int32Array.of(0))
  for (const [success, expected] of [
    ['reward', 2 / 3],
    ['click', 1 / 3],
    ['purchase', 1 / 3],
  ] as const) {
    const agent = thompsonBernoulli(env.spec, { success })
    agent.observe(env, env.observations, Int32Array.of(0))
    expect(scoresOf(agent, 1)[0]).toBeCloseTo(expected, 6)
  }
})

/** P(Beta(a, b) > Beta(c, d)) for whole numbers: the sum over i < a of B(c + i, b + d) / ((b + i) B(1 + i, b) B(c, d)) (Miller 2015). */
function above(a: number, b: number, c: number, d: number): number {
  let sum = 0
  for (let i = 0; i < a; i++) sum += Math.exp(logBeta(c + i, b + d) - Math.log(b + i) - logBeta(1 + i, b) - logBeta(c, d))
  return sum
}

test('rung 3: of two arms each is chosen as often as its draw is the higher, and propensities say so', () => {
  const successes = (count: number, failures: number) => [...Array<number>(count).fill(1), ...Array<number>(failures).fill(0)]
  for (const [one, other] of [
    [successes(0, 0), successes(0, 0)],
    [successes(3, 1), successes(1, 2)],
    [successes(200, 300), successes(1, 0)],
  ] as const) {
    const agent = agentOf([one, other])
    const sums = [one, other].map(list => list.reduce((sum, value) => sum + value, 0)) as [number, number]
    const expected = above(1 + sums[0], 1 + one.length - sums[0], 1 + sums[1], 1 + other.length - sums[1])
    const { actions, propensities, share } = decide(agent, 20_000, true)
    expect(Math.abs(share(0) - expected)).toBeLessThan(within(expected, 20_000))
    expect(propensities[actions.indexOf(0)]).toBeCloseTo(expected, 7)
    expect(propensities[actions.indexOf(1)]).toBeCloseTo(1 - expected, 7)
  }
})

// Priors whose densities grow without bound at both ends, and posteriors of 2,000 pulls beside new arms.
test('of many arms propensities are the shares in which they are chosen', () => {
  const many = Array.from({ length: 8 }, (_, arm) =>
    Array.from({ length: arm === 5 ? 2000 : arm * arm }, (_, pull) => (pull % (arm + 1) === 0 ? 1 : 0)),
  )
  const { actions, propensities, share } = decide(agentOf(many, { priorSuccesses: 0.2, priorFailures: 0.3 }), 20_000, true)
  let sum = 0
  for (let arm = 0; arm < 8; arm++) {
    const row = actions.indexOf(arm)
    if (row < 0) continue
    sum += propensities[row]!
    expect(Math.abs(share(arm) - propensities[row]!)).toBeLessThan(within(propensities[row]!, 20_000))
  }
  expect(sum).toBeGreaterThan(0.999)
  expect(sum).toBeLessThan(1.000001)
})

test('a prior of nothing is refused', () => {
  expect(() => thompsonBernoulli(armsShop(2).spec, { priorFailures: 0 })).toThrow('priorFailures is 0; it must be a number of at least 0.1')
  expect(() => thompsonBernoulli(armsShop(2).spec, { success: 'like' as never })).toThrow('success is "like"; it must be one of click')
})

agentProperties(
  'thompson-bernoulli on arms',
  env => thompsonBernoulli(env.spec, { seed: 1, forgetting: 0.98 }),
  copies => bandit(copies, { chances: [0.2, 0.8, 0.5] }),
  { other: copies => bandit(copies, { chances: [0.2, 0.8, 0.5, 0.4] }) },
)
agentProperties(
  'thompson-bernoulli on combinations',
  env => thompsonBernoulli(env.spec, { seed: 1, success: 'purchase' }),
  copies => combinationShop(copies),
  { other: copies => combinationShop(copies, [2, 3, 3]) },
)
