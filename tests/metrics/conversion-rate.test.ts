import { expect, test } from 'vitest'
import { conversionRate } from '../../src/metrics/conversion-rate'

test('one purchase in four clicks: .25', () => {
  expect(conversionRate(1, 4)).toBe(0.25)
})

test('without a click it is 0', () => {
  expect(conversionRate(0, 0)).toBe(0)
})

test('counts below 0 and NaN are refused by name', () => {
  expect(() => conversionRate(Number.NaN, 2)).toThrow('purchases is NaN')
  expect(() => conversionRate(1, -2)).toThrow('clicks is -2')
})
