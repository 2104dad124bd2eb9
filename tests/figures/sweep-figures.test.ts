/** Figures of searches: every trial is drawn as what became of it, the best stands out, and what cannot be drawn is refused in words. */
import { describe, expect, test } from 'vitest'
import { describeFigure, type Figure, isFigure } from '../../src/figures/figure'
import { importanceBars } from '../../src/figures/importance-bars'
import { intermediateValues } from '../../src/figures/intermediate-values'
import { optimisationHistory } from '../../src/figures/optimisation-history'
import { parallelCoordinates } from '../../src/figures/parallel-coordinates'
import { slices } from '../../src/figures/slices'
import type { Configuration, SearchSpace } from '../../src/sweep/search-space'
import type { TrialRecord } from '../../src/sweep/trial-record'

const space: SearchSpace = {
  learningRate: { kind: 'float', low: 1e-5, high: 1e-2, log: true },
  hiddenUnits: {
    kind: 'categorical',
    choices: [
      [64, 64],
      [256, 256, 128],
    ],
  },
  epsilonDecay: { kind: 'categorical', choices: [0.9995, 0.995] },
  layers: { kind: 'int', low: 1, high: 4 },
}
const configuration: Configuration = { learningRate: 0.001, hiddenUnits: [256, 256, 128], epsilonDecay: 0.9995, layers: 2 }
const complete = (number: number, value: number, more: Configuration = {}): TrialRecord => ({
  number,
  configuration: { ...configuration, ...more },
  state: 'complete',
  value,
  intermediate: [
    { step: 10, value: value / 2 },
    { step: 20, value },
  ],
})
const pruned: TrialRecord = { number: 2, configuration, state: 'pruned', intermediate: [{ step: 10, value: 0.5 }] }
const failed: TrialRecord = { number: 3, configuration, state: 'failed', intermediate: [], error: 'the loss is NaN' }
const trials = [complete(0, 2), complete(1, 4, { learningRate: 0.0001 }), pruned, failed, complete(4, 3)]
const lost = [failed, { ...failed, number: 4 }]
const named = (figure: Figure, name: string) => figure.data.filter(trace => trace.name === name)

const figures: Record<string, (shown: readonly TrialRecord[]) => Figure> = {
  'optimisation history': shown => optimisationHistory([{ name: 'TPE', trials: shown }], { direction: 'maximise' }),
  'parallel coordinates': shown => parallelCoordinates(shown, { space, direction: 'maximise' }),
  slices: shown => slices(shown, { space, direction: 'maximise' }),
  'intermediate values': shown => intermediateValues(shown, { direction: 'maximise' }),
  'importance bars': () => importanceBars({ learningRate: 0.7, layers: { estimate: 0.1, low: -0.1, high: 0.3 } }),
}

describe.each(Object.entries(figures))('the figure %s', (_, draw) => {
  test.each([
    ['several trials', trials],
    ['a single trial', [complete(0, 2)]],
    ['equal values', [complete(0, 2), complete(1, 2), complete(2, 2)]],
  ])('of %s is the same every time, survives the way to the page, and says its numbers', (_, shown) => {
    const text = JSON.stringify(draw(shown))
    expect(JSON.stringify(draw(shown))).toBe(text)
    expect(JSON.parse(text)).toEqual(draw(shown)) // no NaN, no typed array, nothing undefined
    expect(isFigure(draw(shown))).toBe(true)
    expect(describeFigure(draw(shown))).toMatch(/^\w[^<]*\. .*\d.*\.$/)
    for (const [key, axis] of Object.entries(draw(shown).layout)) if (/^[xy]axis/.test(key)) expect(axis).toHaveProperty('title.text')
  })

  test('leaves the trials it is given as they are', () => {
    const given = [complete(1, 4), complete(0, 2)]
    const before = JSON.stringify(given)
    draw(given)
    expect(JSON.stringify(given)).toBe(before)
  })
})

