import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaUnderCurve } from '../../src/metrics/area-under-curve'

// Pairs of a relevant (.8, .4) and an irrelevant score (.6, .4): .8 wins both, .4 loses one and ties one: 2.5 of 4.
test('a tie counts half, by hand', () => {
  expect(areaUnderCurve([0.8, 0.6, 0.4, 0.4], new Set([0, 2]))).toBe(0.625)
})

// scikit-learn's roc_auc_score documentation: y_true 0 0 1 1, y_score .1 .4 .35 .8.
test('0 0 1 1 scored .1 .4 .35 .8: .75', () => {
  expect(areaUnderCurve([0.1, 0.4, 0.35, 0.8], new Set([2, 3]))).toBe(0.75)
})

test('no item or every item relevant: .5, and so are scores that are all equal', () => {
  expect(areaUnderCurve([1, 2, 3], new Set())).toBe(0.5)
  expect(areaUnderCurve([1, 2, 3], new Set([0, 1, 2]))).toBe(0.5)
  expect(areaUnderCurve([7, 7, 7, -0, 0].slice(0, 3), new Set([1]))).toBe(0.5)
  expect(areaUnderCurve([0, -0], new Set([1]))).toBe(0.5)
})

// Few values, so that ties are common; items hidden from a user often have the score -Infinity.
const scores = fc.array(fc.constantFrom(-Infinity, -1.5, 0, 0.25, 3, 1e300), { minLength: 1, maxLength: 30 })
const cases = scores.chain(values =>
  fc.tuple(
    fc.constant(values),
    fc.uniqueArray(fc.integer({ min: 0, max: values.length - 1 })).map(ids => new Set(ids)),
  ),
)

test('equals the count over all pairs; turned scores give the rest to 1; only the order matters', () => {
  fc.assert(
    fc.property(cases, ([values, relevant]) => {
      let [won, pairs] = [0, 0]
      for (const item of relevant) {
        values.forEach((other, at) => {
          if (relevant.has(at)) return
          pairs++
          won += values[item]! > other ? 1 : values[item] === other ? 0.5 : 0
        })
      }
      const area = areaUnderCurve(values, relevant)
      expect(area).toBe(pairs === 0 ? 0.5 : won / pairs)
      expect(areaUnderCurve(Float64Array.from(values, Math.atan), relevant)).toBe(area)
      const turned = values.map(value => -value)
      expect(areaUnderCurve(turned, relevant)).toBeCloseTo(1 - area, 12)
    }),
  )
})

test('NaN scores and relevant items without a score are refused', () => {
  expect(() => areaUnderCurve([1, Number.NaN], new Set([0]))).toThrow('scores[1] is NaN')
  expect(() => areaUnderCurve([1, 2], new Set([2]))).toThrow('relevant item 2 has no score; ids are 0 to 1')
  expect(() => areaUnderCurve([1, 2], new Set([0.5]))).toThrow(RangeError)
})
