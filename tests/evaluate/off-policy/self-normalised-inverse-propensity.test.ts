import fc from 'fast-check'
import { expect, test } from 'vitest'
import { selfNormalisedInversePropensity } from '../../../src/evaluate/off-policy/self-normalised-inverse-propensity'
import { logOf, point } from './bandit-support'

// Weights 1, 1, 3: (1 + 0 + 3) / 5.
test('is the weighted mean of the rewards', () => {
  expect(selfNormalisedInversePropensity(logOf([0, 1, 1], [1, 0, 1], [0.5, 0.5, 0.25]), [0.5, 0.5, 0.75]).estimate).toBeCloseTo(0.8, 12)
})

const rounds = fc.array(
  fc.record({
    action: fc.integer({ min: 0, max: 3 }),
    reward: fc.double({ min: -5, max: 5, noNaN: true }),
    propensity: fc.double({ min: 0.01, max: 1, noNaN: true }),
    judged: fc.double({ min: 0.001, max: 1, noNaN: true }),
  }),
  { minLength: 2, maxLength: 20 },
)

test('stays within the rewards, its interval too, and moves along with them', () => {
  fc.assert(
    fc.property(rounds, fc.double({ min: -3, max: 3, noNaN: true }), (drawn, shift) => {
      const estimate = (more: number) =>
        selfNormalisedInversePropensity(
          logOf(
            drawn.map(({ action }) => action),
            drawn.map(({ reward }) => reward + more),
            drawn.map(({ propensity }) => propensity),
            4,
          ),
          drawn.map(({ judged }) => judged),
          { resamples: 20 },
        )
      const { estimate: here, low, high } = estimate(0)
      const rewards = drawn.map(({ reward }) => reward)
      for (const value of [here, low, high]) {
        expect(value).toBeGreaterThanOrEqual(Math.min(...rewards) - 1e-9)
        expect(value).toBeLessThanOrEqual(Math.max(...rewards) + 1e-9)
      }
      expect(estimate(shift).estimate).toBeCloseTo(here + shift, 9)
    }),
  )
})

test('where the judged policy does nothing that stands in the log it is 0, with a warning', () => {
  const found = selfNormalisedInversePropensity(logOf([0, 0], [1, 1], [0.5, 0.5], 2), [0, 1, 0, 1], point)
  expect(found).toMatchObject({ estimate: 0, zeroSupport: 1, effectiveSampleSize: 0 })
  expect(found.warnings).toEqual(['the judged policy does nothing that stands in the log; the log cannot answer'])
})
