import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inversePropensity } from '../../../src/evaluate/off-policy/inverse-propensity'
import { allLogs, logOf, point, problems, truthOf } from './bandit-support'

// Weights 1, 1, 3: (1 + 0 + 3) / 3; effective sample size (1 + 1 + 3)² / (1 + 1 + 9).
test('is the mean of weight times reward, with what the weights are like', () => {
  const found = inversePropensity(logOf([0, 1, 1], [1, 0, 1], [0.5, 0.5, 0.25]), [0.5, 0.5, 0.5, 0.5, 0.25, 0.75])
  expect(found.estimate).toBeCloseTo(4 / 3, 12)
  expect(found.effectiveSampleSize).toBeCloseTo(25 / 11, 12)
  expect(found).toMatchObject({ estimator: 'inverse propensity', largestWeight: 3, zeroSupport: 0 })
  expect(found.low).toBeLessThan(found.estimate)
  expect(found.high).toBeGreaterThan(found.estimate)
})

// Vowpal Wabbit, docs/source/tutorials/off_policy_evaluation.md, test.dat: costs of two arms that were drawn with .5 each; the candidate
// always takes the first. There the average loss is 0.250000, and the mean of the costs in the file 0.625.
test("Vowpal Wabbit's candidate costs .25, where the production policy cost .625", () => {
  const arm = [1, 1, 0, 1, 1, 1, 1, 1]
  const cost = [1, 1, 1, 0, 0, 0, 1, 1]
  const log = logOf(arm, cost, new Float64Array(8).fill(0.5))
  expect(inversePropensity(log, [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]).estimate).toBe(0.25)
  expect(inversePropensity(log, new Float64Array(8).fill(0.5)).estimate).toBe(0.625)
})

test('is right on average, over every log that there can be', () => {
  fc.assert(
    fc.property(problems, problem => {
      const mean = allLogs(problem).reduce(
        (sum, { log, probability }) => sum + probability * inversePropensity(log, problem.policy, point).estimate,
        0,
      )
      expect(mean).toBeCloseTo(truthOf(problem), 10)
    }),
  )
})

test('the log’s own policy is worth the mean reward', () => {
  const log = logOf([0, 1, 2, 1], [1, 4, -2, 5], [0.2, 0.5, 0.3, 0.5])
  const { estimate, warnings } = inversePropensity(log, log.propensity)
  expect(estimate).toBeCloseTo(2, 12)
  expect(warnings).toEqual([expect.stringContaining('the effective sample size is 4.0, below 100')])
})
