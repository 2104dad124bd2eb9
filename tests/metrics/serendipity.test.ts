import fc from 'fast-check'
import { expect, test } from 'vitest'
import { precisionAtK } from '../../src/metrics/precision-at-k'
import { serendipity } from '../../src/metrics/serendipity'
import { badLists, items, ranking } from './lists'

test('of four places, one relevant item that was not expected is a quarter', () => {
  // 3 is relevant and expected, 5 is neither, 8 is relevant and a surprise, 2 is expected alone.
  expect(serendipity([3, 5, 8, 2], new Set([3, 8, 9]), new Set([3, 2]), 4)).toBe(0.25)
  expect(serendipity([3, 5, 8, 2], new Set([3, 8, 9]), new Set([3, 2]), 2)).toBe(0)
  expect(serendipity([], new Set([1]), new Set(), 5)).toBe(0)
})

test('is the precision of what is left when the expected is no longer relevant', () => {
  const expected = fc.uniqueArray(fc.integer({ min: 0, max: items - 1 })).map(ids => new Set(ids))
  fc.assert(
    fc.property(ranking, expected, ({ ranked, relevant, k }, expected) => {
      const value = serendipity(ranked, relevant, expected, k)
      expect(value).toBe(precisionAtK(ranked, new Set([...relevant].filter(item => !expected.has(item))), k))
      expect(value).toBeLessThanOrEqual(precisionAtK(ranked, relevant, k))
      expect(serendipity(ranked, relevant, new Set(), k)).toBe(precisionAtK(ranked, relevant, k))
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => serendipity(ranked, new Set([1]), new Set(), k)).toThrow(message)
})
