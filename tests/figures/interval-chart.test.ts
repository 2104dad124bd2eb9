import { expect, test } from 'vitest'
import { intervalChart } from '../../src/figures/interval-chart'

const rows = [
  { estimator: 'sure', estimate: 2, low: 1, high: 4 },
  { estimator: 'doubtful', estimate: 3, low: 0, high: 9, warning: 'too few rounds' },
]
const options = { title: 'Two estimates', unit: 'Reward per round' }

test('a row for each estimate, the first on top; those with warnings are drawn apart, and the words say all of it', () => {
  const { data, layout } = intervalChart(rows, { ...options, truth: 2.5 })
  expect(data.map(({ y }) => y)).toEqual([['sure'], ['doubtful']])
  expect(data[0]).toMatchObject({ x: [2], error_x: { array: [2], arrayminus: [1] } })
  expect(layout.yaxis).toMatchObject({ categoryarray: ['doubtful', 'sure'] })
  expect(layout.shapes).toMatchObject([{ x0: 2.5, x1: 2.5 }])
  expect(layout.meta.description).toBe(
    'Reward per round, estimate and 95 % interval: sure 2 (1 to 4); doubtful 3 (0 to 9, with a warning); the truth 2.5.',
  )
})

test('what is drawn is said under the title; warnings may be a list', () => {
  const heading = (...of: Parameters<typeof intervalChart>) => JSON.stringify(intervalChart(...of).layout.title)
  const listed = { estimator: 'listed', estimate: 3, low: 0, high: 9, warnings: ['too few rounds'] }
  expect(heading([rows[0]!, listed], { ...options, truth: 2.5, truthIs: 'its own log' })).toContain(
    'diamond: estimate, bar: 95 % interval; line: its own log, 2.5; grey: with a warning',
  )
  expect(heading([rows[0]!], options)).toMatch(/bar: 95 % interval</)
  expect(intervalChart([rows[0]!, listed], options).data.map(({ name }) => name)).toEqual(['estimate', 'with a warning'])
})

test('without a truth there is no line, without warnings no grey', () => {
  const { data, layout } = intervalChart([{ ...rows[0]!, warnings: [] }], options)
  expect(data).toHaveLength(1)
  expect(layout.shapes).toBeUndefined()
})

test('the words name the level', () => {
  const { meta } = intervalChart(rows, { ...options, level: 0.8 }).layout
  expect(meta.description).toContain('estimate and 80 % interval')
})

test('nothing to draw, and numbers that are none, are refused', () => {
  expect(() => intervalChart([], options)).toThrow('rows is empty')
  expect(() => intervalChart([{ ...rows[0]!, high: Infinity }], options)).toThrow('sure has Infinity')
  expect(() => intervalChart(rows, { ...options, truth: Number.NaN })).toThrow('truth is NaN')
})
