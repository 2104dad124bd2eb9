import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doublyRobust } from '../../../src/evaluate/off-policy/doubly-robust'
import { inversePropensity } from '../../../src/evaluate/off-policy/inverse-propensity'
import { allLogs, logOf, point, problems, truthOf } from './bandit-support'

// Weights 2 and 1: .5 + 2 · (1 - .5) = 1.5 and .5 + 1 · (0 - .5) = 0.
test('adds to the model what it missed, times the weight', () => {
  const log = logOf([0, 1], [1, 0], [0.25, 0.5])
  expect(doublyRobust(log, [0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5]).estimate).toBeCloseTo(0.75, 12)
})

test('is right on average whatever the model says, over every log that there can be', () => {
  fc.assert(
    fc.property(problems, problem => {
      const mean = allLogs(problem).reduce(
        (sum, { log, probability }) => sum + probability * doublyRobust(log, problem.policy, problem.model, point).estimate,
        0,
      )
      expect(mean).toBeCloseTo(truthOf(problem), 10)
    }),
  )
})

test('with the true model of rewards without luck it is exact in every log, its propensities true or not', () => {
  fc.assert(
    fc.property(problems, fc.double({ min: 0.05, max: 1, noNaN: true }), (problem, propensity) => {
      for (const { log } of allLogs(problem)) {
        const reward = log.reward.map((_, round) => problem.expected[round * problem.actions + log.action[round]!]!)
        const told = { ...log, reward, propensity: log.propensity.map(() => propensity) }
        expect(doublyRobust(told, problem.policy, problem.expected, point).estimate).toBeCloseTo(truthOf(problem), 12)
      }
    }),
    { numRuns: 30 },
  )
})

test('with a model that expects nothing it is IPS', () => {
  fc.assert(
    fc.property(problems, problem => {
      const { log } = allLogs(problem).at(-1)!
      const nothing = new Float64Array(problem.model.length)
      expect(doublyRobust(log, problem.policy, nothing, point).estimate).toBeCloseTo(
        inversePropensity(log, problem.policy, point).estimate,
        12,
      )
    }),
  )
})

// As above; bytes hold no halves.
test('clicks may be kept in bytes', () => {
  const log = { ...logOf([0, 1], [1, 0], [0.25, 0.5]), reward: Uint8Array.of(1, 0) as never }
  expect(doublyRobust(log, [0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5], point).estimate).toBeCloseTo(0.75, 12)
})
