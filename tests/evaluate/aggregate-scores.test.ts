import { describe, expect, test } from 'vitest'
import { aggregateScores } from '../../src/evaluate/aggregate-scores'
import { bootstrapInterval } from '../../src/evaluate/bootstrap-interval'

describe('aggregate scores', () => {
  // Task means .4 and 1.
  const tasks = [
    [0.1, 0.2, 0.5, 0.8],
    [0.8, 0.6, 1.2, 1.4],
  ]

  test('are those of the definitions, by hand', () => {
    const { median, mean, interquartileMean, optimalityGap } = aggregateScores(tasks, { resamples: 10 })
    expect(median.estimate).toBeCloseTo(0.7, 12) // of .4 and 1
    expect(mean.estimate).toBeCloseTo(0.7, 12)
    expect(interquartileMean.estimate).toBeCloseTo((0.5 + 0.6 + 0.8 + 0.8) / 4, 12)
    expect(optimalityGap.estimate).toBeCloseTo((0.9 + 0.8 + 0.5 + 0.2 + 0.2 + 0.4) / 8, 12)
  })

  test('the median of a single task is that of its runs', () => {
    expect(aggregateScores([[1, 2, 30]], { resamples: 10 }).median.estimate).toBe(2)
  })

  test('the target moves the gap alone', () => {
    const [low, high] = [aggregateScores(tasks, { target: 1, resamples: 50 }), aggregateScores(tasks, { target: 2, resamples: 50 })]
    expect(high.optimalityGap.estimate).toBeCloseTo(1.3, 12)
    expect({ ...high, optimalityGap: 0 }).toEqual({ ...low, optimalityGap: 0 })
  })

  test('intervals hold the estimate, and the order of tasks does not matter to it', () => {
    const [one, other] = [aggregateScores(tasks), aggregateScores([tasks[1]!, tasks[0]!])]
    for (const name of ['median', 'mean', 'interquartileMean', 'optimalityGap'] as const) {
      expect(one[name].low).toBeLessThan(one[name].estimate)
      expect(one[name].high).toBeGreaterThan(one[name].estimate)
      expect(other[name].estimate).toBeCloseTo(one[name].estimate, 12)
    }
  })

  test('tasks with more runs and with fewer: the median is that of their means', () => {
    // Means 2, 10 and 4.
    expect(aggregateScores([[1, 2, 3], [10], [4, 4]], { resamples: 10 }).median.estimate).toBe(4)
  })

  test('options are those of the bootstrap', () => {
    const options = { resamples: 300, level: 0.5, seed: 7 }
    expect(aggregateScores(tasks, options).interquartileMean).toEqual(bootstrapInterval(tasks, options))
  })

  test('a task without runs is refused', () => {
    expect(() => aggregateScores([[1], []])).toThrow('strata[1] is empty')
    expect(() => aggregateScores([])).toThrow('strata is empty')
  })
})

test('scores that are not in a list of tasks are told so', () => {
  expect(() => aggregateScores([1, 2, 3] as never)).toThrow('strata[0] is 1; each task is a list of scores, so for one task give [scores]')
})
