import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meanReciprocalRank } from '../../src/metrics/mean-reciprocal-rank'
import { reciprocalRank } from '../../src/metrics/reciprocal-rank'
import { badLists, ranking } from './lists'

// 1, 1/2 and nothing.
test('first hits at rank 1, at rank 2 and nowhere: .5', () => {
  const lists = [
    [1, 2],
    [2, 1],
    [2, 3],
  ]
  expect(meanReciprocalRank(lists, [new Set([1]), new Set([1]), new Set([1])], 2)).toBe(0.5)
})

test('is the mean over users, in whatever order they stand', () => {
  fc.assert(
    fc.property(fc.array(ranking, { minLength: 1, maxLength: 8 }), users => {
      const score = (people: typeof users) =>
        meanReciprocalRank(
          people.map(user => user.ranked),
          people.map(user => user.relevant),
          5,
        )
      const sum = users.reduce((total, user) => total + reciprocalRank(user.ranked, user.relevant, 5), 0)
      expect(score(users)).toBeCloseTo(sum / users.length, 12)
      expect(score([...users].reverse())).toBeCloseTo(score(users), 12)
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => meanReciprocalRank([ranked], [new Set([1])], k)).toThrow(message)
})

test('no users, or lists without their sets, are refused', () => {
  expect(() => meanReciprocalRank([], [], 1)).toThrow('ranked holds no list')
  expect(() => meanReciprocalRank([[1]], [], 1)).toThrow('ranked holds 1 lists and relevant 0 sets')
})
