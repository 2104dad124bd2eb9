import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FeatureRows, linked, penalisedRegression } from '../../../src/evaluate/off-policy/penalised-regression'

function rowsOf(features: readonly (readonly number[])[]): FeatureRows {
  return {
    count: features.length,
    width: features[0]!.length,
    fill(row, places, values) {
      let some = 0
      for (const [place, value] of features[row]!.entries()) {
        if (value === 0) continue
        places[some] = place
        values[some++] = value
      }
      return some
    },
  }
}

/** Forty rows that Python makes as well: np.c_[np.sin(i), np.cos(3 * i)]. */
const forty = Array.from({ length: 40 }, (_, i) => i)
const features = rowsOf(forty.map(i => [Math.sin(i), Math.cos(3 * i)]))
const clicks = forty.map(i => Number(Math.sin(7 * i) + Math.sin(i) > 0))
const weights = forty.map(i => 1 + (i % 3))

// scikit-learn 1.9.1: LogisticRegression(C=1, tol=1e-12, solver='newton-cholesky').fit(X, y), then with sample_weight; Ridge(alpha=1).
test('logistic regression and ridge are those of scikit-learn', () => {
  const expectClose = (found: Float64Array, expected: readonly number[]) => {
    for (const [at, value] of expected.entries()) expect(found[at]).toBeCloseTo(value, 9)
  }
  expectClose(penalisedRegression(features, clicks, 'logistic'), [1.459475508282, -0.117128639681, -0.045433309702])
  expectClose(penalisedRegression(features, clicks, 'logistic', { weights }), [1.676081448463, 0.082591990782, -0.025240740188])
  const outcome = forty.map(i => Math.sin(7 * i) + Math.sin(i))
  expectClose(penalisedRegression(features, outcome, 'linear'), [0.879573345128, -0.014064788107, 0.07248796525690823])
})

const number = fc.double({ min: -3, max: 3, noNaN: true })
const problem = fc.record({
  rows: fc.array(fc.record({ x: fc.tuple(number, number), y: fc.boolean(), weight: fc.integer({ min: 0, max: 3 }) }), {
    minLength: 1,
    maxLength: 12,
  }),
  penalty: fc.double({ min: 0.01, max: 10, noNaN: true }),
})

test('at the minimum every slope is 0', () => {
  fc.assert(
    fc.property(problem, ({ rows: drawn, penalty }) => {
      const rows = [...drawn, { x: [1, 0] as [number, number], y: true, weight: 1 }, { x: [0, 1] as [number, number], y: false, weight: 1 }]
      for (const link of ['logistic', 'linear'] as const) {
        const found = penalisedRegression(
          rowsOf(rows.map(({ x }) => x)),
          rows.map(({ y }) => Number(y)),
          link,
          { penalty, weights: rows.map(({ weight }) => weight) },
        )
        const wrong = rows.map(({ x, y, weight }) => weight * (linked(x[0] * found[0]! + x[1] * found[1]! + found[2]!, link) - Number(y)))
        const slope = (of: (x: readonly number[]) => number) => rows.reduce((sum, { x }, row) => sum + wrong[row]! * of(x), 0)
        expect(slope(x => x[0]!) + penalty * found[0]!).toBeCloseTo(0, 8)
        expect(slope(x => x[1]!) + penalty * found[1]!).toBeCloseTo(0, 8)
        expect(slope(() => 1)).toBeCloseTo(0, 8)
      }
    }),
  )
})

test('weights are what so many equal rows would be', () => {
  const twice = rowsOf([...forty, ...forty].map(i => [Math.sin(i), Math.cos(3 * i)]))
  const doubled = penalisedRegression(twice, [...clicks, ...clicks], 'logistic')
  const weighted = penalisedRegression(features, clicks, 'logistic', { weights: forty.map(() => 2) })
  for (const [at, value] of weighted.entries()) expect(doubled[at]).toBeCloseTo(value, 10)
})

test('what cannot be learned from is refused', () => {
  const of = (outcome: number[], options = {}) => penalisedRegression(features, outcome, 'logistic', options)
  expect(() => of([1])).toThrow('outcome has 1 numbers; there must be 40')
  expect(() => of(clicks.map(() => 1))).toThrow('every outcome is 1; there is nothing to tell apart')
  expect(() => of(clicks.map(value => value / 2))).toThrow('it must be 0 or 1')
  expect(() => of(clicks, { penalty: 0 })).toThrow('penalty is 0')
  expect(() => of(clicks, { weights: [1] })).toThrow('weights has 1 numbers')
  expect(() => of(clicks, { weights: clicks.map(() => 0) })).toThrow('the weights sum to 0')
  expect(() => of(clicks, { weights: clicks.map(() => -1) })).toThrow('weights[0] is -1')
})
