import { describe, expect, test } from 'vitest'
import { ucb1, upperConfidenceBound } from '../../src/agents/ucb1'
import { bandit } from '../../src/envs/classic/bandit'
import { simshop } from '../../src/envs/simshop'
import { agentProperties } from './agent-properties'
import { combinationShop, decide, scoresOf, taught, within } from './bandit-support'

// MABWiser, UCB1 with alpha 1, decisions 1112233333 and rewards 0010000111: means 1/3, 0, 3/5 of 3, 2 and 5 pulls, ten in all.
test('rung 3: the bounds are those of MABWiser, to all digits', () => {
  const bounds = [
    [1 / 3, 3],
    [0, 2],
    [3 / 5, 5],
  ].map(([mean, pulls]) => upperConfidenceBound(mean!, pulls!, 10, 1))
  expect(bounds).toEqual([1.5723073962832794, 1.5174271293851465, 1.5597051824376162])
})

// After 1,060 rewards at forgetting .5 there are 2^-1060 of the second arm's pull left, by which 2 ln(pulls) cannot be divided.
test('with alpha 0 the bound is the mean, however little is left of a pull', () => {
  const agent = taught(spec => ucb1(spec, { alpha: 0, forgetting: 0.5 }), [[0.2], Array<number>(1060).fill(0.9)])
  expect(new Set(decide(agent, 20, true).actions)).toEqual(new Set([1]))
  expect(upperConfidenceBound(0.5, 2 ** -1060, 2, 0)).toBe(0.5)
})

test('rung 3: shown the same decisions and rewards, it pulls the arm of the highest bound, not of the highest mean', () => {
  const agent = taught(
    spec => ucb1(spec),
    [
      [0, 0, 1],
      [0, 0],
      [0, 0, 1, 1, 1],
    ],
  )
  expect(scoresOf(agent, 3)).toEqual([1 / 3, 0, 0.6].map(Math.fround))
  expect(new Set(decide(agent, 50, true).actions)).toEqual(new Set([0]))
  expect(new Set(decide(agent, 50, true).propensities)).toEqual(new Set([1]))
  expect(new Set(decide(agent, 50, false).actions)).toEqual(new Set([2]))
  // Without trust in what is not known, the mean decides; with a lot, the rarest arm is tried.
  expect(
    decide(
      taught(
        spec => ucb1(spec, { alpha: 0 }),
        [
          [0, 0, 1],
          [0, 0],
          [0, 0, 1, 1, 1],
        ],
      ),
      1,
      true,
    ).actions[0],
  ).toBe(2)
  expect(
    decide(
      taught(
        spec => ucb1(spec, { alpha: 5 }),
        [
          [0, 0, 1],
          [0, 0],
          [0, 0, 1, 1, 1],
        ],
      ),
      1,
      true,
    ).actions[0],
  ).toBe(1)
})

test('arms never pulled come first, each as likely, and propensities say so', () => {
  const { propensities, share } = decide(
    taught(spec => ucb1(spec, { seed: 2 }), [[1], [], [1], [], []]),
    6000,
    true,
  )
  for (const arm of [1, 3, 4]) expect(Math.abs(share(arm) - 1 / 3)).toBeLessThan(within(1 / 3, 6000))
  expect(share(0) + share(2)).toBe(0)
  expect(new Set(propensities)).toEqual(new Set([Math.fround(1 / 3)]))
})

// Fifty pulls each, then another hundred of arm 1: with forgetting of .9 those of arm 0 count next to nothing.
test('with forgetting it comes back to an arm that it has not tried for long', () => {
  const rewards = [Array<number>(50).fill(0.4), Array<number>(150).fill(0.6)]
  const tried = (forgetting: number) =>
    decide(
      taught(spec => ucb1(spec, { alpha: 0.5, forgetting }), rewards),
      1,
      true,
    ).actions[0]
  expect([tried(1), tried(0.9)]).toEqual([1, 0])
})

describe('refusals', () => {
  test('options and shops that do not fit', () => {
    const { spec } = bandit(1, { chances: [0.5] })
    expect(() => ucb1(spec, { alpha: -1 })).toThrow('ucb1: alpha is -1; it must be a number of at least 0')
    expect(() => ucb1(spec, { forgetting: 0 })).toThrow('ucb1: forgetting is 0; it must be a number from 0.01 to 1')
    expect(() => ucb1(simshop(1).spec)).toThrow('ucb1 serves discrete or multi-discrete actions, but simshop has slate actions')
  })
})

agentProperties(
  'ucb1 on arms',
  env => ucb1(env.spec, { seed: 1, forgetting: 0.98 }),
  copies => bandit(copies, { chances: [0.2, 0.8, 0.5] }),
  { other: copies => bandit(copies, { chances: [0.2, 0.8, 0.5, 0.4] }) },
)
agentProperties(
  'ucb1 on combinations',
  env => ucb1(env.spec, { seed: 1 }),
  copies => combinationShop(copies),
  { other: copies => combinationShop(copies, [2, 3, 3]) },
)
