import { expect, test } from 'vitest'
import { checkCounts } from '../../src/metrics/check-counts'

test('gives the sum of what are counts', () => {
  expect(checkCounts('shown', [1, 0, 2.5])).toBe(3.5)
})

test('what are none are refused', () => {
  expect(() => checkCounts('shown', [1, -1])).toThrow('shown[1] is -1; it is a number of interactions, 0 or more')
  expect(() => checkCounts('shown', [Number.NaN])).toThrow('shown[0] is NaN')
  expect(() => checkCounts('shown', [Infinity])).toThrow('shown[0] is Infinity')
  expect(() => checkCounts('shown', [0, 0])).toThrow('shown has no interaction at all')
  expect(() => checkCounts('shown', [])).toThrow('shown has no interaction at all')
})
