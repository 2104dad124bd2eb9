import { describe, expect, test } from 'vitest'
import { parzenFigure } from '../../src/figures/parzen-figure'
import { parzenDensities } from '../../src/sweep/parzen-densities'
import type { TrialRecord } from '../../src/sweep/trial-record'

const trial = (number: number, rate: number, value: number): TrialRecord => ({
  ...{ number, configuration: { rate }, state: 'complete', value, intermediate: [] },
})
const rate = { kind: 'float', low: 0.001, high: 1, log: true } as const
/** The nearer to 0.01 the better: lower. */
const trials = Array.from({ length: 30 }, (_, number) => {
  const place = 0.001 * 1000 ** (number / 29)
  return trial(number, place, Math.abs(Math.log(place / 0.01)))
})

describe('the densities of TPE', () => {
  const { at, good, other, goodTrials, otherTrials } = parzenDensities(trials, 'rate', rate, 'minimise', 201)

  test('hold all of their mass in the range', () => {
    for (const density of [good, other]) {
      const inner = density.reduce((sum, value) => sum + value, 0) - (density[0]! + density[200]!) / 2
      expect(inner / 200).toBeCloseTo(1, 2)
    }
    expect(at[0]).toBeCloseTo(0.001, 10)
    expect(at[200]).toBe(1)
    expect(at[100]).toBeCloseTo(Math.sqrt(0.001), 6)
  })

  test('are high where the best tenth lies, and where the rest does', () => {
    expect(goodTrials).toHaveLength(3)
    expect(otherTrials).toHaveLength(27)
    const top = at[good.indexOf(Math.max(...good))]!
    expect(top).toBeGreaterThan(0.006)
    expect(top).toBeLessThan(0.016)
    expect(other[200]!).toBeGreaterThan(5 * good[200]!)
  })

  test('turn with the direction', () => {
    const turned = parzenDensities(trials, 'rate', rate, 'maximise', 201)
    expect(turned.good[200]!).toBeGreaterThan(turned.good[66]!)
  })

  test('are refused where they would be no curves', () => {
    expect(() => parzenDensities(trials, 'rate', { kind: 'categorical', choices: [1, 2] }, 'minimise')).toThrow('rate has choices or steps')
    expect(() => parzenDensities([], 'rate', rate, 'minimise')).toThrow('no complete trial has a rate of its range')
    expect(() => parzenDensities(trials, 'rate', rate, 'minimise', 1)).toThrow('points is 1; it must be a whole number, at least 2')
  })

  test('pass over trials that lack the hyperparameter or lie outside its range, as after a change of the space', () => {
    const others: TrialRecord[] = [trial(30, 7, -1), { ...trial(31, 0.5, -1), configuration: { size: 2 } }]
    expect(parzenDensities([...trials, ...others], 'rate', rate, 'minimise', 201)).toEqual({ at, good, other, goodTrials, otherTrials })
  })

  test('are drawn with their trials, and where the next one is likely is said', () => {
    const figure = parzenFigure({ at, good, other, goodTrials, otherTrials }, { name: 'rate', log: true })
    expect(figure.data.map(({ name }) => name)).toEqual(['Density of the best trials', 'Density of the others', 'Best (3)', 'Others (27)'])
    expect(figure.layout.meta.description).toMatch(/3 best trials and of the 27 others along rate; .* at 0\.0\d+\.$/)
  })
})
