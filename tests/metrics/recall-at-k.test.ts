import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recallAtK } from '../../src/metrics/recall-at-k'
import { badLists, ranking } from './lists'

test('three of the five relevant items are found: .6', () => {
  expect(recallAtK([0, 1, 2, 3, 4], new Set([0, 2, 4, 6, 8]), 5)).toBe(0.6)
})

test('a user with nothing relevant scores 0', () => {
  expect(recallAtK([1, 2], new Set(), 2)).toBe(0)
})

test('equals the slow definition on random lists and never falls as k grows', () => {
  fc.assert(
    fc.property(ranking, ({ ranked, relevant, k }) => {
      const found = [...relevant].filter(item => ranked.slice(0, k).includes(item))
      expect(recallAtK(ranked, relevant, k)).toBe(relevant.size ? found.length / relevant.size : 0)
      expect(recallAtK(ranked, relevant, k + 1)).toBeGreaterThanOrEqual(recallAtK(ranked, relevant, k))
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => recallAtK(ranked, new Set([1]), k)).toThrow(RangeError)
  expect(() => recallAtK(ranked, new Set([1]), k)).toThrow(message)
})
