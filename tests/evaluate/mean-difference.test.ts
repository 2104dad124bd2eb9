import { describe, expect, test } from 'vitest'
import { meanDifference } from '../../src/evaluate/mean-difference'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

const sample = (seed: number, name: string, count: number, mean: number, deviation: number) => {
  const generator = stream(seed, name)
  return Float64Array.from({ length: count }, () => mean + deviation * normal(generator))
}

describe('the difference of two means', () => {
  test('is that of the formula, by hand', () => {
    const first = Array.from({ length: 40 }, (_, at) => at % 2) // mean 1/2, variance 10/39
    const second = Array.from({ length: 80 }, (_, at) => (at % 4 === 0 ? 0 : 1)) // mean 3/4, variance 15/79
    const { means, estimate, low, high, pValue } = meanDifference(first, second)
    const spread = Math.sqrt(10 / 39 / 40 + 15 / 79 / 80)
    expect(means).toEqual([0.5, 0.75])
    expect(estimate).toBe(0.25)
    expect(high - estimate).toBeCloseTo(1.96 * spread, 3)
    expect(estimate - low).toBeCloseTo(1.96 * spread, 3)
    // z = 2.6675, whose two-sided p is .00764.
    expect(pValue).toBeCloseTo(0.00764, 4)
  })

  test('its 95 % intervals hold the truth in 92 to 98 of 100 experiments, with unequal sizes and spreads', () => {
    const runs = 500
    let held = 0
    for (let seed = 0; seed < runs; seed++) {
      const { low, high } = meanDifference(sample(seed, 'first', 300, 1, 2), sample(seed, 'second', 60, 1.5, 0.5))
      if (low <= 0.5 && 0.5 <= high) held++
    }
    expect(held / runs).toBeGreaterThan(0.92)
    expect(held / runs).toBeLessThan(0.98)
  })

  test('a difference many times its error has a tiny p-value, not the end of a table', () => {
    const { pValue } = meanDifference(sample(1, 'first', 400, 0, 1), sample(1, 'second', 400, 1, 1))
    expect(pValue).toBeGreaterThan(0)
    expect(pValue).toBeLessThan(1e-20)
  })

  test('groups that are too small are refused', () => {
    expect(() =>
      meanDifference(
        Array.from({ length: 29 }, () => 1),
        sample(1, 'x', 30, 0, 1),
      ),
    ).toThrow(/a group has 29 outcomes; at least 30/)
  })

  test('outcomes and levels that are none are refused', () => {
    const fine = sample(1, 'x', 30, 0, 1)
    const wrong = fine.map((outcome, at) => (at === 4 ? Number.NaN : outcome))
    expect(() => meanDifference(fine, wrong)).toThrow('second[4] is NaN')
    expect(() => meanDifference(wrong, fine)).toThrow('first[4] is NaN')
    expect(() => meanDifference(fine, fine, 1)).toThrow('level is 1')
  })

  test('groups that never vary differ for certain, or not at all', () => {
    const ones = Array.from({ length: 30 }, () => 1)
    expect(meanDifference(ones, ones)).toMatchObject({ estimate: 0, low: 0, high: 0, pValue: 1 })
    expect(
      meanDifference(
        ones,
        ones.map(() => 2),
      ),
    ).toMatchObject({ estimate: 1, pValue: 0 })
  })
})
