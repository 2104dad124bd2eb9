import { expect, test } from 'vitest'
import { mostPopular } from '../../src/metrics/most-popular'

test('the most popular first, of equals the lower id', () => {
  expect([...mostPopular([1, 5, 0, 5, 2], 3)]).toEqual([1, 3, 4])
  expect([...mostPopular([1, 5], 9)]).toEqual([1, 0])
})

test('no cut-off and no counts are refused', () => {
  expect(() => mostPopular([1], 0)).toThrow('k is 0')
  expect(() => mostPopular([0, 0], 1)).toThrow('popularity has no interaction at all')
})