describe('the history of a search', () => {
  const history = (shown: readonly TrialRecord[], direction: 'maximise' | 'minimise' = 'maximise') =>
    optimisationHistory([{ name: 'TPE', trials: shown }], { direction })

  test('has a line of the best so far, which only gets better, up to the last trial', () => {
    expect(named(history(trials), 'TPE')[0]).toMatchObject({ x: [0, 1, 4], y: [2, 4, 4] })
    expect(named(history(trials, 'minimise'), 'TPE')[0]).toMatchObject({ y: [2, 2, 2] })
    expect(named(history([complete(0, 1), failed]), 'TPE')[0]).toMatchObject({ x: [0, 3], y: [1, 1] })
  })

  test('marks a pruned trial at its last report, and a failed one below all values', () => {
    const figure = history(trials)
    expect(named(figure, 'TPE, pruned')[0]).toMatchObject({ x: [2], y: [0.5] })
    expect(named(figure, 'TPE, failed')[0]).toMatchObject({ x: [3], text: ['trial 3 failed: the loss is NaN'] })
    expect((named(figure, 'TPE, failed')[0]!.y as number[])[0]).toBeLessThan(0.5)
    expect(describeFigure(figure)).toContain('TPE: best 4, in trial 1, first 2, of 5 trials (3 complete, 1 pruned, 1 failed)')
  })

  test('of studies that all failed has no line and says so', () => {
    const figure = history(lost)
    expect(named(figure, 'TPE')[0]).toMatchObject({ x: [], y: [] })
    expect(describeFigure(figure)).toContain('TPE: no value in 2 trials (2 failed)')
  })

  test('repeated under several seeds shows the median best and the quartiles, as far as the shortest', () => {
    const repetitions = [
      [complete(0, 1), complete(1, 5), complete(2, 9)],
      [complete(0, 2), complete(1, 3)],
      [complete(0, 3), complete(1, 1)],
      lost,
    ].map(shown => ({ name: 'TPE', trials: shown }))
    const figure = optimisationHistory(repetitions, { direction: 'maximise' })
    expect(named(figure, 'TPE')[0]).toMatchObject({ x: [0, 1], y: [2, 3] })
    expect(named(figure, 'TPE, lower quartile')[0]).toMatchObject({ y: [1.5, 3] })
    expect(named(figure, 'TPE, upper quartile')[0]).toMatchObject({ y: [2.5, 4] })
    expect(describeFigure(figure)).toContain('TPE: median best 3 at trial 1, middle half 3 to 4, 3 repetitions, 1 more without any value')
  })

  test('refuses what it cannot draw, in words', () => {
    expect(() => optimisationHistory([], { direction: 'maximise' })).toThrow('at least one study')
    expect(() => history([])).toThrow("the study 'TPE' has no trials")
    const below = [{ name: 'TPE', trials: [complete(0, -1)] }]
    expect(() => optimisationHistory(below, { direction: 'minimise', log: true })).toThrow("trial 0 of 'TPE' has the value -1")
  })
})

