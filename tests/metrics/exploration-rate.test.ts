import { expect, test } from 'vitest'
import { explorationRate } from '../../src/metrics/exploration-rate'
import { stream } from '../../src/random/generator'

test('the share of decisions that were not the greedy one', () => {
  expect(explorationRate([3, 1, 2, 2], [3, 0, 2, 1])).toBe(0.5)
  expect(explorationRate(Int32Array.of(1, 2), Int32Array.of(1, 2))).toBe(0)
})

test('a slate is one decision, which explores where any of its places differs', () => {
  expect(explorationRate([1, 2, 3, 4, 5, 6], [1, 2, 4, 3, 5, 6], 2)).toBeCloseTo(1 / 3, 12)
})

test('a random draw that happens to be greedy is none that explores: epsilon (1 - 1 / n)', () => {
  const generator = stream(3, 'exploration')
  const decisions = 40_000
  const [taken, greedy] = [new Int32Array(decisions), new Int32Array(decisions)]
  for (let at = 0; at < decisions; at++) {
    greedy[at] = at % 4
    taken[at] = generator.next() < 0.2 ? Math.floor(4 * generator.next()) : at % 4
  }
  // .2 · 3/4 = .15; four deviations of a share of 40,000 are .0072.
  expect(Math.abs(explorationRate(taken, greedy) - 0.15)).toBeLessThan(0.0072)
})

test('what is not a pair of lists of decisions is refused', () => {
  expect(() => explorationRate([], [])).toThrow('taken has 0 numbers')
  expect(() => explorationRate([1, 2], [1])).toThrow('taken has 2 numbers and greedy 1')
  expect(() => explorationRate([1, 2, 3], [1, 2, 3], 2)).toThrow('taken has 3 numbers; it must have 2 for each decision')
  expect(() => explorationRate([1], [1], 0)).toThrow('width is 0')
  expect(() => explorationRate([Number.NaN], [1])).toThrow('taken[0] is NaN; actions are whole numbers')
  expect(() => explorationRate([1], [0.5])).toThrow('greedy[0] is 0.5')
})
