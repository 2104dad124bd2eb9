import { expect, test } from 'vitest'
import { describeFigure } from '../../src/figures/figure'
import { radar } from '../../src/figures/radar'

const rows = [
  { agent: 'Double DQN', seed: 1, clicks: 0.2, profit: 8, cost: 1, loss: -1 },
  { agent: 'Double DQN', seed: 2, clicks: 0.4, profit: 12, cost: 3, loss: -3 },
  { agent: 'random', seed: 1, clicks: 0.1, profit: 4, cost: 4, loss: -4 },
]
const axes = [
  { column: 'clicks', title: 'Clicks', range: [0, 0.5] },
  { column: 'profit', title: 'Profit' },
  { column: 'cost', title: 'Cost', lowerIsBetter: true },
] as const

test('a corner for each metric, between the ends of its own axis, and the first once more', () => {
  // Double DQN: .3 of 0 to .5; 10 of 0 to 10; 2 from 4 down to 0. random: .1; 4; 4.
  const { data } = radar(rows, axes)
  expect(data.map(({ name, r }) => [name, r])).toEqual([
    ['Double DQN', [0.6, 1, 0.5, 0.6]],
    ['random', [0.2, 0.4, 0, 0.2]],
  ])
})

test('true values stand on hover, the scale under each title, from centre to rim', () => {
  const [trace] = radar(rows, axes).data
  expect(trace!.text).toEqual([
    'Double DQN<br>Clicks: 0.3',
    'Double DQN<br>Profit: 10',
    'Double DQN<br>Cost: 2',
    'Double DQN<br>Clicks: 0.3',
  ])
  const ends = (trace as unknown as { theta: string[] }).theta.map(name => name.replace(/<br><span[^>]*>/, ' ').replace('</span>', ''))
  expect(ends).toEqual(['Clicks 0 to 0.5', 'Profit 0 to 10', 'Cost 4 to 0', 'Clicks 0 to 0.5'])
})

test('an axis below 0 goes from the lowest to the highest, and one where all are 0 has a scale too', () => {
  const none = rows.map(row => ({ ...row, nothing: 0 }))
  const { data } = radar(none, [...axes.slice(0, 1), { column: 'loss', title: 'Loss' }, { column: 'nothing', title: 'Nothing' }])
  expect(data.map(({ r }) => r!.slice(1, 3))).toEqual([
    [1, 0],
    [0, 0],
  ])
})

test('one agent alone below 0 stands in the centre of an axis that ends at 0', () => {
  const [trace] = radar(rows.slice(2), [...axes.slice(0, 2), { column: 'loss', title: 'Loss' }]).data
  expect(trace!.r![2]).toBe(0)
  expect((trace as unknown as { theta: string[] }).theta[2]).toContain('-4 to 0')
})

test('one agent alone needs no legend', () => {
  expect([radar(rows, axes).layout.showlegend, radar(rows.slice(0, 2), axes).layout.showlegend]).toEqual([true, false])
})

test('says in words what it shows, survives the way to the page, and is the same for the same data', () => {
  const figure = radar(rows, axes, { title: 'Four weeks' })
  expect(describeFigure(figure)).toBe(
    'Four weeks. Double DQN: Clicks 0.3, Profit 10, Cost 2; random: Clicks 0.1, Profit 4, Cost 4. Outside is better; from centre to rim: Clicks 0 to 0.5, Profit 0 to 10, Cost 4 to 0.',
  )
  expect(JSON.parse(JSON.stringify(figure))).toEqual(radar(rows, axes, { title: 'Four weeks' }))
})

test('what cannot be drawn is refused', () => {
  expect(() => radar([], axes)).toThrow('rows is empty')
  expect(() => radar([rows[0]!, { clicks: 1, profit: 1, cost: 1 }], axes)).toThrow('rows[1] has no agent')
  expect(() => radar(rows, axes.slice(0, 2))).toThrow('axes has 2; a radar needs three at least')
  expect(() => radar(rows, [...axes, { column: 'wish', title: 'Wish' }])).toThrow('wish of Double DQN is undefined')
  expect(() => radar(rows, [...axes, { column: 'profit', title: 'Profit', range: [0, 5] }])).toThrow(
    'profit of Double DQN is 10; its range is 0 to 5',
  )
  expect(() => radar(rows, [...axes, { column: 'profit', title: 'Profit', range: [5, 12] }])).toThrow(
    'profit of random is 4; its range is 5 to 12',
  )
  expect(() => radar(rows, [...axes, { column: 'profit', title: 'Profit', range: [5, 5] }])).toThrow('range of profit is 5 to 5')
  expect(() => radar(rows, [...axes, { column: 'profit', title: 'Profit', range: [0, Infinity] }])).toThrow(
    'range of profit is 0 to Infinity',
  )
  expect(() => radar([{ ...rows[0], profit: Number.NaN }], axes)).toThrow('profit of Double DQN is NaN')
})
