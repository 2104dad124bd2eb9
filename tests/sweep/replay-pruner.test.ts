import { expect, test } from 'vitest'
import { ashaPruner } from '../../src/sweep/asha-pruner'
import { medianPruner } from '../../src/sweep/median-pruner'
import { noPruner } from '../../src/sweep/pruner'
import { pruningCost, replayPruner } from '../../src/sweep/replay-pruner'
import type { TrialRecord } from '../../src/sweep/trial-record'

const trial = (number: number, values: readonly number[]): TrialRecord => ({
  ...{ number, configuration: { number }, state: 'complete', value: values[values.length - 1]! },
  intermediate: values.map((value, at) => ({ step: 10 * (at + 1), value })),
})

const ended = (trials: readonly TrialRecord[]) => trials.map(({ state, intermediate }) => `${state} ${intermediate.length}`)

test('ends what the median rule would have ended, and never at the last report', () => {
  const trials = [trial(0, [1, 2, 3]), trial(1, [2, 2, 2]), trial(2, [0, 5, 9]), trial(3, [3, 1, 1]), trial(4, [1.5, 3.5, 0])]
  const left = replayPruner(trials, medianPruner({ startupTrials: 2 }), 'maximise')
  // Trial 2 starts below 1.5; trial 3 has its best report first; trial 4 is judged at its first two reports only.
  expect(ended(left)).toEqual(['complete 3', 'complete 3', 'pruned 1', 'complete 3', 'pruned 1'])
  expect(left[2]).toEqual({ number: 2, configuration: { number: 2 }, state: 'pruned', intermediate: [{ step: 10, value: 0 }] })
  expect(left[0]).toBe(trials[0])
  const poorAtTheEnd = [trial(0, [1, 1, 5]), trial(1, [1, 1, 5]), trial(2, [1, 1, 1])]
  expect(replayPruner(poorAtTheEnd, medianPruner({ startupTrials: 2 }), 'maximise')).toEqual(poorAtTheEnd)
})

test('depends on the order: who comes first has nobody to be compared with', () => {
  const trials = [trial(0, [1, 1]), trial(1, [2, 2]), trial(2, [3, 3])]
  const pruner = medianPruner({ startupTrials: 1 })
  expect(ended(replayPruner(trials, pruner, 'maximise'))).toEqual(['complete 2', 'complete 2', 'complete 2'])
  expect(ended(replayPruner([...trials].reverse(), pruner, 'maximise'))).toEqual(['complete 2', 'pruned 1', 'pruned 1'])
})

test('knows every pruner and both directions', () => {
  const trials = [5, 4, 3, 2, 1].map((value, number) => trial(number, [value, value, value]))
  expect(replayPruner(trials, noPruner(), 'maximise')).toEqual(trials)
  const asha = ashaPruner({ minimumResource: 10, reductionFactor: 2 })
  expect(ended(replayPruner(trials, asha, 'maximise')).slice(1)).toEqual(Array(4).fill('pruned 1'))
  expect(ended(replayPruner(trials, asha, 'minimise'))).toEqual(Array(5).fill('complete 3'))
})

test('what pruning costs, over many orders', () => {
  // The later the better: whoever is ahead at first is behind at the end.
  const crossing = [1, 2, 3, 4, 5, 6].map((value, number) => trial(number, [-value, value, value]))
  const unpruned = pruningCost(crossing, noPruner(), 'maximise')
  expect(unpruned).toEqual({ saved: 0, bestEnded: 0, regret: { estimate: 0, low: 0, high: 0 } })
  const pruner = medianPruner({ startupTrials: 1 })
  const { saved, bestEnded, regret } = pruningCost(crossing, pruner, 'maximise', { best: 3 })
  expect(saved).toBeGreaterThan(0.1)
  expect(bestEnded).toBeGreaterThan(1)
  expect(regret.estimate).toBeGreaterThan(0.5)
  expect([regret.low, regret.high]).toEqual([0, 5])
  // Upside down it is the same story.
  const turned = crossing.map(({ number, intermediate }) =>
    trial(
      number,
      intermediate.map(({ value }) => -value),
    ),
  )
  expect(pruningCost(turned, pruner, 'minimise', { best: 3 })).toEqual({ saved, bestEnded, regret })
})
