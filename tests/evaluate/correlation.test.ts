import { expect, test } from 'vitest'
import { correlation } from '../../src/evaluate/correlation'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

const generator = stream(1, 'correlation test')
const noise = () => Array.from({ length: 200 }, () => normal(generator))

test('by hand: 1, 2, 3 with 1, 3, 2 is a half', () => {
  expect(correlation([1, 2, 3], [1, 3, 2]).estimate).toBeCloseTo(0.5, 14)
})

test('columns that rise together have 1, those that do not an interval around 0', () => {
  const one = noise()
  expect(
    correlation(
      one,
      one.map(value => 2 * value + 1),
    ).low,
  ).toBeCloseTo(1, 12)
  const { low, high } = correlation(one, noise())
  expect(low).toBeLessThan(0)
  expect(high).toBeGreaterThan(0)
})

test('the interval holds the truth about as often as it says', () => {
  const truth = 0.6
  const held = Array.from({ length: 40 }, () => {
    const one = noise()
    const other = noise().map((own, at) => truth * one[at]! + Math.sqrt(1 - truth ** 2) * own)
    const { low, high } = correlation(one, other, { resamples: 200 })
    return low <= truth && truth <= high
  })
  expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(33)
})

test('draws in which nothing varies count as no relation', () => {
  const { low, high } = correlation([1, 2, 3], [1, 2, 3])
  expect([low, high].every(Number.isFinite)).toBe(true)
})

test('columns that are no pairs are refused', () => {
  expect(() => correlation([1, 2, 3], [1, 2])).toThrow('3 and 2 numbers')
  expect(() => correlation([1, 2], [1, 2])).toThrow('2 pairs')
  expect(() => correlation([1, 2, Number.NaN], [1, 2, 3])).toThrow('holds NaN')
  expect(() => correlation([1, 1, 1], [1, 2, 3])).toThrow('one number only')
})
