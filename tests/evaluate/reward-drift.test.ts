import { describe, expect, test } from 'vitest'
import { rewardDrift } from '../../src/evaluate/reward-drift'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

function rewards(seed: number, count: number, mean: (at: number) => number): Float64Array {
  const generator = stream(seed, 'rewards')
  return Float64Array.from({ length: count }, (_, at) => mean(at) + normal(generator))
}

describe('reward drift', () => {
  test('of 60 series that never change at most 3 raise the alarm, but many when the reference is short', () => {
    const alarms = (reference: number) => {
      const drifts = Array.from({ length: 60 }, (_, seed) => {
        const steady = rewards(seed, 10_000, () => 4)
        return rewardDrift(steady, { reference }).alarm
      })
      return drifts.filter(alarm => alarm !== undefined).length
    }
    expect(alarms(1000)).toBeLessThanOrEqual(3)
    expect(alarms(30)).toBeGreaterThan(15)
  })

  test.each([
    ['fall', -0.5],
    ['rise', 0.5],
  ])('a %s by half a standard deviation is noticed within 400 visits, and not before', (direction, shift) => {
    for (let seed = 100; seed < 120; seed++) {
      const drift = rewardDrift(
        rewards(seed, 4000, at => (at < 2000 ? 4 : 4 + shift)),
        { reference: 1000 },
      )
      expect(drift.direction).toBe(direction)
      expect(drift.alarm).toBeGreaterThanOrEqual(2000)
      expect(drift.alarm).toBeLessThan(2400)
    }
  })

  test('the sums are those of the formula, by hand', () => {
    // Mean 2, standard deviation sqrt(30 / 29); then 5, which is 3 above.
    const usual = Array.from({ length: 30 }, (_, at) => (at % 2 ? 3 : 1))
    const deviation = Math.sqrt(30 / 29)
    const { mean, sums } = rewardDrift([...usual, 5, 2], { reference: 30, slack: 0.5 })
    expect(mean).toBe(2)
    expect(sums[29]).toBe(0)
    expect(sums[30]).toBeCloseTo(3 / deviation - 0.5, 12)
    expect(sums[31]).toBeCloseTo(3 / deviation - 1, 12)
  })

  test('rewards that never varied raise the alarm at the first other one', () => {
    const drift = rewardDrift([...Array.from({ length: 40 }, () => 1), 1, 0.9], { reference: 40 })
    expect(drift).toMatchObject({ alarm: 41, direction: 'fall' })
  })

  test('what cannot be watched is refused in words', () => {
    const some = Array.from({ length: 50 }, () => 1)
    expect(() => rewardDrift(some, { reference: 50 })).toThrow(
      'reference is 50; it must be a whole number from 30 to below the 50 rewards there are',
    )
    expect(() => rewardDrift(some, { reference: 40, slack: -1 })).toThrow('slack is -1')
    expect(() => rewardDrift([...some, Number.NaN], { reference: 40 })).toThrow('rewards[50] is NaN')
  })
})
