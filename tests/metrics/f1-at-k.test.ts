import fc from 'fast-check'
import { expect, test } from 'vitest'
import { f1AtK } from '../../src/metrics/f1-at-k'
import { badLists, items, ranking } from './lists'

// Two of four shown are relevant and two of six relevant ones shown: 2 · 1/2 · 1/3 / (1/2 + 1/3) = 2/5.
test('precision 1/2 and recall 1/3: .4', () => {
  expect(f1AtK([0, 1, 8, 9], new Set([0, 1, 2, 3, 4, 5]), 4)).toBe(0.4)
})

test('nothing relevant, or an empty list: 0', () => {
  expect(f1AtK([1, 2], new Set(), 2)).toBe(0)
  expect(f1AtK([], new Set([1]), 2)).toBe(0)
})

test('equals the harmonic mean of precision and recall on random lists; irrelevant items below k change nothing', () => {
  fc.assert(
    fc.property(ranking, ({ ranked, relevant, k }) => {
      const hits = ranked.slice(0, k).filter(item => relevant.has(item)).length
      const [precision, recall] = [hits / k, hits / Math.max(relevant.size, 1)]
      expect(f1AtK(ranked, relevant, k)).toBeCloseTo(hits === 0 ? 0 : (2 * precision * recall) / (precision + recall), 14)
      expect(f1AtK([...ranked, items], relevant, k)).toBe(f1AtK(ranked, relevant, k))
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => f1AtK(ranked, new Set([1]), k)).toThrow(RangeError)
  expect(() => f1AtK(ranked, new Set([1]), k)).toThrow(message)
})
