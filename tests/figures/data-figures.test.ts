/** The small figures of the data analysis: what is drawn is what was given, and the words hold the numbers. */
import { describe, expect, test } from 'vitest'
import { barChart } from '../../src/figures/bar-chart'
import { describeFigure, type Figure, isFigure } from '../../src/figures/figure'
import { heatMap } from '../../src/figures/heat-map'
import { longTail } from '../../src/figures/long-tail'
import { pointCloud } from '../../src/figures/point-cloud'

const bars = () =>
  barChart(['a', 'b'], [{ label: 'share', values: [0.2, 0.6], low: [0.1, 0.5], high: [0.4, 0.65] }], {
    title: 'Bars',
    across: 'Group',
    up: 'Share',
    note: 'bar: mean',
  })
const grid = () =>
  heatMap(
    ['Monday', 'Tuesday'],
    ['0', '1', '2'],
    [
      [1, 2, 3],
      [4, 9, 0],
    ],
    { title: 'Map', across: 'Hour', down: 'Weekday', unit: 'visits', digits: 1 },
  )
const tail = () =>
  longTail([
    { label: 'items', counts: [0, 10, 0, 0, 0] },
    { label: 'shoppers', counts: [2, 2, 2, 2, 2] },
  ])
const cloud = () =>
  pointCloud(
    Array.from({ length: 16 }, (_, at) => ({ x: at, y: 2 * at, group: `kind ${at % 8}`, label: `point ${at}` })),
    { title: 'Cloud', across: 'Price', up: 'Clicks', what: 'candies' },
  )

const figures: Record<string, () => Figure> = { 'bar chart': bars, 'heat map': grid, 'long tail': tail, 'point cloud': cloud }

describe.each(Object.entries(figures))('the %s', (_, make) => {
  test('is the same for the same data, survives the way to the page, and has words with numbers', () => {
    expect(JSON.parse(JSON.stringify(make()))).toEqual(make())
    expect(isFigure(make())).toBe(true)
    expect(describeFigure(make())).toMatch(/^\w[^<]*\. .*\d/)
  })
})

describe('the bar chart', () => {
  test('has intervals from low to high', () => {
    const { y, error_y } = bars().data[0] as { y: number[]; error_y: { array: number[]; arrayminus: number[] } }
    expect(y).toEqual([0.2, 0.6])
    expect(error_y.array[0]).toBeCloseTo(0.2, 12)
    expect(error_y.arrayminus[1]).toBeCloseTo(0.1, 12)
  })

  test('says which bar is the highest', () => {
    expect(describeFigure(bars())).toContain('share: 0.6 at most (b), 0.2 at least')
  })

  test('refuses a series that does not fit its names', () => {
    const options = { title: '', across: '', up: '' }
    expect(() => barChart(['a'], [{ label: 'x', values: [1, 2] }], options)).toThrow('x has 2 numbers for 1 names')
    expect(() => barChart(['a'], [{ label: 'x', values: [1], low: [] }], options)).toThrow('x has 0 numbers')
  })
})

describe('the heat map', () => {
  test('keeps rows and columns where they were', () => {
    const { x, y, z } = grid().data[0] as { x: string[]; y: string[]; z: number[][] }
    expect(z[y.indexOf('Tuesday')]![x.indexOf('1')]).toBe(9)
    expect(describeFigure(grid())).toContain('from 0 (Tuesday, 2) to 9 (Tuesday, 1)')
  })

  test('refuses a grid that does not fit', () => {
    const options = { title: '', across: '', down: '', unit: '' }
    expect(() => heatMap(['a'], ['b', 'c'], [[1]], options)).toThrow('1 rows of 2 numbers')
  })
})

describe('the long tail', () => {
  test('rises from nothing to everything, at once where one has all, evenly where all have the same', () => {
    const [items, shoppers] = tail().data
    expect(items!.y).toEqual([0, 100, 100, 100, 100, 100])
    expect(shoppers!.y).toEqual([0, 20, 40, 60, 80, 100])
    expect(items!.x).toEqual([0, 20, 40, 60, 80, 100])
  })

  test('says what the top fifth has', () => {
    expect(describeFigure(tail())).toContain('top fifth of the items has 100 % (Gini 0.80)')
    expect(describeFigure(tail())).toContain('top fifth of the shoppers has 20 % (Gini 0.00)')
  })
})

describe('the point cloud', () => {
  test('draws every point once, in its group', () => {
    const { data } = cloud()
    expect(data.map(({ name }) => name)).toEqual(Array.from({ length: 8 }, (_, at) => `kind ${at}`))
    expect(data.flatMap(({ x }) => x as number[]).sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, at) => at))
    expect(data[3]!.text).toEqual(['point 3', 'point 11'])
  })

  test('tells more groups apart than there are colours', () => {
    const looks = cloud().data.map(({ marker }) => `${marker!.color} ${marker!.symbol}`)
    expect(new Set(looks).size).toBe(8)
  })
})
