/** The guide's own figures: they count rightly, keep their numbers in their words, and are the same for the same data. */
import { describe, expect, test } from 'vitest'
import { doubleDqn } from '../../src/agents/double-dqn'
import { generateTables } from '../../src/data/generate-tables'
import { candyStore } from '../../src/envs/candy-store'
import { interquartileMean } from '../../src/evaluate/interquartile-mean'
import { dataAnalysis } from '../../src/figures/data-analysis'
import { describeFigure, type Figure, isFigure } from '../../src/figures/figure'
import { networkDrawing } from '../../src/figures/network-drawing'
import { sessionValues } from '../../src/figures/session-values'
import { shareOfTopFifth } from '../../src/figures/shop-counts'
import { systemDiagram } from '../../src/figures/system-diagram'
import { trainingFigure } from '../../src/figures/training-figure'
import type { SessionStep } from '../../src/train/follow-session'

const rising = (length: number, top: number) => Array.from({ length }, (_, at) => (top * at) / (length - 1))
const flat = (length: number, value: number) => Array.from({ length }, () => value)
const tables = () => generateTables({ seed: 42, users: 50, items: 20, interactions: 400 })

const steps = (): SessionStep[] => [
  { values: Float32Array.of(0.1, 3, 2, -1), shown: 1, taken: true, reward: 1 },
  { values: Float32Array.of(0.1, 1, 2.5, -1), shown: 2, taken: false, reward: -0.1 },
]
const labels = ['Fudge', 'Toffee', 'Nougat', 'Mints']
const small = () => ({
  layers: [Float32Array.of(1, -1, 0.5), Float32Array.of(0, 2), Float32Array.of(1, 4, -3)],
  groups: [
    { name: 'shopper', size: 2 },
    { name: 'context', size: 1 },
  ],
  outputs: ['Fudge', 'Toffee', 'Nougat'],
})

const figures: Record<string, () => Figure> = {
  'data analysis': () => dataAnalysis(tables()),
  'training figure': () =>
    trainingFigure([{ agent: 'Double DQN', returns: [rising(50, 6), rising(60, 5)], lengths: [flat(50, 10), flat(60, 10)] }]),
  'network drawing': () => networkDrawing(small()),
  'session values': () => sessionValues(steps(), { labels }),
  'system diagram': () => systemDiagram(),
}

describe.each(Object.entries(figures))('the %s', (_, make) => {
  test('is the same for the same data, and survives the way to the page', () => {
    expect(JSON.parse(JSON.stringify(make()))).toEqual(make()) // no NaN, no typed array, nothing undefined
    expect(isFigure(make())).toBe(true)
  })

  test('has a title and words that hold numbers', () => {
    expect(describeFigure(make())).toMatch(/^\w[^<]*\. .*\d/)
  })
})

describe('the data analysis', () => {
  const trace = (name: string, way: 'x' | 'y') =>
    dataAnalysis(tables())
      .data.filter(({ name: its }) => its === name)
      .flatMap(data => data[way] as number[])
      .reduce((sum, count) => sum + count, 0)

  test('counts every shopper, item and interaction once in each of their panels', () => {
    expect(trace('Shoppers by age', 'y')).toBe(50)
    expect(trace('Shoppers by gender', 'y')).toBe(50)
    expect(trace('Shoppers by location', 'x')).toBe(50)
    expect(trace('Items by kind', 'x')).toBe(20)
    expect(trace('Items by price', 'y')).toBe(20)
    expect(trace('Items by rating', 'y')).toBe(20)
    expect(trace('What shoppers did', 'x')).toBe(400)
    expect(trace('… by weekday', 'x')).toBe(400)
    expect(trace('… by hour of the day', 'y')).toBe(400)
    // Two ends of a step for each rank.
    expect(trace('Interactions by item', 'y')).toBe(800)
    expect(trace('… by shopper', 'y')).toBe(800)
  })

  test('draws the week from Monday', () => {
    const data = dataAnalysis(tables()).data.find(({ name }) => name === '… by weekday')!
    const { timestamp } = tables().interactions
    const days = Array.from(timestamp, seconds => new Date(seconds * 1000).getUTCDay())
    expect((data.y as string[])[0]).toBe('Monday')
    expect((data.x as number[])[0]).toBe(days.filter(day => day === 1).length)
    expect((data.x as number[])[6]).toBe(days.filter(day => day === 0).length)
  })

  test('keeps the names that are left out as one bar', () => {
    const many = tables()
    const users = { ...many.users, location: Array.from({ length: 50 }, (_, user) => `place ${user % 10}`) }
    const data = dataAnalysis({ ...many, users }).data.find(({ name }) => name === 'Shoppers by location')!
    expect((data.y as string[]).at(-1)).toBe('3 others')
    expect((data.x as number[]).reduce((sum, count) => sum + count, 0)).toBe(50)
  })

  test('draws a shop that nobody has visited', () => {
    const figure = dataAnalysis(generateTables({ seed: 1, users: 5, items: 5, interactions: 0 }))
    expect(describeFigure(figure)).toContain('0 interactions')
  })

  test('the share of the top fifth is that of the largest', () => {
    expect(shareOfTopFifth([6, 1, 1, 1, 1])).toBe(0.6)
    expect(shareOfTopFifth([0, 0])).toBe(0)
    expect(shareOfTopFifth([])).toBe(0)
  })
})

