import { expect, test } from 'vitest'
import { describeFigure } from '../../src/figures/figure'
import { funnel } from '../../src/figures/funnel'
import { purchaseFunnel } from '../../src/metrics/purchase-funnel'

const one = { label: 'random', stages: purchaseFunnel({ view: 2000, like: 500, cart: 100, purchase: 20 }) }
const other = { label: 'Double DQN', stages: purchaseFunnel({ view: 1000, like: 500, cart: 200, purchase: 100 }) }

test('a bar for each stage with its count and its share of the stage before, more on hover', () => {
  const [trace] = funnel([one]).data
  expect(trace).toMatchObject({ y: ['view', 'like', 'cart', 'purchase'], x: [2000, 500, 100, 20], type: 'funnel' })
  expect(trace!.text).toEqual(['2,000', '500 (25 %)', '100 (20 %)', '20 (20 %)'])
  expect(trace!.hovertext![1]).toBe('random<br>like: 500<br>25 % of view, drop-off 75 %<br>25 % of view')
  expect(trace!.hovertext![3]).toBe('random<br>purchase: 20<br>20 % of cart, drop-off 80 %<br>1 % of view')
})

test('several stand side by side, each in its own colour, with a legend', () => {
  const { data, layout } = funnel([one, other], { unit: 'Sessions' })
  expect(data.map(({ name }) => name)).toEqual(['random', 'Double DQN'])
  expect(data[0]!.marker!.color).not.toBe(data[1]!.marker!.color)
  expect([layout.showlegend, funnel([one]).layout.showlegend]).toEqual([true, false])
  // Bands from stage to stage would cross those of the others.
  const bands = (...series: (typeof one)[]) =>
    funnel(series).data.map(trace => (trace as { connector?: { visible: boolean } }).connector!.visible)
  expect([bands(one), bands(one, other)]).toEqual([[true], [false, false]])
})

test('says in words what it shows and survives the way to the page', () => {
  const figure = funnel([one], { title: 'A week', unit: 'Sessions' })
  expect(describeFigure(figure)).toBe(
    'A week. Sessions by stage. random: view 2,000, like 500 (drop-off 75 %), cart 100 (drop-off 80 %), purchase 20 (drop-off 80 %).',
  )
  expect(JSON.parse(JSON.stringify(figure))).toEqual(funnel([one], { title: 'A week', unit: 'Sessions' }))
})

test('no stage, and stages that differ, are refused', () => {
  expect(() => funnel([])).toThrow('series holds no stage')
  expect(() => funnel([one, { label: 'LinUCB', stages: one.stages.slice(1) }])).toThrow(
    'LinUCB has the stages like, cart, purchase; all must have view, like, cart, purchase',
  )
  expect(() => funnel([one, { label: 'LinUCB', stages: one.stages.slice(0, 3) }])).toThrow('LinUCB has the stages view, like, cart; all')
})
