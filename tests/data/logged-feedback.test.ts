import { expect, test } from 'vitest'
import { checkFeedback, type LoggedFeedback } from '../../src/data/logged-feedback'

const good: LoggedFeedback = {
  rounds: 3,
  actions: 2,
  action: Int32Array.of(0, 1, 1),
  reward: Float64Array.of(1, 0, -2.5),
  propensity: Float64Array.of(0.5, 1, 0.001),
  contexts: Float64Array.of(1, 2, 3, 4, 5, 6),
  width: 2,
}

const refused = (change: Partial<LoggedFeedback>) => () => checkFeedback({ ...good, ...change })

test('good feedback passes, with contexts and episodes or without', () => {
  checkFeedback(good)
  checkFeedback({ ...good, contexts: new Float64Array(0), width: 0 })
  checkFeedback({ ...good, episode: Int32Array.of(0, 0, 1) })
})

test('columns of another length are refused', () => {
  expect(refused({ rounds: 4 })).toThrow('action has 3 numbers; there must be 4')
  expect(refused({ reward: Float64Array.of(1) })).toThrow('reward has 1 numbers; there must be 3')
  expect(refused({ propensity: Float64Array.of(1) })).toThrow('propensity has 1 numbers; there must be 3')
  expect(refused({ width: 3 })).toThrow('contexts has 6 numbers; there must be 9')
  expect(refused({ episode: Int32Array.of(0) })).toThrow('episode has 1 numbers; there must be 3')
  expect(refused({ rounds: 0 })).toThrow('rounds is 0')
})

test('numbers that cannot be are refused, by name and round', () => {
  expect(refused({ action: Int32Array.of(0, 2, 1) })).toThrow('action[1] is 2; ids of actions are whole numbers between 0 and 1')
  expect(refused({ action: Int32Array.of(-1, 1, 1) })).toThrow('action[0] is -1')
  expect(refused({ reward: Float64Array.of(0, Number.NaN, 0) })).toThrow('reward[1] is NaN')
  expect(refused({ reward: Float64Array.of(0, 0, Infinity) })).toThrow('reward[2] is Infinity')
  for (const chance of [0, -0.1, 1.001, Number.NaN]) {
    expect(refused({ propensity: Float64Array.of(0.5, chance, 0.5) })).toThrow(
      `propensity[1] is ${chance}; the probability of what was done`,
    )
  }
  expect(refused({ contexts: Float64Array.of(1, 2, 3, Number.NaN, 5, 6) })).toThrow('contexts[3] is NaN')
})

test('episodes begin at 0 and follow one another', () => {
  for (const episode of [
    [1, 1, 1],
    [0, 2, 2],
    [0, 1, 0],
    [-1, 0, 0],
  ]) {
    expect(refused({ episode: Int32Array.from(episode) })).toThrow(
      'episodes are numbered from 0, one after the other, their rounds together',
    )
  }
})
