import fc from 'fast-check'
import { expect, test } from 'vitest'
import { precisionAtK } from '../../src/metrics/precision-at-k'
import { badLists, items, ranking } from './lists'

test('three of the first five are relevant: .6', () => {
  expect(precisionAtK([0, 1, 2, 3, 4], new Set([0, 2, 4, 6, 8]), 5)).toBe(0.6)
})

test('an empty place counts as a miss', () => {
  expect(precisionAtK([7], new Set([7]), 4)).toBe(0.25)
  expect(precisionAtK([], new Set([7]), 4)).toBe(0)
})

test('equals the slow definition on random lists', () => {
  fc.assert(
    fc.property(ranking, ({ ranked, relevant, k }) => {
      const both = ranked.slice(0, k).filter(item => relevant.has(item))
      expect(precisionAtK(ranked, relevant, k)).toBe(both.length / k)
    }),
  )
})

test('what stands below the cut-off, and the order above it, do not matter', () => {
  fc.assert(
    fc.property(ranking, ({ ranked, relevant, k }) => {
      const changed = [...ranked.slice(0, k).reverse(), ...ranked.slice(k).filter((_, at) => at % 2), ...(ranked.length < k ? [] : [items])]
      expect(precisionAtK(changed, relevant, k)).toBe(precisionAtK(ranked, relevant, k))
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => precisionAtK(ranked, new Set([1]), k)).toThrow(RangeError)
  expect(() => precisionAtK(ranked, new Set([1]), k)).toThrow(message)
})
