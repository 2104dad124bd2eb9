import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rankBiasedPrecision } from '../../src/metrics/rank-biased-precision'
import { badLists, items, ranking } from './lists'

// Relevant at ranks 1 and 3: (1 - .5) · (1 + .25) = .625, and (1 - .8) · (1 + .64) = .328.
test('relevant at ranks 1 and 3: .625 for persistence .5, .328 for .8, which is meant unless told', () => {
  const relevant = new Set([1, 3])
  expect(rankBiasedPrecision([1, 2, 3], relevant, 3, { persistence: 0.5 })).toBe(0.625)
  expect(rankBiasedPrecision([1, 2, 3], relevant, 3)).toBeCloseTo(0.328, 15)
  expect(rankBiasedPrecision([1, 2, 3], relevant, 3, { persistence: 0.8 })).toBe(rankBiasedPrecision([1, 2, 3], relevant, 3))
})

test('persistence 0 looks at the first item alone; nothing relevant scores 0', () => {
  expect(rankBiasedPrecision([1, 2], new Set([1]), 2, { persistence: 0 })).toBe(1)
  expect(rankBiasedPrecision([2, 1], new Set([1]), 2, { persistence: 0 })).toBe(0)
  expect(rankBiasedPrecision([2, 1], new Set(), 2)).toBe(0)
})

test('equals a user who walks down the list, on random lists; with everything relevant 1 - p^k', () => {
  const persistences = fc.constantFrom(0.1, 0.5, 0.8, 0.95)
  fc.assert(
    fc.property(ranking, persistences, ({ ranked, relevant, k }, persistence) => {
      let looking = 1
      let seen = 0
      for (const item of ranked.slice(0, k)) {
        if (relevant.has(item)) seen += looking
        looking *= persistence
      }
      const score = rankBiasedPrecision(ranked, relevant, k, { persistence })
      expect(score).toBeCloseTo(seen * (1 - persistence), 12)
      expect(rankBiasedPrecision([...ranked, items], new Set([...relevant, items + 1]), k, { persistence })).toBe(score)
      const all = rankBiasedPrecision(ranked, new Set(ranked), k, { persistence })
      expect(all).toBeCloseTo(1 - persistence ** Math.min(k, ranked.length), 12)
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => rankBiasedPrecision(ranked, new Set([1]), k)).toThrow(message)
})

test.each([-0.1, 1, Number.NaN])('a persistence of %d is refused', persistence => {
  expect(() => rankBiasedPrecision([1], new Set([1]), 1, { persistence })).toThrow(`persistence is ${persistence}`)
})
