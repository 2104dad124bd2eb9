import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clippedInversePropensity } from '../../../src/evaluate/off-policy/clipped-inverse-propensity'
import { inversePropensity } from '../../../src/evaluate/off-policy/inverse-propensity'
import { allLogs, logOf, point, problems } from './bandit-support'

// Weights 1, 1, 3, capped at 2: (1 + 0 + 2) / 3.
test('no weight counts more than the cap; the diagnostics are of the weights before', () => {
  const found = clippedInversePropensity(logOf([0, 1, 1], [1, 0, 1], [0.5, 0.5, 0.25]), [0.5, 0.5, 0.75], { cap: 2 })
  expect(found.estimate).toBeCloseTo(1, 12)
  expect(found).toMatchObject({ parameter: 2, largestWeight: 3 })
})

test('lies between 0 and IPS for rewards of 0 and 1, rises with the cap, and is IPS without one', () => {
  fc.assert(
    fc.property(problems, fc.double({ min: 0, max: 5, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true }), (problem, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      const { log } = allLogs(problem).at(-1)!
      const of = (cap: number) => clippedInversePropensity(log, problem.policy, { ...point, cap }).estimate
      expect(of(0)).toBe(0)
      expect(of(low)).toBeLessThanOrEqual(of(high))
      expect(of(Infinity)).toBe(inversePropensity(log, problem.policy, point).estimate)
    }),
  )
})

test('a cap that is none is refused', () => {
  const [log, policy] = [logOf([0, 1], [1, 0], [0.5, 0.5]), [0.5, 0.5]]
  expect(() => clippedInversePropensity(log, policy, { cap: -1 })).toThrow(
    'cap is -1; it must be a number of at least 0, Infinity included',
  )
  expect(() => clippedInversePropensity(log, policy, { cap: Number.NaN })).toThrow('cap is NaN')
  expect(() => clippedInversePropensity(log, policy, { cap: 'auto' as never })).toThrow('cap is "auto"; it must be one of bound, slope')
  expect(() => clippedInversePropensity(log, policy, { candidates: [] })).toThrow('candidates is empty')
  expect(() => clippedInversePropensity(log, policy, { candidates: [1, -2] })).toThrow('candidates[1] is -2')
})
