/** The bias of a maximum against what is known of normal draws. */
import { expect, test } from 'vitest'
import { overestimation } from '../../src/notebook/overestimation'

const seed = 1
const draws = 20_000

test('the larger of two errors is 1/√π on average', () => {
  const { dqn } = overestimation({ items: 2, draws, correlation: 0, seed })
  expect(Math.abs(dqn.mean - 1 / Math.sqrt(Math.PI))).toBeLessThan(4 * dqn.error)
  expect(dqn.error).toBeCloseTo(Math.sqrt((1 - 1 / Math.PI) / draws), 3)
})

test('Double DQN has the correlation times the bias of DQN, so none with independent networks', () => {
  for (const correlation of [0, 0.5, 0.9, 1]) {
    const { dqn, double } = overestimation({ items: 10, draws, correlation, seed })
    expect(Math.abs(double.mean - correlation * 1.53875)).toBeLessThan(4 * double.error)
    expect(dqn.mean).toBeCloseTo(1.53875, 1)
  }
})

test('refuses a correlation that is none', () => {
  expect(() => overestimation({ items: 2, draws, correlation: 1.1, seed })).toThrow(/correlation is 1\.1/)
})
