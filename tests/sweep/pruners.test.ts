import { describe, expect, test } from 'vitest'
import { ashaPruner } from '../../src/sweep/asha-pruner'
import { makePruner } from '../../src/sweep/make-pruner'
import { medianPruner } from '../../src/sweep/median-pruner'
import { noPruner, type PrunerSpec } from '../../src/sweep/pruner'
import type { TrialRecord } from '../../src/sweep/trial-record'

/** A trial that reported these values at steps 1, 2, 3, … */
const trial = (number: number, values: readonly number[], state: TrialRecord['state'] = 'complete'): TrialRecord => ({
  number,
  configuration: {},
  state,
  intermediate: values.map((value, at) => ({ step: at + 1, value })),
})

test('without a pruner nothing is ended', () => {
  expect(noPruner().prune(trial(9, [1e9], 'running'), [trial(0, [0])], 'minimise')).toBe(false)
})

describe('the median rule', () => {
  const five = [1, 2, 3, 4, 5].map((value, number) => trial(number, [value, value * 10]))
  const ends = (values: readonly number[], others = five, direction: 'minimise' | 'maximise' = 'minimise', options = {}) =>
    medianPruner(options).prune(trial(9, values, 'running'), others, direction)

  test('ends a trial that is worse than the median of the others at its step, whichever way is good', () => {
    expect([ends([3]), ends([3.1]), ends([3], five, 'maximise'), ends([2.9], five, 'maximise')]).toEqual([false, true, false, true])
    // At step 2 the median is 30.
    expect([ends([99, 30]), ends([99, 31])]).toEqual([false, true])
  })

  test('takes the best that the trial reported so far', () => {
    expect(ends([25, 99])).toBe(false)
  })

  test('waits for five complete trials, whatever else there is', () => {
    const others = [...five.slice(0, 4), trial(4, [1], 'pruned'), trial(5, [1], 'running')]
    expect(ends([99], others)).toBe(false)
    expect(ends([99], others, 'minimise', { startupTrials: 4 })).toBe(true)
  })

  test('waits for the end of the warm-up', () => {
    expect(ends([99], five, 'minimise', { warmUpSteps: 2 })).toBe(false)
    expect(ends([99, 99], five, 'minimise', { warmUpSteps: 2 })).toBe(true)
  })

  test('ends nothing where the others reported at other steps, or the trial has not reported', () => {
    expect(ends([99, 99, 99])).toBe(false)
    expect(ends([])).toBe(false)
  })
})

describe('successive halving', () => {
  const ends = (values: readonly number[], others: readonly TrialRecord[], options = {}, direction: 'minimise' | 'maximise' = 'minimise') =>
    ashaPruner({ minimumResource: 1, ...options }).prune(trial(9, values, 'running'), others, direction)
  const seven = [1, 2, 3, 4, 5, 6, 7].map((value, number) => trial(number, [value, value, value, value], 'running'))

  test('lets the best one in four go on from a rung, of all that reached it, whatever became of them', () => {
    // Eight with its own: two go on.
    expect([ends([1.5], seven), ends([2.5], seven)]).toEqual([false, true])
    const mixed = seven.map((one, at): TrialRecord => ({ ...one, state: (['complete', 'pruned', 'failed', 'running'] as const)[at % 4]! }))
    expect([ends([1.5], mixed), ends([2.5], mixed)]).toEqual([false, true])
    expect([ends([6.5], seven, {}, 'maximise'), ends([5.5], seven, {}, 'maximise')]).toEqual([false, true])
  })

  test('lets the best go on while there are fewer than four, and the first one always', () => {
    expect(ends([5], [])).toBe(false)
    expect([ends([0.5], seven.slice(0, 2)), ends([1.5], seven.slice(0, 2))]).toEqual([false, true])
  })

  test('judges at the rungs, 1, 4, 16, …, and nowhere between', () => {
    expect([ends([1, 99], seven), ends([1, 99, 99], seven), ends([1, 1, 1, 99], seven)]).toEqual([false, false, true])
    expect(ends([99, 99], seven, { reductionFactor: 2 })).toBe(true)
  })

  test('a report that jumps over a rung is judged there', () => {
    const jumped = { number: 9, intermediate: [{ step: 3, value: 99 }] }
    expect(ashaPruner({ minimumResource: 2 }).prune(jumped, seven, 'minimise')).toBe(true)
  })

  test('a later first rung is a longer grace', () => {
    expect(ends([99], seven, { minimumEarlyStoppingRate: 1 })).toBe(false)
    expect(ends([99, 99, 99, 99], seven, { minimumEarlyStoppingRate: 1 })).toBe(true)
    expect(ends([99], seven, { minimumResource: 2 })).toBe(false)
  })
})

test('pruners are made again from their description', () => {
  for (const pruner of [noPruner(), medianPruner({ warmUpSteps: 7 }), ashaPruner({ minimumResource: 50, reductionFactor: 3 })]) {
    expect(makePruner(JSON.parse(JSON.stringify(pruner.spec)) as PrunerSpec).spec).toEqual(pruner.spec)
  }
})

test('options that make no sense are refused in words', () => {
  const make = (spec: object) => () => makePruner(spec as PrunerSpec)
  expect(make({ kind: 'median', startupTrials: -1 })).toThrow('startupTrials of the median pruner is -1; it must be a number, at least 0')
  expect(make({ kind: 'median', percentile: 25 })).toThrow(
    "the median pruner has no option 'percentile'; it has startupTrials, warmUpSteps",
  )
  expect(make({ kind: 'asha' })).toThrow('minimumResource of the ASHA pruner is undefined; it must be a number above 0')
  expect(make({ kind: 'asha', minimumResource: 1, reductionFactor: 1 })).toThrow('reductionFactor of the ASHA pruner is 1')
  expect(make({ kind: 'hyperband' })).toThrow("there is no pruner 'hyperband'; the pruners are 'none', 'median' and 'asha'")
})
