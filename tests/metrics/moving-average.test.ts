import fc from 'fast-check'
import { expect, test } from 'vitest'
import { movingAverage } from '../../src/metrics/moving-average'

test('is partial at the start', () => {
  expect([...movingAverage([2, 4, 6, 8], 2)]).toEqual([2, 3, 5, 7])
  expect([...movingAverage([2, 4, 6], 10)]).toEqual([2, 3, 4])
  expect([...movingAverage([], 3)]).toEqual([])
})

test('equals the slow definition on random curves', () => {
  const curve = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { maxLength: 60 })
  fc.assert(
    fc.property(curve, fc.integer({ min: 1, max: 20 }), (values, window) => {
      const averages = movingAverage(values, window)
      values.forEach((_, at) => {
        const last = values.slice(Math.max(0, at - window + 1), at + 1)
        expect(averages[at]).toBeCloseTo(last.reduce((a, b) => a + b, 0) / last.length, 9)
      })
    }),
  )
})

test('an outlier leaves no rounding behind once it has passed', () => {
  const averages = movingAverage([1e17, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 3)
  expect(averages[8]).toBeCloseTo(0.1, 14)
})

test('a window of 0 and a NaN are refused', () => {
  expect(() => movingAverage([1], 0)).toThrow(new RangeError('window is 0; it is a whole number of at least 1'))
  expect(() => movingAverage([1, Number.NaN], 1)).toThrow('values[1] is NaN')
})
