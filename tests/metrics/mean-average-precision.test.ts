import fc from 'fast-check'
import { expect, test } from 'vitest'
import { averagePrecision } from '../../src/metrics/average-precision'
import { meanAveragePrecision } from '../../src/metrics/mean-average-precision'
import { badLists, ranking } from './lists'

test('one user served perfectly and one not at all: .5', () => {
  expect(meanAveragePrecision([[1], [2]], [new Set([1]), new Set([3])], 1)).toBe(0.5)
})

test('is the mean over users, in whatever order they stand', () => {
  fc.assert(
    fc.property(fc.array(ranking, { minLength: 1, maxLength: 8 }), users => {
      const score = (people: typeof users) =>
        meanAveragePrecision(
          people.map(user => user.ranked),
          people.map(user => user.relevant),
          5,
          { denominator: 'relevant' },
        )
      const sum = users.reduce((total, user) => total + averagePrecision(user.ranked, user.relevant, 5, { denominator: 'relevant' }), 0)
      expect(score(users)).toBeCloseTo(sum / users.length, 12)
      expect(score([...users].reverse())).toBeCloseTo(score(users), 12)
    }),
  )
})

test.each(badLists)('%s is refused', (_, ranked, k, message) => {
  expect(() => meanAveragePrecision([ranked], [new Set([1])], k)).toThrow(message)
})

test('no users, or lists without their sets, are refused', () => {
  expect(() => meanAveragePrecision([], [], 1)).toThrow('ranked holds no list')
  expect(() => meanAveragePrecision([[1]], [], 1)).toThrow('ranked holds 1 lists and relevant 0 sets')
})
