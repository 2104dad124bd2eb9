import { describe, expect, test } from 'vitest'
import { meanDifference } from '../../src/evaluate/mean-difference'
import { runningDifference } from '../../src/evaluate/running-difference'
import { chance, normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

function traffic(visits: number, difference: number, seed = 1) {
  const draws = stream(seed, 'traffic')
  const assigned = Uint8Array.from({ length: visits }, () => (chance(draws, 0.5) ? 1 : 0))
  const outcomes = Float64Array.from(assigned, group => 5 + group * difference + normal(draws))
  return { assigned, outcomes }
}

describe('runningDifference', () => {
  test('each look is what the test would say if it had ended there', () => {
    const { assigned, outcomes } = traffic(900, 0.5)
    for (const look of runningDifference({ assigned, outcomes }, 150)) {
      const group = (wanted: number) => outcomes.filter((_, visit) => visit < look.visits && assigned[visit] === wanted)
      const { estimate, low, high } = meanDifference(group(0), group(1))
      expect(look.estimate).toBeCloseTo(estimate, 10)
      expect(look.low).toBeCloseTo(low, 10)
      expect(look.high).toBeCloseTo(high, 10)
    }
  })

  test('looks come every so many visits, the first when both groups have 30', () => {
    const looks = runningDifference(traffic(500, 0), 40)
    expect(looks[0]!.visits).toBeGreaterThanOrEqual(80)
    expect(looks.map(({ visits }) => visits % 40)).toEqual(looks.map(() => 0))
    expect(looks[looks.length - 1]!.visits).toBe(480)
    expect(runningDifference(traffic(50, 0), 10)).toEqual([])
  })

  test('of policies that do not differ, frequent lookers who stop at once report far more differences', () => {
    const excludes = ({ low, high }: { low: number; high: number }) => low > 0 || high < 0
    const tests = Array.from({ length: 300 }, (_, seed) => runningDifference(traffic(600, 0, seed), 20))
    const atTheEnd = tests.filter(looks => excludes(looks[looks.length - 1]!)).length / 300
    const anyTime = tests.filter(looks => looks.some(excludes)).length / 300
    expect(atTheEnd).toBeLessThan(0.09)
    expect(anyTime).toBeGreaterThan(0.15)
  })

  test.each([
    [0, 0.95, /every is 0/],
    [1.5, 0.95, /every is 1.5/],
    [10, 1, /level is 1/],
  ])('every %s and level %s are refused', (every, level, message) => {
    expect(() => runningDifference(traffic(100, 0), every, level)).toThrow(message)
  })

  test('an outcome that is no number is refused', () => {
    expect(() => runningDifference({ assigned: [0, 1], outcomes: [1, Number.NaN] }, 1)).toThrow('outcomes[1] is NaN')
  })

  test('lists of different visits are refused', () => {
    expect(() => runningDifference({ assigned: [0, 1], outcomes: [1] }, 1)).toThrow(/the same ones/)
  })
})
