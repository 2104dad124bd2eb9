import fc from 'fast-check'
import { expect, test } from 'vitest'
import { averagePrecision } from '../../src/metrics/average-precision'
import { precisionAtK } from '../../src/metrics/precision-at-k'
import { badLists, items, ranking } from './lists'

// Five relevant, the first two recommended: a perfect list of two scores 1 by the attainable denominator and 2/5 by the other.
test('the two denominators differ where more is relevant than fits', () => {
  const relevant = new Set([0, 1, 2, 3, 4])
  expect(averagePrecision([0, 1], relevant, 2)).toBe(1)
  expect(averagePrecision([0, 1], relevant, 2, { denominator: 'relevant' })).toBe(0.4)
})

test('equals the slow definition on random lists', () => {
  fc.assert(
    fc.property(ranking, ({ ranked, relevant, k }) => {
      const precisions = ranked.slice(0, k).map((item, rank) => (relevant.has(item) ? precisionAtK(ranked, relevant, rank + 1) : 0))
      const sum = precisions.reduce((a, b) => a + b, 0)
      expect(averagePrecision(ranked, relevant, k)).toBeCloseTo(relevant.size ? sum / Math.min(k, relevant.size) : 0, 12)
      expect(averagePrecision(ranked, relevant, k, { denominator: 'relevant' })).toBeCloseTo(relevant.size ? sum / relevant.size : 0, 12)
    }),
  )
})

test('irrelevant items at the end change nothing; one at the front never helps', () => {
  fc.assert(
    fc.property(ranking, ({ ranked, relevant, k }) => {
      const score = averagePrecision(ranked, relevant, k)
      expect(averagePrecision([...ranked, items], relevant, k)).toBe(score)
      expect(averagePrecision([items, ...ranked], relevant, k)).toBeLessThanOrEqual(score)
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => averagePrecision(ranked, new Set([1]), k)).toThrow(RangeError)
  expect(() => averagePrecision(ranked, new Set([1]), k)).toThrow(message)
})

test('an unknown denominator is refused', () => {
  expect(() => averagePrecision([1], new Set([1]), 1, { denominator: 'k' as 'relevant' })).toThrow('denominator is "k"')
})