describe('parallel coordinates', () => {
  const draw = (shown: readonly TrialRecord[], hyperparameters?: string[]) =>
    parallelCoordinates(shown, { space, direction: 'maximise', measure: 'Return', ...(hyperparameters && { hyperparameters }) })

  test('draw the best as a line of its own, across all axes to the value', () => {
    const best = named(draw(trials, ['learningRate', 'layers']), 'Best, trial 1')[0]!
    expect(best.x).toEqual([0, 1, 2, null])
    expect((best.y as number[]).map(y => y && Number(y.toFixed(2)))).toEqual([0.33, 0.33, 1, null]) // a third of three powers of ten; 2 of 1 to 4
    expect(best.line!.width).toBeGreaterThan(3)
  })

  test('say the best configuration exactly', () => {
    const said = describeFigure(draw(trials))
    expect(said).toContain('Return, to maximise, of 5 trials (3 complete, 1 pruned, 1 failed)')
    expect(said).toContain('Best 4, trial 1: learningRate 0.0001, hiddenUnits [256, 256, 128], epsilonDecay 0.9995, layers 2; worst 2')
  })

  test('of equal trials take the earlier as the best', () => {
    expect(named(draw([complete(7, 2), complete(3, 2)]), 'Best, trial 3')).toHaveLength(1)
  })

  test('label logarithmic axes with powers of ten, and choices as they are written, numbers rising', () => {
    const labels = (place: number) => (draw(trials).layout.annotations ?? []).filter(({ x }) => x === place).map(({ text }) => text)
    expect(labels(0)).toEqual(['1e-5', '0.0001', '0.001', '0.01'])
    expect(labels(1).map(text => text!.replaceAll('<br>', ' '))).toEqual(['[64, 64]', '[256, 256, 128]'])
    expect(labels(2)).toEqual(['0.995', '0.9995'])
    expect(labels(3)).toEqual(['1', '2', '3', '4'])
  })

  test('strew the lines of one choice a little, so that they can be told apart', () => {
    const middle = named(
      draw(
        [0, 1, 2, 3, 4, 5, 6, 7].map(number => complete(number, 8 - number)),
        ['hiddenUnits'],
      ),
      'Middle half',
    )[0]!
    const places = (middle.y as number[]).filter((_, at) => middle.x![at] === 0)
    expect(new Set(places).size).toBe(4)
    for (const at of places) expect(Math.abs(at - 1)).toBeLessThan(0.11)
  })

  test('leave a gap where a configuration lacks a hyperparameter', () => {
    const { layers: _, ...less } = configuration
    const best = named(draw([{ ...complete(0, 1), configuration: less }], ['learningRate', 'layers']), 'Best, trial 0')[0]!
    expect(best.y).toEqual([0.6667, null, 0.5, null])
  })

  test('widen an axis for values outside the space', () => {
    const labels = (draw([complete(0, 1, { layers: 9, epsilonDecay: 0.5 })]).layout.annotations ?? []).map(({ text }) => text)
    expect(labels).toContain('8')
    expect(labels).toContain('0.5')
  })

  test('tell where the best quarter lies, once a quarter is more than one trial', () => {
    const many = Array.from({ length: 8 }, (_, number) => complete(number, number, { learningRate: 10 ** -(2 + number / 4) }))
    expect(describeFigure(draw(many))).toContain(
      'The best quarter, 2 trials: learningRate 0.000178 to 0.000316, hiddenUnits [256, 256, 128] in 2',
    )
    expect(describeFigure(draw(trials))).not.toContain('quarter')
  })

  test('refuse what they cannot draw, in words', () => {
    expect(() => draw([])).toThrow('parallelCoordinates got no trials')
    expect(() => draw(lost)).toThrow("of 2 there is none (2 failed); one failed with 'the loss is NaN'")
    expect(() => draw(trials, ['dropout'])).toThrow("no 'dropout'; it has learningRate, hiddenUnits, epsilonDecay, layers")
    expect(() => draw([complete(5, 1, { learningRate: 0 })])).toThrow(
      'learningRate of trial 5 is 0; the search space wants a finite number above 0',
    )
    expect(() => draw([complete(5, 1, { layers: 'two' })])).toThrow('layers of trial 5 is "two"')
    expect(() => parallelCoordinates(trials, { space: {}, direction: 'maximise' })).toThrow('the search space is empty')
  })
})

describe('slices', () => {
  const draw = (shown: Parameters<typeof slices>[0]) => slices(shown, { space, direction: 'maximise', measure: 'Return' })

  test('have a panel for each hyperparameter, logarithmic where the space is', () => {
    const { data, layout } = draw(trials)
    expect(layout.xaxis).toMatchObject({ type: 'log', title: { text: 'learningRate (log)' } })
    expect(data[0]).toMatchObject({ x: [0.001, 0.0001, 0.001], y: [2, 4, 3], marker: { color: [0, 1, 4] } })
    expect(Object.keys(layout).filter(key => /^xaxis/.test(key))).toHaveLength(4)
    expect(describeFigure({ data, layout })).toContain('values 2 to 4. Best 4, trial 1: learningRate 0.0001')
  })

  test('strew the trials of one choice about its place, no two at the same', () => {
    const x = draw([0, 1, 2, 3, 4, 5].map(number => complete(number, 1))).data.filter(({ xaxis }) => xaxis === 'x2')[0]!.x as number[]
    expect(new Set(x).size).toBe(6)
    for (const at of x) expect(Math.abs(at - 1)).toBeLessThanOrEqual(0.25)
  })

  test('put a ring around the best', () => {
    expect(named(draw(trials), 'best')[0]).toMatchObject({ x: [0.0001], y: [4] })
  })

  test('colour several studies by their names', () => {
    const figure = draw([
      { name: 'Random', trials: [complete(0, 1)] },
      { name: 'TPE', trials },
    ])
    const [random, tpe] = ['Random', 'TPE'].map(name => named(figure, name)[0]!.marker!.color)
    expect(random).toMatch(/^rgba/)
    expect(random).not.toBe(tpe)
    expect(describeFigure(figure)).toContain('trial 1 of TPE')
  })

  test('leave out trials that lack the hyperparameter', () => {
    const bare = { ...complete(0, 1), configuration: { layers: 3 } }
    const panels = draw([bare]).data.filter(({ name }) => name === 'Trials')
    expect(panels.map(({ x }) => (x as number[]).length)).toEqual([0, 0, 0, 1])
  })

  test('refuse studies without a complete trial', () => {
    expect(() => draw([])).toThrow('slices got no trials')
    expect(() => draw([{ name: 'TPE', trials: lost }])).toThrow('of 2 there is none')
  })
})

