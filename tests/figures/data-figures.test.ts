/** The small figures of the data analysis: what is drawn is what was given, and the words hold the numbers. */
import { describe, expect, test } from 'vitest'
import { barChart } from '../../src/figures/bar-chart'
import { describeFigure, type Figure, isFigure } from '../../src/figures/figure'
import { heatMap } from '../../src/figures/heat-map'
import { histogram } from '../../src/figures/histogram'
import { lineChart } from '../../src/figures/line-chart'
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

const lines = () =>
  lineChart(
    [
      { label: 'up', x: [0, 1, 2], y: [1, 2, 4], low: [0, 1, 3], high: [2, 3, 5] },
      { label: 'down', x: [0, 1, 2], y: [4, 2, 1] },
    ],
    { title: 'Lines', across: 'Sensitivity', up: 'Return' },
  )
// Ten numbers in two intervals of width 5: 0 to 4, and 5 to 10 (the last number belongs to the last interval).
const spread = () =>
  histogram([{ label: 'price', values: Float64Array.of(0, 1, 2, 3, 5, 6, 7, 8, 9, 10) }], {
    title: 'Spread',
    across: 'Price',
    what: 'products',
    bins: 2,
  })

const figures: Record<string, () => Figure> = {
  'bar chart': bars,
  'heat map': grid,
  'long tail': tail,
  'point cloud': cloud,
  'line chart': lines,
  histogram: spread,
}

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

  test('says how many are in each group, and of one group alone nothing', () => {
    const options = { title: '', across: 'price', up: 'clicks', what: 'candies' }
    const points = [0, 1, 2].map(x => ({ x, y: x, group: x < 2 ? 'new' : 'old' }))
    expect(describeFigure(pointCloud(points, options))).toBe('3 candies by price and clicks, in 2 groups: new 2, old 1.')
    expect(describeFigure(pointCloud(points.slice(0, 2), options))).toBe('2 candies by price and clicks.')
  })
})

describe('the line chart', () => {
  test('draws a band from low to high and the line above it', () => {
    const [band, line] = lines().data as { y: number[] }[]
    expect(band!.y).toEqual([2, 3, 5, 3, 1, 0])
    expect(line!.y).toEqual([1, 2, 4])
  })

  test('says where each line begins, ends and is highest', () => {
    expect(describeFigure(lines())).toContain('up from 1 to 4, highest 4 at 2; down from 4 to 1, highest 4 at 0')
  })

  test('marks on a logarithmic axis the places that were given, while they are few enough to be read', () => {
    const over = (places: readonly (readonly number[])[]) => {
      const series = places.map((x, at) => ({ label: `line ${at}`, x, y: x }))
      return lineChart(series, { title: '', across: '', up: '', logarithmic: true }).layout.xaxis!
    }
    expect(
      over([
        [0.01, 0.1, 0.03],
        [1, 0.1],
      ]),
    ).toMatchObject({
      ...{ type: 'log', tickmode: 'array', tickvals: [0.01, 0.03, 0.1, 1], ticktext: ['0.01', '0.03', '0.1', '1'] },
    })
    expect(over([Array.from({ length: 13 }, (_, at) => at + 1)])).not.toHaveProperty('tickvals')
    expect(lines().layout.xaxis).not.toHaveProperty('tickvals')
  })

  test('has powers of ten upwards as well where both axes are logarithmic, and otherwise not', () => {
    const series = [{ label: 'a', x: [10, 100], y: [0.1, 1] }]
    const up = (logarithmic: boolean | 'both') => lineChart(series, { title: '', across: '', up: '', logarithmic }).layout.yaxis
    expect(up('both')).toMatchObject({ type: 'log', dtick: 1 })
    expect(up(true)).not.toHaveProperty('type')
  })

  test('refuses a line that does not fit its places', () => {
    const options = { title: '', across: '', up: '' }
    expect(() => lineChart([{ label: 'a', x: [1, 2], y: [1] }], options)).toThrow('a has 1 numbers for 2 places')
    expect(() => lineChart([], options)).toThrow('series is empty')
  })
})

describe('the histogram', () => {
  test('has the share of the numbers in each interval', () => {
    expect((spread().data[0] as { x: number[]; y: number[] }).y).toEqual([0.4, 0.6])
    expect((spread().data[0] as { x: number[]; y: number[] }).x).toEqual([2.5, 7.5])
  })

  test('draws numbers that are all alike, and refuses what cannot be drawn', () => {
    const options = { title: '', across: '', what: 'things' }
    expect((histogram([{ label: 'a', values: [3, 3] }], options).data[0] as { y: number[] }).y[0]).toBe(1)
    expect(() => histogram([{ label: 'a', values: [] }], options)).toThrow('a has no numbers')
    expect(() => histogram([{ label: 'a', values: [Number.NaN] }], options)).toThrow('a has the value NaN')
  })
})
