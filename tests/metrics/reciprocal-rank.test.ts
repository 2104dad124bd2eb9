import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reciprocalRank } from '../../src/metrics/reciprocal-rank'
import { badLists, items, ranking } from './lists'

test('the first relevant item at rank 3: 1/3, and 0 where only two count', () => {
  expect(reciprocalRank([8, 9, 1, 2], new Set([2, 1]), 4)).toBe(1 / 3)
  expect(reciprocalRank([8, 9, 1, 2], new Set([2, 1]), 2)).toBe(0)
})

test('nothing relevant, or an empty list: 0', () => {
  expect(reciprocalRank([1, 2], new Set(), 2)).toBe(0)
  expect(reciprocalRank([], new Set([1]), 2)).toBe(0)
})

test('equals the slow definition on random lists; what stands below the first hit does not matter', () => {
  fc.assert(
    fc.property(ranking, ({ ranked, relevant, k }) => {
      const first = ranked.slice(0, k).findIndex(item => relevant.has(item))
      expect(reciprocalRank(ranked, relevant, k)).toBe(first < 0 ? 0 : 1 / (first + 1))
      if (first >= 0) expect(reciprocalRank([...ranked.slice(0, first + 1), items], relevant, k)).toBe(1 / (first + 1))
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => reciprocalRank(ranked, new Set([1]), k)).toThrow(RangeError)
  expect(() => reciprocalRank(ranked, new Set([1]), k)).toThrow(message)
})
