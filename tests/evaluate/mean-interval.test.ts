import { describe, expect, test } from 'vitest'
import { meanInterval, studentQuantile } from '../../src/evaluate/mean-interval'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

describe("Student's interval of a mean", () => {
  // Tables of the t distribution, as in Abramowitz & Stegun 26.10.
  test.each([
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 4, 2.776],
    [0.95, 5, 2.015],
    [0.995, 9, 3.25],
    [0.975, 30, 2.042],
    [0.975, 120, 1.98],
    [0.025, 4, -2.776],
  ])('its quantile at %f with %i degrees of freedom is %f', (probability, degrees, value) => {
    expect(studentQuantile(probability, degrees)).toBeCloseTo(value, 3)
  })

  test('is mean ± quantile · deviation / √n', () => {
    const { estimate, low, high } = meanInterval([1, 2, 3, 4, 5])
    expect(estimate).toBe(3)
    expect(high - 3).toBeCloseTo((2.7764 * Math.sqrt(2.5)) / Math.sqrt(5), 3)
    expect(3 - low).toBeCloseTo(high - 3, 12)
  })

  test('holds the truth in 93 to 97 of 100 experiments with five normal scores', () => {
    const generator = stream(1, 'coverage')
    let held = 0
    for (let run = 0; run < 4000; run++) {
      const { low, high } = meanInterval(Array.from({ length: 5 }, () => 2 + normal(generator)))
      if (low < 2 && 2 < high) held++
    }
    expect(held / 4000).toBeGreaterThan(0.93)
    expect(held / 4000).toBeLessThan(0.97)
  })

  test('of one score is everything', () => {
    expect(meanInterval([3])).toEqual({ estimate: 3, low: -Infinity, high: Infinity })
    expect(() => meanInterval([])).toThrow('scores is empty')
    expect(() => meanInterval([1, 2], 1)).toThrow('level is 1')
  })
})
