import fc from 'fast-check'
import { expect, test } from 'vitest'
import { popularityBias } from '../../src/metrics/popularity-bias'
import { badLists } from './lists'

const popularity = [8, 4, 2, 2]

test('what is recommended by the catalogue and by what the users had chosen', () => {
  // Lists: (8 + 4) / 2 = 6 and 8, mean 7. Catalogue: 16 / 4 = 4. Profiles: (4 + 2) / 2 = 3 and 2, mean 2.5.
  expect(popularityBias([[0, 1], [0]], popularity, 2, [[1, 2], [3]])).toEqual({ average: 7, byCatalogue: 1.75, byProfiles: 2.8 })
  expect(popularityBias([[0]], popularity, 2)).toEqual({ average: 8, byCatalogue: 2, byProfiles: Number.NaN })
})

test('whoever is shown the whole catalogue, or just what they had, meets no bias', () => {
  expect(popularityBias([[3, 1, 0, 2]], popularity, 4).byCatalogue).toBe(1)
  expect(popularityBias([[3, 1], [2]], popularity, 4, [[1, 3], [2]]).byProfiles).toBe(1)
})

test('of the profiles all is used, however short the lists', () => {
  // Popularity 8 beside (8 + 4) / 2.
  expect(popularityBias([[0, 3]], popularity, 1, [[0, 1]]).byProfiles).toBe(8 / 6)
})

test('ratios do not depend on the unit of popularity, nor on the order of the users', () => {
  const lists = fc.array(fc.uniqueArray(fc.nat(3), { minLength: 1 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 5 }), (lists, k) => {
      const one = popularityBias(lists, popularity, k, lists)
      const other = popularityBias(
        [...lists].reverse(),
        popularity.map(count => 3 * count),
        k,
        [...lists].reverse(),
      )
      expect(other.byCatalogue).toBeCloseTo(one.byCatalogue, 12)
      expect(other.byProfiles).toBeCloseTo(one.byProfiles, 12)
      expect(other.average).toBeCloseTo(3 * one.average, 10)
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => popularityBias([ranked], [1, 1, 1, 1], k)).toThrow(message)
})

test('profiles of other users, and profiles that nobody touched, are refused', () => {
  expect(() => popularityBias([[0]], popularity, 1, [])).toThrow('profiles holds 0 lists and ranked 1')
  expect(() => popularityBias([[0]], [1, 0], 1, [[1]])).toThrow('profiles holds only items of popularity 0')
})