describe('the training figure', () => {
  const returns = [1, 2, 3, 4, 9].map(top => flat(30, top))

  test('draws the interquartile mean of the seeds within its band, above the lengths', () => {
    const { data } = trainingFigure([{ agent: 'PPO', returns, lengths: returns }], { window: 1 })
    const [low, high, line] = data.filter(({ yaxis }) => yaxis === 'y')
    expect((line!.y as number[])[0]).toBe(interquartileMean([1, 2, 3, 4, 9]))
    expect((low!.y as number[])[0]).toBeLessThan(3)
    expect((high!.y as number[])[0]).toBeGreaterThan(3)
    expect(data.filter(({ yaxis }) => yaxis === 'y2')).toHaveLength(3)
  })

  test('says when all episodes are of one length, and tells lengths that vary', () => {
    const same = trainingFigure([{ agent: 'PPO', returns: [[1, 2]], lengths: [[10, 10]] }], { window: 1 })
    expect(describeFigure(same)).toContain('every episode has 10 steps, so its curve is flat')
    const varying = trainingFigure([{ agent: 'PPO', returns: [[1, 2]], lengths: [[10, 30]] }], { window: 1 })
    expect(describeFigure(varying)).toContain('Episode length: PPO from 10 to 30 steps')
  })

  test('counts episodes where a number stands for several', () => {
    const { data } = trainingFigure([{ agent: 'PPO', returns: [[1, 2]], lengths: [[10, 10]], every: 20 }])
    expect(data[0]?.x).toEqual([20, 40])
  })

  test('refuses runs without seeds, and lengths of other episodes', () => {
    expect(() => trainingFigure([])).toThrow('at least one run')
    expect(() => trainingFigure([{ agent: 'PPO', returns: [[1, 2]], lengths: [[10]] }])).toThrow('seed 1 has 2 returns and 1 lengths')
    expect(() => trainingFigure([{ agent: 'PPO', returns: [[1, 2]], lengths: [] }])).toThrow(RangeError)
  })
})

describe('the network drawing', () => {
  const marks = (figure: Figure) => figure.data.filter(({ mode }) => mode === 'markers')

  test('has a column for each layer, the highest outputs named in order', () => {
    const figure = networkDrawing(small(), { top: 2 })
    expect(marks(figure).map(({ x }) => (x as number[])[0])).toEqual([0, 1, 2])
    const texts = figure.layout.annotations!.map(({ text }) => text!)
    expect(texts.filter(text => /Toffee|Fudge|Nougat/.test(text))).toEqual(['Toffee <b>4</b>', 'Fudge <b>1</b>'])
    expect(texts).toContain('1 others')
    expect(describeFigure(figure)).toContain('1 of the 2 units of hidden layer 1')
  })

  test('puts several units into a mark where a layer is large, none of two stretches of the input', () => {
    const input = Float32Array.from({ length: 100 }, (_, at) => (at < 50 ? 1 : -1))
    const figure = networkDrawing({
      layers: [input, new Float32Array(256).fill(2), new Float32Array(500)],
      groups: [
        { name: 'shopper', size: 50 },
        { name: 'history', size: 50 },
      ],
      outputs: Array.from({ length: 500 }, (_, item) => `item ${item}`),
    })
    const [inputs, hidden, outputs] = marks(figure)
    expect(new Set(inputs!.marker!.color as number[])).toEqual(new Set([1, -1]))
    for (const column of [inputs!, hidden!, outputs!]) expect((column.x as number[]).length).toBeLessThanOrEqual(48)
    expect(figure.layout.annotations!.some(({ text }) => text!.startsWith('means of 8'))).toBe(true)
  })

  test('draws a network of two units', () => {
    const figure = networkDrawing({ layers: [[1], [2]], groups: [{ name: 'price', size: 1 }], outputs: ['Fudge'] })
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure)
  })

  test('draws what raises blue and what lowers orange', () => {
    const weights = [new Float32Array(6).fill(1), Float32Array.of(0, 0, 0, 1, -1, 0)]
    const figure = networkDrawing({ ...small(), weights }, { top: 3 })
    const lines = figure.data.filter(({ mode, x }) => mode === 'lines' && (x as number[])[0] === 1)
    expect(lines.map(({ name, x }) => [name, (x as unknown[]).length])).toEqual([
      ['raises', 3],
      ['lowers', 3],
    ])
  })

  test('refuses groups, names and weights that do not fit', () => {
    expect(() => networkDrawing({ ...small(), groups: [{ name: 'shopper', size: 2 }] })).toThrow(
      'groups have 2 inputs together; the input has 3',
    )
    expect(() => networkDrawing({ ...small(), outputs: ['Fudge'] })).toThrow('1 names for 3 outputs')
    expect(() => networkDrawing({ ...small(), weights: [new Float32Array(6)] })).toThrow('a matrix for each pair')
    expect(() => networkDrawing({ ...small(), layers: [new Float32Array(3)] })).toThrow('at least two layers')
  })
})

