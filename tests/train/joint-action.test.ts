import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Space } from '../../src/envs/env'
import { actionCount, actionWidth, randomActions } from '../../src/envs/spaces'
import { stream } from '../../src/random/generator'
import { jointAction, jointActionParts, jointActions } from '../../src/train/joint-action'

test('slates of 4 candidates at 2 places, in the order of a dictionary', () => {
  const space: Space = { kind: 'slate', candidates: 4, size: 2 }
  const words = Array.from({ length: jointActions(space) }, (_, id) => jointActionParts(space, id).join(''))
  expect(words).toEqual(['01', '02', '03', '10', '12', '13', '20', '21', '23', '30', '31', '32'])
})

test('combinations count the last part fastest, and an action of a list is its own number', () => {
  const parts: Space = { kind: 'multi-discrete', sizes: [2, 3, 4] }
  // (1 · 3 + 2) · 4 + 3 = 23, the last of 24; of the second copy.
  expect(jointAction(parts, [0, 0, 0, 1, 2, 3], 1)).toBe(23)
  expect(jointActionParts(parts, 23)).toEqual([1, 2, 3])
  expect(jointAction({ kind: 'discrete', n: 9 }, [4, 7], 1)).toBe(7)
})

const space: fc.Arbitrary<Space> = fc.oneof(
  fc.record({ kind: fc.constant('discrete' as const), n: fc.integer({ min: 1, max: 50 }) }),
  fc.record({
    kind: fc.constant('multi-discrete' as const),
    sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
  }),
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 6 }))
    .map(([size, more]) => ({ kind: 'slate' as const, candidates: size + more, size: Math.min(size, 4) })),
)

test('every number is an action and every action has its number', () => {
  fc.assert(
    fc.property(space, fc.integer(), (space, seed) => {
      const actions = new Int32Array(5 * actionWidth(space))
      randomActions(space, stream(seed, 'test'), actions)
      for (let copy = 0; copy < 5; copy++) {
        const id = jointAction(space, actions, copy)
        expect(id).toBeGreaterThanOrEqual(0)
        expect(id).toBeLessThan(actionCount(space))
        const width = actionWidth(space)
        expect(jointActionParts(space, id)).toEqual([...actions.subarray(copy * width, (copy + 1) * width)])
      }
    }),
  )
})

test('more actions than 32 bits can number are refused', () => {
  expect(jointActions({ kind: 'slate', candidates: 50, size: 5 })).toBe(254_251_200)
  expect(() => jointActions({ kind: 'slate', candidates: 100, size: 5 })).toThrow(
    'Slate(100, 5) has 9034502400 actions; a log numbers at most 2147483647',
  )
})
