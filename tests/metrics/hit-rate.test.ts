import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hitRate } from '../../src/metrics/hit-rate'
import { badLists, ranking } from './lists'

test('two of three users find something: 2/3', () => {
  const relevant = [new Set([2]), new Set([9]), new Set([1, 2])]
  expect(
    hitRate(
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      relevant,
      2,
    ),
  ).toBe(2 / 3)
})

test('equals the slow definition on random users and never falls as k grows', () => {
  fc.assert(
    fc.property(fc.array(ranking, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 20 }), (users, k) => {
      const lists = users.map(user => user.ranked)
      const sets = users.map(user => user.relevant)
      const hit = users.filter(user => user.ranked.slice(0, k).some(item => user.relevant.has(item)))
      expect(hitRate(lists, sets, k)).toBe(hit.length / users.length)
      expect(hitRate(lists, sets, k + 1)).toBeGreaterThanOrEqual(hitRate(lists, sets, k))
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => hitRate([ranked], [new Set([1])], k)).toThrow(message)
})

test('lists without their sets are refused', () => {
  expect(() => hitRate([[1], [2]], [new Set([1])], 1)).toThrow('ranked holds 2 lists and relevant 1 sets')
})
