import fc from 'fast-check'
import { expect, test } from 'vitest'
import { novelty } from '../../src/metrics/novelty'
import { badLists, items } from './lists'

test('an item with half of the interactions carries one bit, one with a quarter two', () => {
  expect(novelty([0], [2, 1, 1], 1)).toBe(1)
  expect(novelty([0, 1], [2, 1, 1], 2)).toBe(1.5)
  expect(novelty([0], [7], 1)).toBe(0)
  expect(novelty([], [7], 1)).toBe(0)
})

test('an item nobody touched is as novel as one touched once', () => {
  expect(novelty([1], [3, 0, 1], 1)).toBe(novelty([2], [3, 0, 1], 1))
})

test('equals the slow definition, and does not change when every count doubles', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: items, maxLength: items })
  const ranked = fc.uniqueArray(fc.integer({ min: 0, max: items - 1 }), { minLength: 1, maxLength: items })
  fc.assert(
    fc.property(ranked, counts, fc.integer({ min: 1, max: items }), (ranked, counts, k) => {
      const total = counts.reduce((a, b) => a + b, 0)
      const bits = ranked.slice(0, k).map(item => Math.log2(total / counts[item]!))
      const expected = bits.reduce((a, b) => a + b, 0) / bits.length
      expect(novelty(ranked, counts, k)).toBeCloseTo(expected, 10)
      expect(
        novelty(
          ranked,
          counts.map(count => 2 * count),
          k,
        ),
      ).toBeCloseTo(expected, 10)
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => novelty(ranked, [1, 1, 1, 1], k)).toThrow(message)
})

test('counts that are none are refused', () => {
  expect(() => novelty([0], [1, Number.NaN], 1)).toThrow('popularity[1] is NaN')
  expect(() => novelty([0], [1, -1], 1)).toThrow('popularity[1] is -1')
  expect(() => novelty([0], [0, 0], 1)).toThrow('no interaction at all')
  expect(() => novelty([2], [1, 1], 1)).toThrow('item 2 lies outside the catalogue; ids are 0 to 1')
})
