/** Figures: the same data gives the same drawing, every figure says what it is, and the words hold the numbers. */
import type { Layout, Plot } from 'nodeplotlib'
import { describe, expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { meanInterval } from '../../src/evaluate/mean-interval'
import { comparison } from '../../src/figures/comparison'
import { describeFigure, type Figure, isFigure } from '../../src/figures/figure'
import { learningCurve } from '../../src/figures/learning-curve'
import { recommendations } from '../../src/figures/recommendations'
import { shopOverview } from '../../src/figures/shop-overview'
import { agentColours, PALETTE, readable } from '../../src/figures/theme'
import { thin } from '../../src/figures/thin'
import { trainingProgress } from '../../src/figures/training-progress'

const rising = (length: number, top: number) => Array.from({ length }, (_, at) => (top * at) / (length - 1))
const tables = () => generateTables({ seed: 42, users: 50, items: 20, interactions: 400 })
const rows = [
  { agent: 'Double DQN', seed: 1, return: 6 },
  { agent: 'Double DQN', seed: 2, return: 7 },
  { agent: 'random', seed: 1, return: 1 },
  { agent: 'random', seed: 2, return: 2 },
]
const figures: Record<string, () => Figure> = {
  'learning curve': () => learningCurve([{ agent: 'Double DQN', returns: [rising(200, 6)] }]),
  'learning curves of several seeds': () => learningCurve([{ agent: 'Double DQN', returns: [rising(50, 6), rising(60, 5)] }]),
  'training progress': () =>
    trainingProgress({ returns: rising(100, 5), epsilons: rising(100, 1), losses: rising(100, 2), lengths: rising(100, 30) }),
  comparison: () => comparison(rows),
  'shop overview': () => shopOverview(tables()),
  recommendations: () =>
    recommendations([
      { label: 'Toffee', score: 2 },
      { label: 'Fudge', score: 1 },
    ]),
}

describe.each(Object.entries(figures))('the figure %s', (_, make) => {
  test('is the same for the same data, and survives the way to the page', () => {
    const text = JSON.stringify(make())
    expect(JSON.stringify(make())).toBe(text)
    expect(JSON.parse(text)).toEqual(make()) // no NaN, no typed array, nothing undefined
    expect(isFigure(make())).toBe(true)
  })

  test('has a title, words that hold numbers, and titles on its axes as plotly.js 4 wants them', () => {
    const figure = make()
    expect(describeFigure(figure)).toMatch(/^\w[^<]*\. .*\d/)
    const axes = Object.entries(figure.layout).filter(([key]) => /^[xy]axis/.test(key))
    expect(axes.length).toBeGreaterThan(1)
    for (const [, axis] of axes) expect(axis).toHaveProperty('title.text')
    expect(axes.filter(([, axis]) => (axis as { title: { text: string } }).title.text !== '').length).toBeGreaterThanOrEqual(
      axes.length / 2,
    )
    expect(JSON.stringify(figure)).not.toContain('titlefont')
  })

  test('is a specification that nodeplotlib can draw', () => {
    const { data, layout }: { data: Plot[]; layout: Layout } = make()
    expect(data.length).toBeGreaterThan(0)
    expect(layout.height).toBeGreaterThan(0)
  })
})

describe('the colour of an agent', () => {
  test('is the same however its name is written and whoever stands beside it', () => {
    const alone = agentColours(['Double DQN']).get('Double DQN')
    for (const name of ['double-dqn', 'doubleDqn', 'Double DQN']) expect(agentColours(['random', name, 'LinUCB']).get(name)).toBe(alone)
  })

  test('is not shared by agents of one figure while there are colours left', () => {
    const agents = ['Double DQN', 'LinUCB', 'popularity', 'SARSA', 'PPO', 'SlateQ', 'random']
    expect(new Set(agentColours(agents).values()).size).toBe(agents.length)
    expect(agentColours(['SARSA', 'Double DQN']).get('Double DQN')).toBe(PALETTE[0])
  })
})

test('a learning curve averages seeds over the episodes that all of them have', () => {
  const figure = learningCurve(
    [
      {
        agent: 'PPO',
        returns: [
          [1, 2, 3],
          [3, 4],
        ],
      },
    ],
    { window: 1 },
  )
  const line = figure.data.find(({ name }) => name === 'PPO')
  expect(line?.x).toEqual([1, 2])
  expect(line?.y).toEqual([2, 3])
  const bands = [meanInterval([1, 3]), meanInterval([2, 4])]
  expect(figure.data[0]?.y).toEqual(bands.map(({ low }) => low))
  expect(figure.data[1]?.y).toEqual(bands.map(({ high }) => high))
})

test('a learning curve without seeds is refused', () => {
  expect(() => learningCurve([])).toThrow(RangeError)
  expect(() => learningCurve([{ agent: 'PPO', returns: [] }])).toThrow('at least one seed')
})

test('training progress leaves out panels that have nothing to show, and draws gaps where a value is missing', () => {
  const bandit = trainingProgress({ returns: [1, 2, 3], epsilons: [Number.NaN, Number.NaN, Number.NaN], losses: [Number.NaN, 2, 1] })
  expect(bandit.data.map(({ name }) => name)).toEqual(['Each episode', 'Mean of 1', 'Loss'])
  expect(bandit.data[2]?.y).toEqual([null, 2, 1])
})

test('training progress of a run that was stopped says so, and needs no episode', () => {
  expect(describeFigure(trainingProgress({ returns: [1, 2] }, { interrupted: true }))).toContain('Stopped after 2 episodes')
  expect(describeFigure(trainingProgress({ returns: [] }))).toContain('No episode has finished yet')
})

test('a comparison says each mean with its interval', () => {
  expect(describeFigure(comparison(rows))).toContain('Double DQN 6.5 (6 to 7); random 1.5 (1 to 2)')
})

test('the overview counts every interaction once', () => {
  const { data } = shopOverview(tables())
  const total = (name: string) => (data.find(trace => trace.name === name)!.y as number[]).reduce((sum, count) => sum + count, 0)
  for (const panel of ['Popularity: the long tail', 'What shoppers did', 'Interactions by hour']) expect(total(panel)).toBe(400)
  expect(total('Shoppers by age')).toBe(50)
  expect(total('Items by price')).toBe(20)
})

test('recommendations keep their order, also with equal names', () => {
  const figure = recommendations([
    { label: 'Fudge', score: 3 },
    { label: 'Fudge', score: 2 },
  ])
  expect(figure.data[0]?.x).toEqual([3, 2])
  expect(figure.data[0]?.y).toEqual([0, 1])
})

test('a thinned curve keeps its ends', () => {
  expect(thin(3, 10)).toEqual([0, 1, 2])
  const places = thin(5000, 300)
  expect([places.length, places[0], places.at(-1)]).toEqual([300, 0, 4999])
})

test('numbers are written for people', () => {
  expect([1234567, 0.012345, 99.96, -2, Number.NaN].map(value => readable(value))).toEqual(['1,234,567', '0.0123', '100', '-2', 'none'])
})
