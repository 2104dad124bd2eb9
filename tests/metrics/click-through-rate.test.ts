import { expect, test } from 'vitest'
import { clickThroughRate } from '../../src/metrics/click-through-rate'

test('three clicks on twelve impressions: .25', () => {
  expect(clickThroughRate(3, 12)).toBe(0.25)
})

test('without an impression it is 0', () => {
  expect(clickThroughRate(0, 0)).toBe(0)
})

test('counts below 0 and NaN are refused by name', () => {
  expect(() => clickThroughRate(-1, 2)).toThrow(new RangeError('clicks is -1; it is a number of events, 0 or more'))
  expect(() => clickThroughRate(1, Number.NaN)).toThrow('impressions is NaN')
})
