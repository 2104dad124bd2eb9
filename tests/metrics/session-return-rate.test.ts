import { expect, test } from 'vitest'
import { sessionReturnRate } from '../../src/metrics/session-return-rate'

test('the share of sessions after which the shopper came back', () => {
  expect(sessionReturnRate(3, 12)).toBe(0.25)
  expect(sessionReturnRate(0, 0)).toBe(0)
})

test('counts that are none are refused', () => {
  expect(() => sessionReturnRate(Number.NaN, 4)).toThrow('returns is NaN')
  expect(() => sessionReturnRate(1, -4)).toThrow('sessions is -4')
})
