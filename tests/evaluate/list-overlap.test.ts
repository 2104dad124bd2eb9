import { expect, test } from 'vitest'
import { listOverlap } from '../../src/evaluate/list-overlap'

test('the mean number of shared items over all pairs, whatever their order', () => {
  expect(
    listOverlap([
      [1, 2, 3],
      [3, 2, 9],
      [7, 8, 1],
    ]),
  ).toBeCloseTo((2 + 1 + 0) / 3, 12)
  expect(listOverlap([Int32Array.of(4, 5), [5, 4]])).toBe(2)
})

test('one list agrees with nobody: it is refused', () => {
  expect(() => listOverlap([[1]])).toThrow(/at least two/)
})