describe('importance bars', () => {
  test('are sorted, equal ones in the order given', () => {
    const figure = importanceBars({ dropout: 0.1, learningRate: 0.7, discount: 0.1 })
    expect(figure.data[0]).toMatchObject({ y: ['learningRate', 'dropout', 'discount'], x: [0.7, 0.1, 0.1] })
    expect(figure.data[0]).not.toHaveProperty('error_x')
    expect(describeFigure(figure)).toContain('greatest first: learningRate 0.7, dropout 0.1, discount 0.1')
  })

  test('have intervals where they are given, from low to high', () => {
    const figure = importanceBars({ dropout: 0.1, discount: { estimate: 0.3, low: 0.2, high: 0.6 } })
    expect(figure.data[0]!.error_x).toMatchObject({ array: [expect.closeTo(0.3), 0], arrayminus: [expect.closeTo(0.1), 0] })
    expect(describeFigure(figure)).toContain('discount 0.3 (0.2 to 0.6), dropout 0.1.')
  })

  test('refuse what is no importance, in words', () => {
    expect(() => importanceBars({})).toThrow('at least one hyperparameter')
    expect(() => importanceBars({ dropout: Number.NaN })).toThrow('the importance of dropout is NaN')
    expect(() => importanceBars({ dropout: { estimate: 2, low: 0, high: 1 } })).toThrow('outside its interval from 0 to 1')
  })
})

describe('intermediate values', () => {
  const draw = (shown: readonly TrialRecord[], direction: 'maximise' | 'minimise' = 'maximise') =>
    intermediateValues(shown, { direction, step: 'Episode' })

  test('are a line for each trial, the best apart and pruned ones marked where they ended', () => {
    const figure = draw(trials)
    expect(named(figure, 'Best (trial 1)')[0]).toMatchObject({ x: [10, 20], y: [2, 4] })
    expect(named(figure, 'Complete')[0]!.x).toEqual([10, 20, null, 10, 20])
    expect(named(figure, 'Pruned (1)')[0]).toMatchObject({ x: [10], y: [0.5], mode: 'markers' })
    expect(named(draw(trials, 'minimise'), 'Best (trial 0)')).toHaveLength(1)
  })

  test('say how the best came about and who is missing', () => {
    const said = describeFigure(draw(trials))
    expect(said).toContain(
      'in 4 trials (3 complete, 1 pruned); the best, trial 1, went from 2 to 4 and was valued 4; pruned at episode 10; 1 without a report',
    )
    expect(describeFigure(draw([pruned]))).not.toContain('the best')
  })

  test('leave out reports that are no numbers', () => {
    const broken = { ...pruned, intermediate: [...pruned.intermediate, { step: 20, value: Number.NaN }] }
    expect(named(draw([broken]), 'Pruned')[0]!.y).toEqual([0.5])
  })

  test('are refused when no trial reported any', () => {
    expect(() => draw(lost)).toThrow('none of 2 has a report (2 failed)')
    expect(() => draw([])).toThrow('got none')
  })
})
