import { expect, test } from 'vitest'
import { cumulativeNormal } from '../../src/random/cumulative-normal'
import { normalQuantile } from '../../src/random/normal-quantile'

test('has the well-known values', () => {
  expect(normalQuantile(0.5)).toBeCloseTo(0, 12)
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 11)
  expect(normalQuantile(0.8)).toBeCloseTo(0.8416212335729143, 11)
  expect(normalQuantile(0.0001)).toBeCloseTo(-3.719016485455709, 10)
})

test('turns the cumulative probability round', () => {
  for (const probability of [2e-290, 1e-100, 1e-17, 9e-16, 1e-9, 1e-6, 0.01, 0.2, 0.7, 0.999]) {
    expect(Math.abs(cumulativeNormal(normalQuantile(probability)) / probability - 1)).toBeLessThan(1e-10)
  }
})

// scipy.stats.norm.ppf
test('far out it is right to 1e-9', () => {
  expect(normalQuantile(1e-15)).toBeCloseTo(-7.941345326170998, 8)
  expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 8)
  expect(normalQuantile(1e-100)).toBeCloseTo(-21.273453560965322, 8)
})

test('what is no probability is refused', () => {
  for (const wrong of [0, 1, -0.1, 1e-291, Number.NaN]) expect(() => normalQuantile(wrong)).toThrow(`probability is ${wrong}`)
})
