import { expect, test } from 'vitest'
import { howManySeeds } from '../../src/evaluate/how-many-seeds'
import { meanInterval } from '../../src/evaluate/mean-interval'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

// Published tables of the paired t test, two-sided .05, power .8 (Cohen 1988, table 2.4.1 for one sample): 34 for d = .5, 15 for .8, 199 for .2.
test('agrees with published tables to a seed', () => {
  expect(Math.abs(howManySeeds(0.5, 1) - 34)).toBeLessThanOrEqual(1)
  expect(Math.abs(howManySeeds(0.8, 1) - 15)).toBeLessThanOrEqual(1)
  expect(Math.abs(howManySeeds(0.2, 1) - 199)).toBeLessThanOrEqual(1)
})

// By the noncentral t distribution (scipy), d = .5, power .8: 51 at level .99, 27 at .9.
test('another level needs other numbers', () => {
  expect(Math.abs(howManySeeds(0.5, 1, { level: 0.99 }) - 51)).toBeLessThanOrEqual(1)
  expect(Math.abs(howManySeeds(0.5, 1, { level: 0.9 }) - 27)).toBeLessThanOrEqual(1)
})

test('only the quotient of effect and spread counts; a sure thing needs two', () => {
  expect(howManySeeds(5, 10)).toBe(howManySeeds(0.5, 1))
  expect(howManySeeds(1, 0)).toBe(2)
  expect(howManySeeds(0.5, 1, { power: 0.95 })).toBeGreaterThan(howManySeeds(0.5, 1))
})

test('no less power needs more seeds, and what chance alone gives needs two', () => {
  const seeds = [0.001, 0.01, 0.025, 0.1, 0.5, 0.9, 0.99].map(power => howManySeeds(0.2, 1, { power }))
  expect(seeds).toEqual([...seeds].sort((one, other) => one - other))
  expect(seeds[0]).toBe(2)
})

test('with so many seeds the effect is found as often as promised', () => {
  const generator = stream(1, 'pilot')
  const seeds = howManySeeds(1, 1)
  let found = 0
  for (let study = 0; study < 4000; study++) {
    if (meanInterval(Array.from({ length: seeds }, () => 1 + normal(generator))).low > 0) found++
  }
  // Never less than .8 but for chance; at most what one or two seeds more bring.
  expect(found / 4000).toBeGreaterThan(0.8 - 0.02)
  expect(found / 4000).toBeLessThan(0.9)
})

test('what cannot be is refused', () => {
  expect(() => howManySeeds(0, 1)).toThrow('effect is 0; it must be a number above 0')
  expect(() => howManySeeds(1, -1)).toThrow('spread is -1')
  expect(() => howManySeeds(1, 1, { power: 1 })).toThrow('power is 1')
  expect(() => howManySeeds(1, 1, { level: 1.5 })).toThrow('level is 1.5')
  expect(() => howManySeeds(1e-6, 1)).toThrow('more than a million seeds')
})
