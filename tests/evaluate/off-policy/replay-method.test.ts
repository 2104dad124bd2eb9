import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replayMethod } from '../../../src/evaluate/off-policy/replay-method'
import { selfNormalisedInversePropensity } from '../../../src/evaluate/off-policy/self-normalised-inverse-propensity'
import { logOf, point } from './bandit-support'

const log = logOf([0, 1, 1], [1, 0, 1], [0.5, 0.5, 0.5])

// The policy does 0, 0, 1: the first and the last round match.
test('is the mean reward of the rounds that match', () => {
  expect(replayMethod(log, [1, 0, 1, 0, 0, 1])).toMatchObject({ estimate: 1, effectiveSampleSize: 2 })
  expect(replayMethod(log, [1, 0, 1], point).estimate).toBe(1)
})

test('in a log of uniform choice it is the self-normalised estimate', () => {
  const rounds = fc.array(fc.record({ action: fc.integer({ min: 0, max: 2 }), reward: fc.double({ min: -1, max: 1, noNaN: true }) }), {
    minLength: 1,
  })
  fc.assert(
    fc.property(rounds, drawn => {
      const uniform = logOf(
        drawn.map(({ action }) => action),
        drawn.map(({ reward }) => reward),
        drawn.map(() => 1 / 3),
        3,
      )
      const policy = drawn.map(({ action }) => Number(action === 1))
      expect(replayMethod(uniform, policy, point).estimate).toBeCloseTo(
        selfNormalisedInversePropensity(uniform, policy, point).estimate,
        12,
      )
    }),
  )
})

test('a log of other choice brings a warning', () => {
  expect(replayMethod(log, [1, 0, 1]).warnings.join()).not.toContain('uniform')
  // Both rounds match and count the same, whatever their propensities: (1 + 0) / 2.
  const { estimate, warnings } = replayMethod(logOf([0, 1], [1, 0], [0.9, 0.1]), [1, 1])
  expect(estimate).toBe(0.5)
  expect(warnings.at(-1)).toContain('the log was not written by uniform choice')
})

test('where nothing matches it is 0, with a warning', () => {
  expect(replayMethod(log, [0, 0, 0])).toMatchObject({ estimate: 0, warnings: [expect.stringContaining('the log cannot answer')] })
})

test('a policy that draws is refused', () => {
  expect(() => replayMethod(log, [1, 0.5, 0])).toThrow('policy[1] is 0.5; replay judges policies with probabilities of 0 and 1 only')
})