describe('the values of a session', () => {
  test('are a frame for each step, the first of them drawn', () => {
    const figure = sessionValues(steps(), { labels })
    expect(figure.frames?.map(({ name }) => name)).toEqual(['1', '2'])
    expect(figure.data).toEqual(figure.frames?.[0]?.data)
    const slider = figure.layout.sliders?.[0]?.steps?.map(step => step?.args?.[0])
    expect(slider).toEqual([['1'], ['2']])
  })

  test('stand in the order of the start, and hold every item that is shown', () => {
    const figure = sessionValues(steps(), { labels, top: 1 })
    expect(figure.layout.yaxis?.ticktext).toEqual(['Toffee', 'Nougat'])
    expect(sessionValues(steps(), { labels, top: 3 }).layout.yaxis?.ticktext).toEqual(['Toffee', 'Nougat', 'Fudge'])
    expect(figure.frames?.[1]?.data[0]?.x).toEqual([1, 2.5])
  })

  test('say of each step what was shown, whether it was taken, and the return so far', () => {
    const figure = sessionValues(steps(), { labels })
    const captions = figure.frames?.map(({ layout }) => layout?.annotations?.[0]?.text)
    expect(captions).toEqual([
      'Step 1 of 2: <b>Toffee</b> taken (+1), return so far +1',
      'Step 2 of 2: <b>Nougat</b> ignored (−0.1), return so far +0.9',
    ])
    expect(describeFigure(figure)).toContain('2 steps, 1 of them taken, return 0.9')
  })

  test('need steps and names', () => {
    expect(() => sessionValues([], { labels })).toThrow('at least one step')
    expect(() => sessionValues(steps(), { labels: ['Fudge'] })).toThrow('1 names for 4 items')
    expect(() => sessionValues(steps(), { labels, top: 0 })).toThrow('top is 0')
  })
})

describe('the system diagram', () => {
  const texts = (figure: Figure) => figure.layout.annotations!.map(({ text }) => text!).join(' | ')

  test("without options has the guide's sizes", () => {
    const said = texts(systemDiagram())
    for (const size of ['42 numbers', '500 items', '<b>256</b><br>ReLU<br>dropout 0.2', '<b>128</b><br>ReLU |', '10,000 transitions']) {
      expect(said).toContain(size)
    }
  })

  test('has the sizes of the shop and the agent given', async () => {
    const env = candyStore(1, { users: 30, items: 12, timeFeatures: true, ignoredReward: -0.5 })
    const agent = await doubleDqn(env.spec, { hiddenUnits: [8, 4], dropout: 0, replayCapacity: 77, targetUpdate: 'hard', targetEvery: 9 })
    const figure = systemDiagram({ env: env.spec, agent: agent.options })
    const said = texts(figure)
    for (const size of ['44 numbers', 'context 4', '30 shoppers', '12 items', '<b>8</b><br>ReLU |', '77 transitions', 'every 9 updates']) {
      expect(said).toContain(size)
    }
    expect(said).toContain('+1 taken, −0.5 ignored, −0.2 repeated')
    expect(said).not.toContain('dropout')
    expect(describeFigure(figure)).toContain('A network 44 → 8 → 4 → 12 with ReLU')
    agent.dispose()
  })

  test('keeps to its width with many hidden layers', () => {
    const said = texts(systemDiagram({ agent: { hiddenUnits: [64, 64, 32, 32, 16, 8] } }))
    expect(said).toContain('3 more')
    expect(said).toContain('<b>8</b>')
  })
})
