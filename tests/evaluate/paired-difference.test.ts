import { mean } from 'simple-statistics'
import { expect, test } from 'vitest'
import { bootstrapInterval } from '../../src/evaluate/bootstrap-interval'
import { meanInterval } from '../../src/evaluate/mean-interval'
import { pairedDifference } from '../../src/evaluate/paired-difference'

const row = (agent: string, seed: number, value: number) => ({ agent, seed, return: value, clicks: 10 * value })

test('is the mean difference over the seeds that both have', () => {
  const rows = [row('a', 1, 3), row('a', 2, 5), row('a', 9, 100), row('b', 2, 4), row('b', 1, 1), row('b', 8, -100)]
  const difference = pairedDifference(rows, 'a', 'b')
  expect(difference).toEqual({ ...meanInterval([2, 1]), pairs: 2 })
  expect(difference.estimate).toBe(1.5)
  expect(pairedDifference(rows, 'a', 'b', { level: 0.5 })).toEqual({ ...meanInterval([2, 1], 0.5), pairs: 2 })
  expect(pairedDifference(rows, 'a', 'b', { measure: 'clicks' }).estimate).toBe(15)
  expect(pairedDifference(rows, 'b', 'a').estimate).toBe(-1.5)
})

// What a seed brings to both (here its tenfold) is far larger than the difference, and cancels out.
test('is sure where two separate means are not', () => {
  const seeds = [1, 2, 3, 4, 5, 6]
  const mine = seeds.map(seed => row('a', seed, 10 * seed + 1 + (seed % 2) / 10))
  const theirs = seeds.map(seed => row('b', seed, 10 * seed))
  const { low, high } = pairedDifference([...mine, ...theirs], 'a', 'b')
  expect(low).toBeGreaterThan(0.9)
  expect(high).toBeLessThan(1.2)
  const alone = bootstrapInterval([mine.map(one => one.return)], { statistic: mean })
  expect(alone.high - alone.low).toBeGreaterThan(10)
})

test('agents without a common seed, a seed twice and a missing column are refused', () => {
  expect(() => pairedDifference([row('a', 1, 3), row('b', 2, 4)], 'a', 'b')).toThrow('have no seed in common')
  expect(() => pairedDifference([row('a', 1, 3)], 'a', 'c')).toThrow("'c' (0 rows)")
  expect(() => pairedDifference([row('a', 1, 3), row('a', 1, 4), row('b', 1, 1)], 'a', 'b')).toThrow('a has two rows for seed 1')
  expect(() => pairedDifference([row('a', 1, 3), row('b', 1, 4)], 'a', 'b', { measure: 'profit' })).toThrow(
    "'profit' of a, seed 1, is undefined",
  )
})
