import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findHits, Hits } from '../../src/metrics/hits'

test('places, relevances and the best order of a graded list, by hand', () => {
  const relevance = new Map([
    [5, 2],
    [6, 0],
    [7, 1],
    [8, 3],
  ])
  const { count, places, gains, relevant, ideal } = findHits([6, 7, 9, 5], relevance, 2)
  expect([count, relevant]).toEqual([2, 3])
  expect([...places.slice(0, count)]).toEqual([1, 3])
  expect([...gains.slice(0, count)]).toEqual([1, 2])
  expect([...ideal]).toEqual([3, 2])
})

test('a set is a map of ones', () => {
  const ones = new Map([3, 1].map(item => [item, 1]))
  expect(findHits([1, 2, 3], new Set([3, 1]), 5)).toEqual(findHits([1, 2, 3], ones, 5))
})

test('of the relevances the greatest are kept, greatest first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 }), fc.integer({ min: 0, max: 6 }), (gains, depth) => {
      const hits = new Hits(1, depth)
      for (const gain of gains) hits.addRelevant(gain)
      const sorted = gains.filter(gain => gain > 0).sort((a, b) => b - a)
      expect(hits.relevant).toBe(sorted.length)
      expect([...hits.ideal.slice(0, hits.relevant)]).toEqual(sorted.slice(0, depth))
    }),
  )
})

test('within k counts the places before k', () => {
  const hits = findHits([1, 2, 3, 4], new Set([1, 3, 4]), 4)
  expect([1, 2, 3, 4, 9].map(k => hits.within(k))).toEqual([1, 1, 2, 3, 3])
})
