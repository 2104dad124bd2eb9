import fc from 'fast-check'
import { expect, test } from 'vitest'
import { directMethod } from '../../../src/evaluate/off-policy/direct-method'
import { doublyRobust } from '../../../src/evaluate/off-policy/doubly-robust'
import { switchDoublyRobust } from '../../../src/evaluate/off-policy/switch-doubly-robust'
import { allLogs, logOf, point, problems } from './bandit-support'

// Weights 2 and 1, model .5: the first round is left to the model, .5; the second is .5 + 1 · (0 - .5) = 0.
test('a weight above the threshold leaves the round to the model', () => {
  const log = logOf([0, 1], [1, 0], [0.25, 0.5])
  const found = switchDoublyRobust(log, [0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5], { threshold: 1 })
  expect(found.estimate).toBeCloseTo(0.25, 12)
  expect(found.parameter).toBe(1)
})

test('is the doubly robust estimator with a threshold of Infinity, and the direct method with 0', () => {
  fc.assert(
    fc.property(problems, problem => {
      const { policy, model } = problem
      for (const { log } of allLogs(problem).slice(-3)) {
        const of = (threshold: number) => switchDoublyRobust(log, policy, model, { ...point, threshold }).estimate
        expect(of(Infinity)).toBe(doublyRobust(log, policy, model, point).estimate)
        expect(of(0)).toBe(directMethod(log, policy, model, point).estimate)
      }
    }),
  )
})

test('a threshold below 0 is refused', () => {
  expect(() => switchDoublyRobust(logOf([0, 1], [1, 0], [0.5, 0.5]), [1, 0, 1, 0], [0, 0, 0, 0], { threshold: -1 })).toThrow(
    'threshold is -1',
  )
})
