import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ndcg } from '../../src/metrics/ndcg'
import { badLists, items, ranking } from './lists'

const gains = fc
  .array(fc.tuple(fc.integer({ min: 0, max: items - 1 }), fc.integer({ min: 0, max: 4 })), { maxLength: items })
  .map(pairs => new Map(pairs))

// By hand: 2 at rank 1 and 1 at rank 3, (2 + 1/2) / (2 + 1/log2 3).
test('graded relevance, by hand', () => {
  const relevance = new Map([
    [5, 2],
    [6, 1],
  ])
  expect(ndcg([5, 9, 6], relevance, 3)).toBeCloseTo(2.5 / (2 + 1 / Math.log2(3)), 14)
  expect(ndcg([5, 9, 6], relevance, 3, { gain: 'exponential' })).toBeCloseTo(3.5 / (3 + 1 / Math.log2(3)), 14)
})

test('equals the slow definition on random lists', () => {
  const slow = (relevances: number[], k: number) => relevances.slice(0, k).reduce((sum, r, rank) => sum + r / Math.log2(rank + 2), 0)
  fc.assert(
    fc.property(ranking, gains, ({ ranked, k }, gains) => {
      const got = slow(
        ranked.map(item => gains.get(item) ?? 0),
        k,
      )
      const best = slow(
        [...gains.values()].sort((a, b) => b - a),
        k,
      )
      expect(ndcg(ranked, gains, k)).toBeCloseTo(best ? got / best : 0, 12)
    }),
  )
})

test('is 1 exactly for the best order, and irrelevant items at the end change nothing', () => {
  fc.assert(
    fc.property(ranking, gains, ({ ranked, k }, gains) => {
      const best = [...gains.keys()].sort((a, b) => gains.get(b)! - gains.get(a)!)
      const something = [...gains.values()].some(value => value > 0)
      for (const gain of ['linear', 'exponential'] as const) {
        expect(ndcg(best, gains, k, { gain })).toBeCloseTo(something ? 1 : 0, 12)
        expect(ndcg([...ranked, items, items + 1], gains, k, { gain })).toBe(ndcg(ranked, gains, k, { gain }))
      }
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => ndcg(ranked, new Map([[1, 1]]), k)).toThrow(RangeError)
  expect(() => ndcg(ranked, new Map([[1, 1]]), k)).toThrow(message)
})

test('a scale does not matter to linear gains, nor what irrelevant items are named', () => {
  fc.assert(
    fc.property(ranking, gains, fc.constantFrom(0.25, 8, 1024), ({ ranked, k }, gains, scale) => {
      const scaled = new Map([...gains].map(([item, relevance]) => [item, scale * relevance]))
      expect(ndcg(ranked, scaled, k)).toBe(ndcg(ranked, gains, k))
      const more = new Map([...gains, [items, 0], [items + 1, 0]])
      expect(ndcg(ranked, more, k, { gain: 'exponential' })).toBe(ndcg(ranked, gains, k, { gain: 'exponential' }))
    }),
  )
})

test('with equal relevances the order does not matter, and the greatest relevance allowed does not overflow', () => {
  const equal = new Map([2, 5, 7].map(item => [item, 3]))
  expect(ndcg([5, 2, 7], equal, 3)).toBe(ndcg([7, 5, 2], equal, 3))
  expect(ndcg([2, 1], new Map([2, 5].map(item => [item, 1000])), 2, { gain: 'exponential' })).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 14)
  expect(() => ndcg([2], new Map([[2, 1001]]), 1, { gain: 'exponential' })).toThrow(
    'item 2 has relevance 1001; it must be between 0 and 1000',
  )
})

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('a relevance of %d is refused', relevance => {
  expect(() => ndcg([1], new Map([[4, relevance]]), 1)).toThrow(`item 4 has relevance ${relevance}`)
})

test('an unknown gain is refused', () => {
  expect(() => ndcg([1], new Map(), 1, { gain: 'cubic' as 'linear' })).toThrow('gain is "cubic"')
})
