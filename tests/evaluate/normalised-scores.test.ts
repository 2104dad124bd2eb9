import { expect, test } from 'vitest'
import { normalisedScores } from '../../src/evaluate/normalised-scores'

test('0 is the floor and 1 the goal, also where less is better', () => {
  expect(normalisedScores([2, 3, 6, 8], 2, 6)).toEqual([0, 0.25, 1, 1.5])
  expect(normalisedScores([5, 0], 10, 0)).toEqual([0.5, 1])
})

test('a scale of no length is refused, and numbers that are none', () => {
  expect(() => normalisedScores([1], 2, 2)).toThrow('floor and goal are both 2')
  expect(() => normalisedScores([1], Number.NaN, 2)).toThrow('floor is NaN')
  expect(() => normalisedScores([Number.NaN], 1, 2)).toThrow('scores[0] is NaN')
})
