import fc from 'fast-check'
import { expect, test } from 'vitest'
import { probabilityOfImprovement } from '../../src/evaluate/probability-of-improvement'

test('counts pairs won, ties half, and takes the mean over tasks', () => {
  // 3 beats 1 and 2, 2 beats 1 and ties: 3.5 of 4; the second task: 0 of 1.
  expect(probabilityOfImprovement([[2, 3]], [[1, 2]]).estimate).toBe(0.875)
  expect(probabilityOfImprovement([[2, 3], [1]], [[1, 2], [5]]).estimate).toBe(0.4375)
})

test('changes sides with the agents', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(scores, scores, (mine, theirs) => {
      const resamples = 1
      const one = probabilityOfImprovement([mine], [theirs], { resamples }).estimate
      expect(one + probabilityOfImprovement([theirs], [mine], { resamples }).estimate).toBeCloseTo(1, 12)
    }),
  )
})

test('the interval holds the estimate, comes again with its seed, and is a point where all runs are alike', () => {
  const [mine, theirs] = [
    [3, 4, 6, 7, 9],
    [2, 5, 5, 6, 8],
  ]
  const interval = probabilityOfImprovement([mine], [theirs], { seed: 3 })
  expect(interval).toEqual(probabilityOfImprovement([mine], [theirs], { seed: 3 }))
  expect(interval.low).toBeLessThan(interval.estimate)
  expect(interval.high).toBeGreaterThan(interval.estimate)
  expect(probabilityOfImprovement([[2, 2]], [[1, 1]])).toEqual({ estimate: 1, low: 1, high: 1 })
})

test('the runs of both are drawn again, as the seed has it', () => {
  for (const [mine, theirs] of [
    [
      [2, 2],
      [1, 3],
    ],
    [
      [1, 3],
      [2, 2],
    ],
  ] as const) {
    expect(probabilityOfImprovement([mine], [theirs])).toEqual({ estimate: 0.5, low: 0, high: 1 })
  }
  const [mine, theirs] = [Array.from({ length: 20 }, (_, run) => run % 7), Array.from({ length: 20 }, (_, run) => run % 5)]
  const interval = (seed: number) => probabilityOfImprovement([mine], [theirs], { seed, resamples: 100 })
  expect(interval(1)).not.toEqual(interval(2))
})

test('tasks that differ in number and empty ones are refused', () => {
  expect(() => probabilityOfImprovement([], [])).toThrow('agent is empty; for one task give [scores]')
  expect(() => probabilityOfImprovement([[1]], [[1], [2]])).toThrow('agent has 1 strata and other 2')
  expect(() => probabilityOfImprovement([[1]], [[]])).toThrow('other[0] is empty')
  expect(() => probabilityOfImprovement([[1]], [[1]], { level: 1 })).toThrow('level is 1')
})
