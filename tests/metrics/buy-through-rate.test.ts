import { expect, test } from 'vitest'
import { buyThroughRate } from '../../src/metrics/buy-through-rate'
import { clickThroughRate } from '../../src/metrics/click-through-rate'
import { conversionRate } from '../../src/metrics/conversion-rate'

test('purchases by impressions: the click-through rate times the conversion rate', () => {
  expect(buyThroughRate(3, 40)).toBe(0.075)
  expect(buyThroughRate(3, 40)).toBeCloseTo(clickThroughRate(12, 40) * conversionRate(3, 12), 12)
  expect(buyThroughRate(2, 0)).toBe(0)
})

test('counts that are none are refused', () => {
  expect(() => buyThroughRate(-1, 4)).toThrow('purchases is -1')
  expect(() => buyThroughRate(1, Number.NaN)).toThrow('impressions is NaN')
})
