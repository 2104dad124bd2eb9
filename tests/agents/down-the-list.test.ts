import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Pages, SessionSteps } from '../../src/agents/down-the-list'
import type { Spec } from '../../src/envs/env'

function page(scores: number[], size: number, number: number): number[] {
  const actions = new Int32Array(size + 1).fill(-9)
  new Pages(scores.length, size).write(Float64Array.from(scores), number, actions, 1)
  expect(actions[0]).toBe(-9)
  return [...actions.subarray(1)]
}

test('pages hold the highest scores, best first, ties by the lower candidate, and begin anew after the last', () => {
  const scores = [1, 5, 3, 5, 0] // ranked: 1, 3, 2, 0, 4
  expect([0, 1, 2, 3, 4, 5].map(number => page(scores, 2, number))).toEqual([
    [1, 3],
    [2, 0],
    [4, 1],
    [3, 2],
    [0, 4],
    [1, 3],
  ])
})

test('whatever the scores, a page is what sorting them gives', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 }),
      fc.nat(11),
      fc.nat(30),
      (scores, less, number) => {
        const size = 1 + (less % scores.length)
        const ranked = scores.map((_, at) => at).sort((one, other) => scores[other]! - scores[one]! || one - other)
        expect(page(scores, size, number)).toEqual(
          Array.from({ length: size }, (_, place) => ranked[(number * size + place) % scores.length]),
        )
      },
    ),
  )
})

test('how far a session is stands in the observation, or is 0 where nothing says it', () => {
  const spec = { width: 2, horizon: 10, layout: [{ name: 'context', offset: 0, shape: [2], progress: 1 }] } as unknown as Spec
  const rows = Float32Array.of(7, 0.3, 7, -1)
  expect([0, 1].map(row => new SessionSteps(spec).of(rows, row))).toEqual([3, 0])
  expect(new SessionSteps({ ...spec, layout: [{ name: 'context', offset: 0, shape: [2] }] }).of(rows, 0)).toBe(0)
})
