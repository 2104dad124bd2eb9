import fc from 'fast-check'
import { mean } from 'simple-statistics'
import { expect, test } from 'vitest'
import { interquartileMean } from '../../src/evaluate/interquartile-mean'

// scipy.stats.trim_mean(scores, .25): floor(n / 4) scores fall away at each end.
test.each([
  [[7], 7],
  [[1, 2, 9], 4],
  [[100, 1, 2, -50], 1.5],
  [[5, 1, 2, 3, 100], 10 / 3],
  [[1, 2, 3, 4, 5, 6, 7, 1000], 4.5],
  [[9, 1, 2, 3, 4, 5, 6, 7, 8, 0], 4.5],
])('of %j it is %d', (scores, expected) => {
  expect(interquartileMean(scores)).toBeCloseTo(expected, 12)
})

const scores = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 40 })

test('does not depend on order, moves with a shift, and a runaway best of four or more changes nothing', () => {
  fc.assert(
    fc.property(scores, fc.integer({ min: -100, max: 100 }), (all, shift) => {
      const value = interquartileMean(all)
      expect(interquartileMean([...all].reverse())).toBeCloseTo(value, 9)
      expect(interquartileMean(all.map(score => score + shift))).toBeCloseTo(value + shift, 8)
      expect(interquartileMean([...all, ...all, ...all, ...all])).toBeCloseTo(
        mean(
          [...all]
            .sort((a, b) => a - b)
            .flatMap(x => [x, x, x, x])
            .slice(all.length, 3 * all.length),
        ),
        8,
      )
      const best = all.indexOf(Math.max(...all))
      if (all.length >= 4) expect(interquartileMean(all.map((score, at) => (at === best ? 1e9 : score)))).toBeCloseTo(value, 9)
    }),
  )
})

test('the scores given stay as they were', () => {
  const given = [3, 1, 2]
  interquartileMean(given)
  expect(given).toEqual([3, 1, 2])
})

test('no score, and one that is not a number, are refused', () => {
  expect(() => interquartileMean([])).toThrow(RangeError)
  expect(() => interquartileMean([1, Number.NaN])).toThrow('scores[1] is NaN')
})
