import { expect, test } from 'vitest'
import { bySetting, settingPoints } from '../../src/figures/by-setting'

const rows = ['1', '100', 'all'].flatMap((agent, at) =>
  [1, 2, 3, 4, 5].map(seed => ({ agent, seed, return: 10 * at + seed, steps: 100 - at })),
)
const options = { title: 'Diary', setting: 'experiences kept', measures: [{ column: 'return', title: 'Return of a visit' }] }

test('a value has its interquartile mean, its interval and its seeds, in the order of the rows', () => {
  const points = settingPoints(rows, 'return')
  expect(points.map(({ value, estimate }) => [value, estimate])).toEqual([
    ['1', 3],
    ['100', 13],
    ['all', 23],
  ])
  const { low, high, seeds } = points[1]!
  expect(seeds).toEqual([11, 12, 13, 14, 15])
  expect(low).toBeGreaterThanOrEqual(11)
  expect(low).toBeLessThan(13)
  expect(high).toBeGreaterThan(13)
})

test('values lie side by side with their names, whatever they are', () => {
  const { data, layout } = bySetting(rows, options)
  expect(data[1]).toMatchObject({ x: [0, 1, 2], y: [3, 13, 23] })
  expect(layout.xaxis).toMatchObject({ tickvals: [0, 1, 2], ticktext: ['1', '100', 'all'] })
  expect(data[0]!.x).toHaveLength(15)
})

test('says in words what it shows', () => {
  const { description } = bySetting(rows, options).layout.meta
  expect(description).toContain('Return of a visit, by experiences kept: 1: 3 (')
  expect(description).toContain('5 seeds')
})

test('several measures have panels of their own that do not overlap', () => {
  const layout = bySetting(rows, { ...options, measures: [...options.measures, { column: 'steps', title: 'Steps' }] })
    .layout as unknown as Record<string, { domain: number[] }>
  expect(layout.xaxis!.domain[1]).toBeLessThan(layout.xaxis2!.domain[0]!)
})

test('none and more than three measures are refused', () => {
  expect(() => bySetting(rows, { ...options, measures: [] })).toThrow('measures has 0')
  expect(() => bySetting(rows, { ...options, measures: Array(4).fill(options.measures[0]) })).toThrow('measures has 4')
})
