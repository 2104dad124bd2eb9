import { expect, test } from 'vitest'
import { optimalityGap } from '../../src/evaluate/optimality-gap'

test('is the mean shortfall, and more than the target mends nothing', () => {
  // (.5 + 0 + .2 + 0) / 4
  expect(optimalityGap([0.5, 1, 0.8, 3])).toBeCloseTo(0.175, 12)
  expect(optimalityGap([8, 12], 10)).toBe(1)
  expect(optimalityGap([12, 11], 10)).toBe(0)
})

test('no scores and numbers that are none are refused', () => {
  expect(() => optimalityGap([])).toThrow('scores is empty')
  expect(() => optimalityGap([1, Number.NaN])).toThrow('scores[1] is NaN')
  expect(() => optimalityGap([1], Infinity)).toThrow('target is Infinity')
})
