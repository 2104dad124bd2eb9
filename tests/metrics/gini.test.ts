import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gini } from '../../src/metrics/gini'

test('by hand: even 0, one for all (n - 1) / n, and 1, 2, 3', () => {
  expect(gini([5, 5, 5])).toBe(0)
  expect(gini([0, 0, 0, 8])).toBeCloseTo(3 / 4, 14)
  // Differences over all nine pairs: 8; divided by 2 · 9 · the mean 2.
  expect(gini([3, 1, 2])).toBeCloseTo(8 / 36, 14)
  expect(gini([0, 0])).toBe(0)
})

test('equals half the mean difference of two members over the mean', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }), counts => {
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
      const differences = counts.flatMap(one => counts.map(other => Math.abs(one - other))).reduce((sum, one) => sum + one, 0)
      const slow = mean === 0 ? 0 : differences / counts.length ** 2 / 2 / mean
      expect(gini(counts)).toBeCloseTo(slow, 12)
    }),
  )
})

test('what is no count is refused', () => {
  expect(() => gini([])).toThrow('counts is empty')
  expect(() => gini([1, -2])).toThrow('counts holds -2')
  expect(() => gini([1, Number.NaN])).toThrow('counts holds NaN')
})
