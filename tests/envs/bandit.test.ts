import { expect, test } from 'vitest'
import { bandit } from '../../src/envs/classic/bandit'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { shopProperties } from './shop-properties'

test('every arm pays with its chance, and the oracle knows it', () => {
  const chances = [0, 0.25, 0.9, 1]
  const copies = 8000
  const env = bandit(copies, { chances })
  chances.forEach((chance, arm) => {
    env.reset(1)
    const actions = new Int32Array(copies).fill(arm)
    env.step(actions)
    const paid = env.rewards.reduce((sum, reward) => sum + reward, 0) / copies
    expect(Math.abs(paid - chance)).toBeLessThanOrEqual(4 * Math.sqrt((chance * (1 - chance)) / copies))
    env.rewards.forEach((reward, copy) => {
      expect(env.chosen[copy]).toBe(reward - 1)
    })
    const expected = new Float64Array(copies)
    expectedReward(env, actions, expected)
    expect(new Set(expected)).toEqual(new Set([chance]))
  })
  const best = new Int32Array(copies)
  bestActions(env, best)
  expect(new Set(best)).toEqual(new Set([3]))
})

test('two players under one seed meet the same luck: whenever the worse arm pays, the better one does', () => {
  const [good, bad] = [bandit(1, { chances: [0.8, 0.4] }), bandit(1, { chances: [0.8, 0.4] })]
  good.reset(7)
  bad.reset(7)
  const pairs = new Set<string>()
  for (let step = 0; step < 200; step++) {
    good.step(Int32Array.of(0))
    bad.step(Int32Array.of(1))
    pairs.add(`${good.rewards[0]} ${bad.rewards[0]}`)
  }
  expect(pairs).toEqual(new Set(['0 0', '1 0', '1 1']))
})

test('an episode is cut off after its length, and the next begins', () => {
  const env = bandit(1, { chances: [1], length: 3 })
  env.reset(1)
  const ends = Array.from({ length: 7 }, () => {
    env.step(Int32Array.of(0))
    return env.truncated[0]
  })
  expect(ends).toEqual([0, 0, 1, 0, 0, 1, 0])
  expect(env.terminated[0]).toBe(0)
})

// Means of -1, 0 and 2 with deviation 3, 8,000 tries each.
test('with means every arm pays normal numbers around its own, and nothing is clicked', () => {
  const copies = 8000
  const env = bandit(copies, { means: [-1, 0, 2], deviation: 3 })
  for (const [arm, mean] of [-1, 0, 2].entries()) {
    env.reset(1)
    env.step(new Int32Array(copies).fill(arm))
    const paid = env.rewards.reduce((sum, reward) => sum + reward, 0) / copies
    const variance = env.rewards.reduce((sum, reward) => sum + (reward - paid) ** 2, 0) / copies
    expect(Math.abs(paid - mean)).toBeLessThan(4 * (3 / Math.sqrt(copies)))
    // The standard error of a normal variance is variance · sqrt(2 / n).
    expect(Math.abs(variance - 9)).toBeLessThan(4 * 9 * Math.sqrt(2 / copies))
  }
  expect(new Set(env.chosen)).toEqual(new Set([-1]))
  const best = new Int32Array(copies)
  bestActions(env, best)
  expect(new Set(best)).toEqual(new Set([2]))
})

test('with changeEvery the arms change places after so many steps, over all episodes', () => {
  const env = bandit(1, { means: [1, 2, 3], deviation: 0, changeEvery: 2, length: 3 })
  env.reset(1)
  const first = Array.from({ length: 8 }, () => {
    env.step(Int32Array.of(0))
    return env.rewards[0]
  })
  // Arm 0 pays 1, then what arm 2 paid, then what arm 1 did, then its own again.
  expect(first).toEqual([1, 1, 3, 3, 2, 2, 1, 1])
  const best = new Int32Array(1)
  bestActions(env, best)
  expect(best[0]).toBe(0)
})

shopProperties({ 'bandit that changes': copies => bandit(copies, { means: [0.3, 0.6], changeEvery: 5, length: 7 }) }, { runs: 4 })
shopProperties({ bandit: copies => bandit(copies, { chances: [0.3, 0.6], length: 7 }) }, { runs: 4 })

test('what cannot be is refused', () => {
  expect(() => bandit(1, { chances: [] })).toThrow('chances is []')
  expect(() => bandit(1, { chances: [0.5, 2] })).toThrow('chances[1] is 2')
  expect(() => bandit(1, { means: [] })).toThrow('means is []')
  expect(() => bandit(1, { means: [Number.NaN] })).toThrow('means[0] is NaN')
  expect(() => bandit(1, {})).toThrow('chances is undefined')
  expect(() => bandit(1, { chances: [0.5], means: [1] })).toThrow('both given')
  expect(() => bandit(1, { chances: [0.5], deviation: 1 })).toThrow('deviation is given without means')
  expect(() => bandit(1, { chances: [0.5], arms: 2 } as never)).toThrow('bandit has no option "arms"')
  expect(() => bandit(1, { chances: [0.5] }).step(Int32Array.of(0))).toThrow('call reset(seed) first')
  const env = bandit(1, { chances: [0.5] })
  env.reset(1)
  expect(() => env.step(Int32Array.of(1))).toThrow('the action of copy 0 is 1')
})
