import { expect, test } from 'vitest'
import { averageOrderValue } from '../../src/metrics/average-order-value'

test('revenue by orders', () => {
  expect(averageOrderValue(30, 4)).toBe(7.5)
  expect(averageOrderValue(0, 0)).toBe(0)
})

test('what is no revenue and no number of orders is refused', () => {
  expect(() => averageOrderValue(-1, 4)).toThrow('revenue is -1; it must be a number of at least 0')
  expect(() => averageOrderValue(1, Number.NaN)).toThrow('orders is NaN')
})
