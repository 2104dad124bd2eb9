import { expect, test } from 'vitest'
import { meanDifference } from '../../src/evaluate/mean-difference'
import { testPower, visitsNeeded } from '../../src/evaluate/visits-needed'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

test('is the textbook number', () => {
  // (1.959964 + .841621)² · .09 / (.25 · .0001) = 28,256
  expect(visitsNeeded(0.01, 0.09)).toBe(28_256)
  expect(visitsNeeded(-0.01, 0.09)).toBe(28_256)
  // .25 / .09 times as many where one group has a tenth; at .01 false positives (2.575829 + .841621)² · 3600.
  expect(visitsNeeded(0.01, 0.09, 0.8, { share: 0.1 })).toBe(78_489)
  expect(visitsNeeded(0.01, 0.09, 0.8, { falsePositives: 0.01 })).toBe(42_045)
})

test('power and visits are each other turned round', () => {
  for (const power of [0.5, 0.8, 0.95]) expect(testPower(0.01, 0.09, visitsNeeded(0.01, 0.09, power))).toBeCloseTo(power, 3)
  const options = { falsePositives: 0.01, share: 0.2 }
  expect(testPower(0.01, 0.09, visitsNeeded(0.01, 0.09, 0.8, options), options)).toBeCloseTo(0.8, 3)
})

test('where next to nothing is there, both tails together find it as often as chance does', () => {
  expect(testPower(1e-9, 1, 100)).toBeCloseTo(0.05, 6)
  expect(testPower(1e-9, 1, 100, { falsePositives: 0.2 })).toBeCloseTo(0.2, 6)
})

test('less power never needs more visits, and what chance alone gives needs two', () => {
  const visits = [0.001, 0.01, 0.025, 0.1, 0.5, 0.9, 0.99].map(power => visitsNeeded(0.01, 0.09, power))
  expect(visits).toEqual([...visits].sort((one, other) => one - other))
  expect(visits[0]).toBe(2)
})

test('a simulated test finds the effect as often as promised', () => {
  const generator = stream(1, 'visits')
  const visits = visitsNeeded(0.5, 1)
  const half = Math.ceil(visits / 2)
  let found = 0
  for (let run = 0; run < 2000; run++) {
    const group = (shift: number) => Array.from({ length: half }, () => shift + normal(generator))
    if (meanDifference(group(0), group(0.5)).pValue < 0.05) found++
  }
  expect(Math.abs(found / 2000 - 0.8)).toBeLessThan(0.03)
})

test('what cannot be is refused', () => {
  expect(() => visitsNeeded(0, 1)).toThrow('effect is 0')
  expect(() => visitsNeeded(1, 0)).toThrow('variance is 0')
  expect(() => visitsNeeded(1, 1, 1.5)).toThrow('power is 1.5')
  expect(() => testPower(1, 1, 100, { share: 1 })).toThrow('share is 1')
  expect(() => visitsNeeded(1, 1, 0.8, { falsePositives: 0 })).toThrow('falsePositives is 0')
  expect(() => testPower(1, 1, 1)).toThrow('visits is 1')
})
