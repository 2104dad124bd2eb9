import fc from 'fast-check'
import { expect, test } from 'vitest'
import { directMethod } from '../../../src/evaluate/off-policy/direct-method'
import { doublyRobust } from '../../../src/evaluate/off-policy/doubly-robust'
import { shrunkDoublyRobust } from '../../../src/evaluate/off-policy/shrunk-doubly-robust'
import { allLogs, logOf, point, problems } from './bandit-support'

// Weights 2 and 1 become 4 · 2 / (4 + 4) = 1 and 4 · 1 / (4 + 1) = .8: .5 + 1 · .5 = 1 and .5 - .8 · .5 = .1.
test('shrinks the weights, large ones most', () => {
  const log = logOf([0, 1], [1, 0], [0.25, 0.5])
  const found = shrunkDoublyRobust(log, [0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5], { lambda: 4 })
  expect(found.estimate).toBeCloseTo(0.55, 12)
  expect(found.parameter).toBe(4)
})

test('goes from the direct method at lambda 0 to the doubly robust estimator as lambda grows', () => {
  fc.assert(
    fc.property(problems, problem => {
      const { policy, model } = problem
      const { log } = allLogs(problem).at(-1)!
      const of = (lambda: number) => shrunkDoublyRobust(log, policy, model, { ...point, lambda }).estimate
      const robust = doublyRobust(log, policy, model, point).estimate
      expect(of(0)).toBe(directMethod(log, policy, model, point).estimate)
      expect(of(Infinity)).toBe(robust)
      expect(of(1e16)).toBeCloseTo(robust, 8)
    }),
  )
})

// Weights 20 and 1, no model.
test('a lambda as large, or as small, as a number can be is the end it is next to', () => {
  const log = logOf([0, 1], [1, 0], [0.025, 0.5])
  const of = (lambda: number) => shrunkDoublyRobust(log, [0.5, 0.5, 0.5, 0.5], [0, 0, 0, 0], { ...point, lambda }).estimate
  expect(of(Number.MAX_VALUE)).toBe(10)
  expect(of(Number.MIN_VALUE)).toBe(0)
})

test('a lambda below 0 is refused', () => {
  expect(() => shrunkDoublyRobust(logOf([0, 1], [1, 0], [0.5, 0.5]), [1, 0, 1, 0], [0, 0, 0, 0], { lambda: -1 })).toThrow('lambda is -1')
})
