import { expect, test } from 'vitest'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'
import { bestOf } from '../../src/sweep/best-of'
import type { TrialRecord } from '../../src/sweep/trial-record'

const trial = (number: number, values: readonly number[]): TrialRecord => ({
  ...{ number, configuration: {}, state: 'complete', intermediate: [], value: 0 },
  seeds: values.map((value, seed) => ({ seed, value })),
})

/** Trials that are all equally good, and differ by chance alone. */
const noise = Array.from({ length: 40 }, (_, number) => {
  const chance = stream(3, 'best-of', number)
  return trial(number, [normal(chance), normal(chance), normal(chance)])
})

test('of equally good trials the best seems better than it is, the more the more there are', () => {
  const [one, four, many] = bestOf(noise, [1, 4, 20], 'maximise')
  expect(one!.difference.estimate).toBeCloseTo(0, 10)
  expect(one!.chosenBy).toBeCloseTo(one!.leftOut, 10)
  expect(four!.chosenBy).toBeGreaterThan(0.4)
  expect(many!.chosenBy).toBeGreaterThan(four!.chosenBy)
  expect(many!.difference.low).toBeGreaterThan(0)
  expect(many!.difference.estimate).toBeCloseTo(many!.chosenBy - many!.leftOut, 10)
})

test('is the same the other way round when less is better', () => {
  const turned = noise.map(({ number, seeds }) =>
    trial(
      number,
      seeds!.map(({ value }) => -value),
    ),
  )
  const [best] = bestOf(noise, [5], 'maximise')
  const [least] = bestOf(turned, [5], 'minimise')
  expect(least!.chosenBy).toBeCloseTo(-best!.chosenBy, 10)
  expect(least!.leftOut).toBeCloseTo(-best!.leftOut, 10)
})

test('without noise there is no curse, and the best is the best of so many', () => {
  const certain = [1, 2, 3, 4].map((value, number) => trial(number, [value, value]))
  const [two] = bestOf(certain, [2], 'maximise')
  // Of two throws of a four-sided die: (1·1 + 2·3 + 3·5 + 4·7) / 16.
  expect(two!.chosenBy).toBeCloseTo(50 / 16, 10)
  expect(two!.difference).toEqual({ estimate: 0, low: 0, high: 0 })
})

test('says what it needs', () => {
  expect(() => bestOf([], [1], 'maximise')).toThrow('the same two seeds or more')
  expect(() => bestOf([trial(0, [1])], [1], 'maximise')).toThrow('the same two seeds or more')
  expect(() => bestOf([trial(0, [1, 2]), trial(1, [1, 2, 3])], [1], 'maximise')).toThrow('the same two seeds or more')
})
