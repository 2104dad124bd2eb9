import { expect, test } from 'vitest'
import { softmax } from '../../src/agents/softmax'
import { bandit } from '../../src/envs/classic/bandit'
import { agentProperties } from './agent-properties'
import { armsShop, combinationShop, decide, taught, within } from './bandit-support'

// Values 1, 2, 0 and 0 at temperature .5: e^2, e^4, 1 and 1 of their sum, 63.987.
test('rung 3: arms are chosen in proportion to exp(value / temperature), and propensities say so exactly', () => {
  const agent = taught(spec => softmax(spec, { temperature: 0.5, seed: 3 }), [[1], [3, 1], [0], []])
  const sum = Math.exp(2) + Math.exp(4) + 2
  const { actions, propensities, share } = decide(agent, 20_000, true)
  for (const [arm, weight] of [Math.exp(2), Math.exp(4), 1, 1].entries()) {
    const expected = weight / sum
    expect(Math.abs(share(arm) - expected)).toBeLessThan(within(expected, 20_000))
    expect(propensities[actions.indexOf(arm)]).toBe(Math.fround(expected))
  }
  expect(new Set(decide(agent, 20, false).actions)).toEqual(new Set([1]))
})

test('hot, all arms are alike; cold, only the best is chosen, also where powers would overflow', () => {
  const rewards = [[1000], [999], [-1000]]
  const hot = decide(
    taught(spec => softmax(spec, { temperature: 1e9 }), rewards),
    9000,
    true,
  )
  for (const arm of [0, 1, 2]) expect(Math.abs(hot.share(arm) - 1 / 3)).toBeLessThan(within(1 / 3, 9000))
  const cold = decide(
    taught(spec => softmax(spec, { temperature: 1e-3 }), rewards),
    9000,
    true,
  )
  expect(new Set(cold.actions)).toEqual(new Set([0]))
  expect(new Set(cold.propensities)).toEqual(new Set([1]))
})

test('a temperature of 0 is refused', () => {
  expect(() => softmax(armsShop(2).spec, { temperature: 0 })).toThrow('softmax: temperature is 0; it must be a number above 0')
})

agentProperties(
  'softmax on arms',
  env => softmax(env.spec, { seed: 1, forgetting: 0.98 }),
  copies => bandit(copies, { chances: [0.2, 0.8, 0.5] }),
  { other: copies => bandit(copies, { chances: [0.2, 0.8, 0.5, 0.4] }) },
)
agentProperties(
  'softmax on combinations',
  env => softmax(env.spec, { seed: 1 }),
  copies => combinationShop(copies),
  { other: copies => combinationShop(copies, [2, 3, 3]) },
)
