import { expect, test } from 'vitest'
import { averagePopularity } from '../../src/metrics/average-popularity'
import { badLists } from './lists'

test('the mean over users of the mean over their lists', () => {
  // First user (10 + 4) / 2 = 7, second 1: (7 + 1) / 2. With one place each: (10 + 1) / 2.
  const lists = [[0, 1], [3]]
  expect(averagePopularity(lists, [10, 4, 0, 1], 2)).toBe(4)
  expect(averagePopularity(lists, [10, 4, 0, 1], 1)).toBe(5.5)
  expect(averagePopularity(lists, [10, 4, 0, 1])).toBe(4)
})

test('a user without items says nothing', () => {
  expect(averagePopularity([[0], [], [1]], [3, 5], 1)).toBe(4)
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => averagePopularity([ranked], [1, 1, 1, 1], k)).toThrow(message)
})

test('no item at all, an item outside the catalogue and bad counts are refused', () => {
  expect(() => averagePopularity([[]], [1], 1)).toThrow('ranked holds no item')
  expect(() => averagePopularity([[2]], [1, 1], 1)).toThrow('item 2 lies outside the catalogue; ids are 0 to 1')
  expect(() => averagePopularity([[0]], [-1], 1)).toThrow('popularity[0] is -1')
})
