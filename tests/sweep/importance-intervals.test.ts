import { expect, test } from 'vitest'
import { stream } from '../../src/random/generator'
import { importance } from '../../src/sweep/importance'
import { importanceIntervals } from '../../src/sweep/importance-intervals'
import type { TrialRecord } from '../../src/sweep/trial-record'

const unit = { kind: 'float', low: 0, high: 1 } as const
const space = { matters: unit, idle: unit }
const trials = (count: number) =>
  Array.from({ length: count }, (_, number): TrialRecord => {
    const chance = stream(number, 'trial')
    const configuration = { matters: chance.next(), idle: chance.next() }
    return { number, configuration, state: 'complete', value: (configuration.matters - 0.3) ** 2, intermediate: [] }
  })

test('the intervals hold the importances, and are narrower the more trials there are', () => {
  const few = importanceIntervals(trials(20), { space })
  const many = importanceIntervals(trials(300), { space })
  expect(many.matters!.estimate).toBe(importance(trials(300), { space }).matters)
  for (const { estimate, low, high } of [...Object.values(few), ...Object.values(many)]) {
    expect(low).toBeLessThanOrEqual(estimate)
    expect(high).toBeGreaterThanOrEqual(estimate)
  }
  expect(few.matters!.low).toBeLessThan(few.matters!.estimate)
  expect(few.idle!.high).toBeGreaterThan(few.idle!.estimate)
  expect(many.matters!.high - many.matters!.low).toBeLessThan(few.matters!.high - few.matters!.low)
  expect(many.matters!.low).toBeGreaterThan(many.idle!.high)
})

test('the same seed gives the same intervals, and nothing is asked of no trials', () => {
  expect(importanceIntervals(trials(20), { space }, { resamples: 20 })).toEqual(
    importanceIntervals(trials(20), { space }, { resamples: 20 }),
  )
  expect(() => importanceIntervals(trials(20), { space }, { resamples: 0 })).toThrow('resamples is 0')
  expect(() => importanceIntervals([], { space })).toThrow('no trial is complete')
})
