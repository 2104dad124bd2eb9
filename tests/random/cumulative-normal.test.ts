import { cumulativeStdNormalProbability } from 'simple-statistics'
import { expect, test } from 'vitest'
import { cumulativeNormal } from '../../src/random/cumulative-normal'

// Values to 15 digits from the tables of Abramowitz & Stegun, 26.2.
test('the normal distribution function at known points', () => {
  expect(cumulativeNormal(0)).toBe(0.5)
  expect(cumulativeNormal(1)).toBeCloseTo(0.841344746068543, 13)
  expect(cumulativeNormal(-2)).toBeCloseTo(0.0227501319481792, 13)
  expect(cumulativeNormal(3.5)).toBeCloseTo(0.999767370920964, 13)
  expect(cumulativeNormal(-3.0001)).toBeCloseTo(cumulativeNormal(-2.9999) - 0.0002 * 0.00443184841, 10)
  // The two formulas meet at 7.07, and far out a tail of 1e-15 is still right to four digits.
  expect(cumulativeNormal(-7.0711) / cumulativeNormal(-7.071)).toBeCloseTo(1 - 0.0001 * 7.21, 4)
  expect(cumulativeNormal(-8) / 6.220960574271785e-16).toBeCloseTo(1, 4)
  expect([cumulativeNormal(-40), cumulativeNormal(40)]).toEqual([0, 1])
  for (const z of [-2.5, -0.3, 0.8]) expect(Math.abs(cumulativeNormal(z) - cumulativeStdNormalProbability(z))).toBeLessThan(1e-4)
})
