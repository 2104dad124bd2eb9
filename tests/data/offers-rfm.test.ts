import { expect, test } from 'vitest'
import { behaviourFeatures } from '../../src/data/offers-features'
import { generateBehaviour } from '../../src/data/offers-generate'
import { channelPreference, preferredChannel, rfmScores } from '../../src/data/offers-rfm'

/** Five shoppers with recency, frequency and monetary as given. */
function five(rows: readonly (readonly [number, number, number])[]) {
  return { count: rows.length, table: Float64Array.from(rows.flatMap(row => [...row, 0, 0, 0, 0, 0, 0, 0])) }
}

// Of five different values each is a fifth of its own.
test('fewer days, more sessions and more money score higher', () => {
  const scores = rfmScores(
    five([
      [9, 1, 50],
      [7, 2, 40],
      [5, 3, 30],
      [3, 4, 20],
      [1, 5, 10],
    ]),
  )
  expect([...scores.recency]).toEqual([1, 2, 3, 4, 5])
  expect([...scores.frequency]).toEqual([1, 2, 3, 4, 5])
  expect([...scores.monetary]).toEqual([5, 4, 3, 2, 1])
})

// Below 0 there is nobody: 1. Below 8 there are three of five: 1 + floor(5 · 3/5) = 4.
test('equal values score equally', () => {
  const scores = rfmScores(
    five([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
      [0, 8, 0],
      [0, 8, 0],
    ]),
  )
  expect([...scores.frequency]).toEqual([1, 1, 1, 4, 4])
  expect([...scores.monetary]).toEqual([1, 1, 1, 1, 1])
})

test('of many shoppers each score has a fifth', () => {
  const { recency } = rfmScores(behaviourFeatures(generateBehaviour({ seed: 2, users: 300 })))
  for (let score = 1; score <= 5; score++) expect(recency.filter(one => one === score).length).toBeGreaterThanOrEqual(55)
})

test("the preferred channel has the largest part of a shopper's responses", () => {
  const table = Float64Array.of(0, 0, 0, 0, 0, 0, 0.1, 0.2, 0.1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  const { shares, preferred } = channelPreference({ count: 2, table })
  expect([...shares.subarray(0, 3)].map(share => share.toFixed(2))).toEqual(['0.25', '0.50', '0.25'])
  expect(shares[3]).toBeCloseTo(1 / 3, 12)
  expect([...preferred]).toEqual([1, 0])
  expect(preferredChannel(table)).toBe(1)
})
