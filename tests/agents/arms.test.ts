import { expect, test } from 'vitest'
import { Arms } from '../../src/agents/arms'
import type { Space, Spec } from '../../src/envs/env'

const spec = (actions: Space) => ({ name: 'shop', actions }) as Spec

test('combinations are counted through with the last part fastest, and every one comes back', () => {
  const arms = new Arms('ucb1', spec({ kind: 'multi-discrete', sizes: [2, 3, 4] }))
  expect([arms.count, arms.parts]).toEqual([24, 3])
  const actions = new Int32Array(6)
  for (let arm = 0; arm < 24; arm++) {
    arms.write(arm, actions, 1)
    expect(arms.of(actions, 1)).toBe(arm)
  }
  // (1 · 3 + 2) · 4 + 1 = 21
  arms.write(21, actions, 0)
  expect([...actions]).toEqual([1, 2, 1, 1, 2, 3])
})

test('an action of a list is its own arm', () => {
  const arms = new Arms('ucb1', spec({ kind: 'discrete', n: 5 }))
  const actions = Int32Array.of(0, 4, 0)
  arms.write(3, actions, 2)
  expect([arms.count, arms.parts, arms.of(actions, 1), ...actions]).toEqual([5, 1, 4, 0, 4, 3])
})

test('slates and too many combinations are refused in words', () => {
  expect(() => new Arms('ucb1', spec({ kind: 'slate', candidates: 5, size: 2 }))).toThrow(
    'ucb1 serves discrete or multi-discrete actions, but shop has slate actions',
  )
  expect(() => new Arms('ucb1', spec({ kind: 'multi-discrete', sizes: [101, 100] }))).toThrow(
    'ucb1 tries every combination, at most 10000, but shop has 10100; choose another agent',
  )
})
