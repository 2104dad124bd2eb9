import fc from 'fast-check'
import { expect, test } from 'vitest'
import { precisionAtK } from '../../src/metrics/precision-at-k'
import { rPrecision } from '../../src/metrics/r-precision'
import { recallAtK } from '../../src/metrics/recall-at-k'
import { badLists, items, ranking } from './lists'

// Three relevant items, of the first three shown two: 2/3; the third stands at rank 4.
test('two of three among the first three: 2/3', () => {
  expect(rPrecision([1, 9, 2, 3], new Set([1, 2, 3]))).toBe(2 / 3)
})

test('nothing relevant: 0; a list shorter than R is divided by R all the same', () => {
  expect(rPrecision([1, 2], new Set())).toBe(0)
  expect(rPrecision([1], new Set([1, 2]))).toBe(0.5)
})

test('is precision and recall at R on random lists; what stands below does not matter', () => {
  fc.assert(
    fc.property(ranking, ({ ranked, relevant }) => {
      const cut = Math.max(relevant.size, 1)
      expect(rPrecision(ranked, relevant)).toBe(precisionAtK(ranked, relevant, cut))
      expect(rPrecision(ranked, relevant)).toBe(recallAtK(ranked, relevant, cut))
      expect(rPrecision([...ranked.slice(0, cut), items], relevant)).toBe(rPrecision(ranked, relevant))
    }),
  )
})

test.each(badLists.filter(([what]) => !what.startsWith('k ')))('%s is refused', (_, ranked, __, message) => {
  expect(() => rPrecision(ranked, new Set([1]))).toThrow(message)
})
