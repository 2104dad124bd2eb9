import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Space } from '../../src/envs/env'
import { actionCount, actionWidth, checkActions, describeSpace, randomActions } from '../../src/envs/spaces'
import { stream } from '../../src/random/generator'

const slate: Space = { kind: 'slate', candidates: 5, size: 3 }
const parts: Space = { kind: 'multi-discrete', sizes: [5, 3, 4] }
const list: Space = { kind: 'discrete', n: 7 }

test('spaces have a width, a count and a name', () => {
  expect([list, parts, slate].map(actionWidth)).toEqual([1, 3, 3])
  expect([list, parts, slate].map(actionCount)).toEqual([7, 60, 60])
  expect([list, parts, slate].map(describeSpace)).toEqual(['Discrete(7)', 'MultiDiscrete(5, 3, 4)', 'Slate(5, 3)'])
})

test('what is drawn passes the check, in any space', () => {
  const spaces = fc.oneof(
    fc.record({ kind: fc.constant('discrete' as const), n: fc.integer({ min: 1, max: 50 }) }),
    fc.record({
      kind: fc.constant('multi-discrete' as const),
      sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
    }),
    fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
      .map(([one, other]) => ({ kind: 'slate' as const, candidates: Math.max(one, other), size: Math.min(one, other) })),
  )
  fc.assert(
    fc.property(spaces, fc.integer(), (space, seed) => {
      const actions = new Int32Array(20 * actionWidth(space))
      randomActions(space, stream(seed, 'actions'), actions)
      checkActions(space, actions, 20)
    }),
  )
})

// 60 slates of 3 out of 5; 60,000 draws: a thousand each, standard deviation about 31.
test('every order of a slate is drawn equally often', () => {
  const actions = new Int32Array(3 * 60_000)
  randomActions(slate, stream(1, 'actions'), actions)
  const counts = new Map<string, number>()
  for (let at = 0; at < actions.length; at += 3) {
    const order = actions.subarray(at, at + 3).join()
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  expect(counts.size).toBe(60)
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(160)
})

test.each([
  [list, [0, 7], 'the action of copy 1 is 7; it must be a whole number between 0 and 6'],
  [list, [-1, 0], 'the action of copy 0 is -1'],
  [list, [0], 'actions has 1 numbers; it must have one for each of the 2 copies'],
  [parts, [0, 0, 0, 1, 3, 0], 'number 1 of the action of copy 1 is 3; it must be a whole number between 0 and 2'],
  [parts, [0, 0, 0], 'it must have 3 for each of the 2 copies, so 6'],
  [slate, [0, 1, 2, 0, 1, 5], 'number 2 of the action of copy 1 is 5; it must be a whole number between 0 and 4'],
  [slate, [0, 1, 2, 4, 1, 4], 'the slate of copy 1 has candidate 4 at 0 and at 2; each may be shown once'],
])('%o refuses %o', (space, actions, message) => {
  expect(() => checkActions(space, Int32Array.from(actions), 2)).toThrow(message)
})

test('an ordinary array with something else than whole numbers is refused', () => {
  expect(() => checkActions(list, [0.5, Number.NaN] as never, 2)).toThrow('the action of copy 0 is 0.5')
})
