import { expect, test } from 'vitest'
import { thompsonGaussian } from '../../src/agents/thompson-gaussian'
import { bandit } from '../../src/envs/classic/bandit'
import { cumulativeNormal } from '../../src/random/cumulative-normal'
import { agentProperties } from './agent-properties'
import { armsShop, combinationShop, decide, scoresOf, taught, within } from './bandit-support'

// Prior N(1, 4), noise 2. Arm 0 after 3 and 5: precision 1/4 + 2/2 = 1.25, mean (1/4 + 8/2) / 1.25 = 3.4. Arm 1 after 0: precision .75,
// mean (1/4) / .75 = 1/3. Arm 2 has the prior.
const options = { priorMean: 1, priorVariance: 4, noiseVariance: 2, seed: 4 }
const rewards = [[3, 5], [0], []]

test('rung 3: the means are those of normal posteriors', () => {
  const agent = taught(spec => thompsonGaussian(spec, options), rewards)
  expect(scoresOf(agent, 3)).toEqual([3.4, 1 / 3, 1].map(Math.fround))
  expect(new Set(decide(agent, 20, false).actions)).toEqual(new Set([0]))
})

// Of two, P(0 above 1) = Φ((3.4 - 1/3) / sqrt(1/1.25 + 1/.75)).
test('rung 3: of two arms each is chosen as often as its draw is the higher, and propensities say so', () => {
  const expected = cumulativeNormal((3.4 - 1 / 3) / Math.sqrt(1 / 1.25 + 1 / 0.75))
  const agent = taught(spec => thompsonGaussian(spec, options), rewards.slice(0, 2))
  const { actions, propensities, share } = decide(agent, 40_000, true)
  expect(Math.abs(share(0) - expected)).toBeLessThan(within(expected, 40_000))
  expect(propensities[actions.indexOf(0)]).toBeCloseTo(expected, 7)
  expect(propensities[actions.indexOf(1)]).toBeCloseTo(1 - expected, 7)
})

test('of many arms propensities are the shares in which they are chosen', () => {
  const many = Array.from({ length: 12 }, (_, arm) => Array<number>(1 + arm * arm).fill(arm % 5))
  const agent = taught(spec => thompsonGaussian(spec, { seed: 5 }), many)
  const { actions, propensities, share } = decide(agent, 40_000, true)
  let sum = 0
  for (let arm = 0; arm < 12; arm++) {
    const row = actions.indexOf(arm)
    if (row < 0) continue
    sum += propensities[row]!
    expect(Math.abs(share(arm) - propensities[row]!)).toBeLessThan(within(propensities[row]!, 40_000))
  }
  expect(sum).toBeGreaterThan(0.999)
  expect(sum).toBeLessThan(1.000001)
})

// Nothing is known of five arms: each is as likely as the others, whatever the units of the rewards.
test('propensities are right also where the belief is very wide, or narrow and far from 0', () => {
  for (const [priorMean, priorVariance] of [
    [0, 1e16],
    [1e6, 1e-4],
  ]) {
    const agent = thompsonGaussian(armsShop(5).spec, { priorMean, priorVariance })
    for (const propensity of decide(agent, 5, true).propensities) expect(propensity).toBeCloseTo(0.2, 7)
  }
})

// Arm 0 was pulled once before a hundred others: .9^100 of a pull is left of it.
test('with forgetting an arm is believed in the end to be what it was before anything was known', () => {
  const agent = taught(spec => thompsonGaussian(spec, { ...options, forgetting: 0.9 }), [[9], Array<number>(100).fill(2)])
  expect(scoresOf(agent, 2)[0]).toBeCloseTo(1, 2)
})

test('a variance of 0 is refused', () => {
  expect(() => thompsonGaussian(armsShop(2).spec, { noiseVariance: 0 })).toThrow('noiseVariance is 0; it must be a number above 0')
})

agentProperties(
  'thompson-gaussian on arms',
  env => thompsonGaussian(env.spec, { seed: 1, forgetting: 0.98 }),
  copies => bandit(copies, { means: [0.2, 0.8, 0.5] }),
  { other: copies => bandit(copies, { means: [0.2, 0.8, 0.5, 0.4] }) },
)
agentProperties(
  'thompson-gaussian on combinations',
  env => thompsonGaussian(env.spec, { seed: 1 }),
  copies => combinationShop(copies),
  { other: copies => combinationShop(copies, [2, 3, 3]) },
)
