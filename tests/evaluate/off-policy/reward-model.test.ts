import { expect, test } from 'vitest'
import type { LoggedFeedback } from '../../../src/data/logged-feedback'
import { rewardModel } from '../../../src/evaluate/off-policy/reward-model'
import { normal } from '../../../src/random/draws'
import { stream } from '../../../src/random/generator'
import { logOf } from './bandit-support'

/** Rewards are what `pay` makes of the context and the action, and some luck. */
function drawn(rounds: number, pay: (x: number, action: number, luck: number) => number): LoggedFeedback {
  const chance = stream(2, 'reward model test')
  const contexts = Float64Array.from({ length: rounds }, () => normal(chance))
  const action = Int32Array.from({ length: rounds }, () => Math.floor(3 * chance.next()))
  const reward = contexts.map((x, round) => pay(x, action[round]!, chance.next()))
  return { rounds, actions: 3, action, reward, propensity: new Float64Array(rounds).fill(1 / 3), contexts, width: 1 }
}

const clickChance = (x: number, action: number) => 1 / (1 + Math.exp(1 - x - action))

test('clicks: finds the chance of a click of each action', () => {
  const log = drawn(20_000, (x, action, luck) => Number(luck < clickChance(x, action)))
  const expected = rewardModel(log)
  let off = 0
  for (const [at, chance] of expected.entries())
    off = Math.max(off, Math.abs(chance - clickChance(log.contexts[Math.floor(at / 3)]!, at % 3)))
  expect(off).toBeLessThan(0.04)
})

test('other rewards: finds what each action pays', () => {
  const log = drawn(2000, (x, action, luck) => 2 * x - 3 * action + luck)
  const expected = rewardModel(log)
  for (const round of [0, 7, 1999]) {
    for (const action of [0, 1, 2]) expect(expected[3 * round + action]).toBeCloseTo(2 * log.contexts[round]! - 3 * action + 0.5, 1)
  }
})

// Four folds of a round each: a round is expected to earn the mean of the three others.
test('a round is judged by a model that never saw it', () => {
  const log = logOf([0, 0, 0, 0], [1, 2, 4, 8], [1, 1, 1, 1])
  const found = rewardModel(log, { model: 'mean', folds: 4 })
  for (const [round, value] of [14 / 3, 13 / 3, 11 / 3, 7 / 3].entries()) expect(found[round]).toBeCloseTo(value, 12)
  expect(Array.from(rewardModel(log, { model: 'mean', folds: 1 }))).toEqual([3.75, 3.75, 3.75, 3.75])
})

// Action 0 earns 1 and 3, action 1 earns 8, action 2 is never done: 2, 8, and 12 / 3 for all.
test("'mean' is the mean of each action, and of all where an action was never done", () => {
  expect(Array.from(rewardModel(logOf([0, 0, 1], [1, 3, 8], [1, 1, 1], 3), { model: 'mean', folds: 1 }).subarray(0, 3))).toEqual([2, 8, 4])
})

test('where all rewards are the same, that one is expected', () => {
  expect(Array.from(rewardModel(logOf([0, 1, 0], [0, 0, 0], [1, 1, 1])))).toEqual([0, 0, 0, 0, 0, 0])
})

// Of two rounds each is told by the other, one alone by itself.
test('a log of fewer rounds than three has as many folds', () => {
  expect(Array.from(rewardModel(logOf([0, 0], [1, 4], [1, 1])))).toEqual([4, 1])
  expect(Array.from(rewardModel(logOf([0], [1], [1])))).toEqual([1])
})

test('the seed draws the folds', () => {
  const log = drawn(60, (x, action, luck) => Number(luck < clickChance(x, action)))
  expect(rewardModel(log, { seed: 3 })).toEqual(rewardModel(log, { seed: 3 }))
  expect(rewardModel(log, { seed: 3 })).not.toEqual(rewardModel(log, { seed: 4 }))
  expect(rewardModel(log)).toEqual(rewardModel(log, { seed: 0, folds: 3, penalty: 1 }))
})

test('bad options and feedback are refused', () => {
  const log = logOf([0, 1], [1, 0.5], [1, 1])
  expect(() => rewardModel(log, { model: 'logistic' })).toThrow("model is 'logistic', which learns rewards of 0 and 1")
  expect(() => rewardModel(log, { model: 'forest' as never })).toThrow('model is "forest"; it must be one of logistic, ridge, mean')
  expect(() => rewardModel(log, { folds: 3 })).toThrow('folds is 3; it must be a whole number between 1 and 2')
  expect(() => rewardModel(log, { fold: 2 } as never)).toThrow('rewardModel has no option "fold"')
  expect(() => rewardModel({ ...log, reward: Float64Array.of(1, Number.NaN) })).toThrow('reward[1] is NaN')
})
