import { expect, test } from 'vitest'
import { numbers } from '../../src/envs/copy-state'
import { defineEnv } from '../../src/envs/define-env'
import type { Space } from '../../src/envs/env'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { actionWidth } from '../../src/envs/spaces'

/** A shop whose expected reward is a formula of the action and a number of the copy. */
function shop(copies: number, actions: Space, worth: (action: readonly number[], taste: number) => number) {
  const width = actionWidth(actions)
  const { env } = defineEnv(copies, {
    name: 'worth',
    layout: [{ name: 'user', offset: 0, shape: [1] }],
    actions,
    horizon: 5,
    state: { taste: numbers(1) },
    begin(copy, { taste }) {
      taste[copy] = copy
    },
    observe(copy, { taste }, row, offset) {
      row[offset] = taste[copy]!
    },
    step: () => false,
    expected: (copy, { taste }, all, at) => worth([...all.subarray(at, at + width)], taste[copy]!),
  })
  env.reset(1)
  const best = new Int32Array(copies * width)
  bestActions(env, best)
  return [...best]
}

test('of a list, each copy gets the action that is worth most to it, of equal ones the first', () => {
  expect(shop(3, { kind: 'discrete', n: 4 }, ([action], taste) => -Math.abs(action! - taste))).toEqual([0, 1, 2])
  expect(shop(1, { kind: 'discrete', n: 4 }, () => 1)).toEqual([0])
})

// Worth is highest where the parts are (2, taste, 1).
test('of combinations, the one that is worth most', () => {
  const worth = ([one, two, three]: readonly number[], taste: number) => -((one! - 2) ** 2) - (two! - taste) ** 2 - (three! - 1) ** 2
  expect(shop(2, { kind: 'multi-discrete', sizes: [3, 4, 2] }, worth)).toEqual([2, 0, 1, 2, 1, 1])
})

// Each of six candidates is worth 5, 1, 4, 2, 6, 3; the best three are 4, 0 and 2, in whatever order.
test('of slates, the candidates that are worth most', () => {
  const each = [5, 1, 4, 2, 6, 3]
  const best = shop(2, { kind: 'slate', candidates: 6, size: 3 }, slate => slate.reduce((sum, item) => sum + each[item]!, 0))
  expect(best.slice(0, 3).sort()).toEqual([0, 2, 4])
  expect(best.slice(3).sort()).toEqual([0, 2, 4])
})

// Candidates are worth 1, 3, 2 and places count 4, 2, 1: the best order is 1, 2, 0.
test('of slates whose places differ, also the order', () => {
  const each = [1, 3, 2]
  const worth = (slate: readonly number[]) => slate.reduce((sum, item, place) => sum + each[item]! * 2 ** (2 - place), 0)
  expect(shop(1, { kind: 'slate', candidates: 3, size: 3 }, worth)).toEqual([1, 2, 0])
})

test('more combinations than can be tried are refused', () => {
  expect(() => shop(1, { kind: 'multi-discrete', sizes: [1000, 1001] }, () => 0)).toThrow('at most 1,000,000 can be tried')
})

test('asking a shop that has no oracle says so', () => {
  const { env } = defineEnv(1, {
    name: 'silent',
    layout: [{ name: 'user', offset: 0, shape: [1] }],
    actions: { kind: 'discrete', n: 1 },
    horizon: 1,
    state: {},
    begin() {},
    observe() {},
    step: () => false,
  })
  expect(() => expectedReward(env, new Int32Array(1), new Float64Array(1))).toThrow('silent has no oracle')
})
