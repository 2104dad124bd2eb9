import { expect, test } from 'vitest'
import { searchMap } from '../../src/figures/search-map'
import type { Configuration } from '../../src/sweep/search-space'
import type { TrialRecord } from '../../src/sweep/trial-record'

const float = (low: number, high: number) => ({ kind: 'float', low, high }) as const
const space = { a: float(0, 1), b: float(-2, 2) }
const hill = ({ a, b }: Configuration) => 1 + (a as number) + 10 * (b as number) ** 2
const trials = [
  [0.5, 1],
  [0.1, 0],
  [0.9, -1],
].map(([a, b], number): TrialRecord => {
  const configuration = { a: a!, b: b! }
  return { number, configuration, state: 'complete', value: hill(configuration), intermediate: [] }
})

test('draws the landscape, the trials in their order and a ring around the best, for each study', () => {
  const figure = searchMap(
    hill,
    [
      { name: 'grid', trials },
      { name: 'random', trials: trials.slice(0, 1) },
    ],
    { space, direction: 'minimise', log: true },
  )
  expect(figure.data.map(({ type }) => type)).toEqual(['contour', 'scatter', 'scatter', 'contour', 'scatter', 'scatter'])
  const [ground, dots, ring] = figure.data
  expect((ground!.z as number[][])[40]![0]).toBeCloseTo(Math.log10(41), 2)
  expect([dots!.x, dots!.y]).toEqual([
    [0.5, 0.1, 0.9],
    [1, 0, -1],
  ])
  expect([ring!.x, ring!.y]).toEqual([[0.1], [0]])
  expect(figure.layout.meta.description).toBe(
    'a and b, to minimise. grid: 3 trials, best 1.1 in trial 1; random: one trial, best 11.5 in trial 0.',
  )
})

test('needs two ranges and one to three studies', () => {
  const study = { name: 'grid', trials }
  expect(() => searchMap(hill, [study], { space: { a: float(0, 1) }, direction: 'minimise' })).toThrow('two numbers')
  expect(() => searchMap(hill, [], { space, direction: 'minimise' })).toThrow('one to three')
  expect(() => searchMap(hill, [{ name: 'grid', trials: [] }], { space, direction: 'minimise' })).toThrow('searchMap got no trials')
})
