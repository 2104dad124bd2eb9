import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catalogueCoverage } from '../../src/metrics/catalogue-coverage'
import { badLists, items, ranking } from './lists'

test('three of ten items are shown to somebody: .3', () => {
  const lists = [
    [1, 2, 9],
    [2, 3, 8],
  ]
  expect(catalogueCoverage(lists, 10, 2)).toBe(0.3)
  expect(catalogueCoverage([], 10, 2)).toBe(0)
})

test('equals the slow definition, and a user more never lowers it', () => {
  fc.assert(
    fc.property(fc.array(ranking, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 20 }), (users, k) => {
      const lists = users.map(user => user.ranked)
      const shown = Array.from({ length: items }, (_, item) => item).filter(item => lists.some(list => list.slice(0, k).includes(item)))
      expect(catalogueCoverage(lists, items, k)).toBe(shown.length / items)
      expect(catalogueCoverage(lists.slice(1), items, k)).toBeLessThanOrEqual(catalogueCoverage(lists, items, k))
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => catalogueCoverage([ranked], 10, k)).toThrow(message)
})

test('an item outside the catalogue, or an empty catalogue, is refused', () => {
  expect(() => catalogueCoverage([[10]], 10, 1)).toThrow('item 10 lies outside the catalogue; ids are 0 to 9')
  expect(() => catalogueCoverage([[0]], 0, 1)).toThrow('items is 0')
})
