import { expect, test } from 'vitest'
import { performanceProfile } from '../../src/evaluate/performance-profile'

test('is the share of runs above each score, the mean over tasks', () => {
  const points = performanceProfile(
    [
      [1, 2, 3, 4],
      [2, 2],
    ],
    [0, 1, 2, 3.5],
  )
  // Above 1: 3/4 and 2/2; above 2: 2/4 and 0; above 3.5: 1/4 and 0.
  expect(points.map(({ score, estimate }) => [score, estimate])).toEqual([
    [0, 1],
    [1, 0.875],
    [2, 0.25],
    [3.5, 0.125],
  ])
})

test('never rises, ends at 0, and its intervals hold it', () => {
  const points = performanceProfile([[5, 1, 4, 2, 8]])
  expect(points.map(({ score }) => score)).toEqual([1, 2, 4, 5, 8])
  expect(points.map(({ estimate }) => estimate)).toEqual([0.8, 0.6, 0.4, 0.2, 0])
  for (const { estimate, low, high } of points) expect(low <= estimate && estimate <= high).toBe(true)
  expect(points[1]!.low).toBeLessThan(0.6)
})

test('runs are drawn within their task, the same for all scores, as the seed and the level have it', () => {
  const alike = performanceProfile(
    [
      [0, 0, 0],
      [10, 10, 10],
    ],
    [5],
  )
  expect(alike).toEqual([{ score: 5, estimate: 0.5, low: 0.5, high: 0.5 }])
  // Odd numbers of resamples, so that no quantile is rounded away.
  const runs = Array.from({ length: 30 }, (_, run) => (run * 7) % 31)
  const at = (score: number, options = {}) => {
    const { estimate, low, high } = performanceProfile([runs], [score], { resamples: 99, ...options })[0]!
    return { estimate, low, high }
  }
  for (const place of [3, 9, 14, 20, 26]) expect(at(place + 0.5)).toEqual(at(place + 0.25))
  expect([3, 9, 14, 20, 26].map(place => at(place, { seed: 1 }))).not.toEqual([3, 9, 14, 20, 26].map(place => at(place, { seed: 2 })))
  const width = (level: number) => at(14, { level }).high - at(14, { level }).low
  expect(width(0.5)).toBeLessThan(0.6 * width(0.95))
})

test('empty tasks are refused', () => {
  expect(() => performanceProfile([])).toThrow('strata is empty')
  expect(() => performanceProfile([[]])).toThrow('strata[0] is empty')
  expect(() => performanceProfile([[1]], [Number.NaN])).toThrow('at[0] is NaN')
})
