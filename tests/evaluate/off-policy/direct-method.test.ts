import { expect, test } from 'vitest'
import { directMethod } from '../../../src/evaluate/off-policy/direct-method'
import { logOf } from './bandit-support'

const log = logOf([0, 1], [1, 0], [0.5, 0.5])

// (.5 · .2 + .5 · .6 + 0 · 0 + 1 · 1) / 2
test('is what the model expects of the judged policy', () => {
  expect(directMethod(log, [0.5, 0.5, 0, 1], [0.2, 0.6, 0, 1]).estimate).toBeCloseTo(0.7, 12)
})

test('what the model, or the policy, cannot be is refused', () => {
  expect(() => directMethod(log, [0.5, 0.5, 0, 1], [0.2, 0.6, 0])).toThrow('rewards has 3 numbers; there must be 4')
  expect(() => directMethod(log, [0.5, 0.5, 0, 1], [0.2, 0.6, Number.NaN, 1])).toThrow('rewards[2] is NaN; it must be a finite number')
  expect(() => directMethod(log, [0.5, 0.5], [0.2, 0.6, 0, 1])).toThrow('this estimator needs 4')
})
