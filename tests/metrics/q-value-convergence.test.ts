import fc from 'fast-check'
import { expect, test } from 'vitest'
import { qValueConvergence } from '../../src/metrics/q-value-convergence'

test('mean movement in deviations of the last values, worked by hand', () => {
  // Last values 1 and 3: deviation 1. Moves: (1 + 2) / 2, then (0 + 1) / 2, then none.
  const { changes, settledAt } = qValueConvergence([
    [0, 0],
    [1, 2],
    [1, 3],
    [1, 3],
  ])
  expect(Array.from(changes)).toEqual([1.5, 0.5, 0])
  expect(settledAt).toBe(2)
  expect(
    qValueConvergence(
      [
        [0, 0],
        [1, 2],
        [1, 3],
        [1, 3],
      ],
      0.5,
    ).settledAt,
  ).toBe(1)
})

test('settled is from where on nothing moves more than the tolerance, not where it first did not', () => {
  const values = [
    [0, 0],
    [0, 2],
    [0, 2],
    [0, 4],
    [0, 4],
    [0, 4],
  ]
  expect(qValueConvergence(values).settledAt).toBe(3)
  expect(qValueConvergence(values, 1).settledAt).toBe(0)
  expect(
    qValueConvergence([
      [0, 1],
      [0, 9],
    ]).settledAt,
  ).toBe(-1)
})

test('a hundredth is little enough unless told', () => {
  // The last values have deviation 1.
  const moved = (by: number) =>
    qValueConvergence([
      [1, 3 - 2 * by],
      [1, 3],
    ]).settledAt
  expect([moved(0.0099), moved(0.011)]).toEqual([0, -1])
})

test('where all last values are equal, standing still is 0 and moving Infinity', () => {
  expect(
    Array.from(
      qValueConvergence([
        [1, 1],
        [2, 2],
        [2, 2],
      ]).changes,
    ),
  ).toEqual([Infinity, 0])
})

test('neither a shift nor a scale of all values, nor their order, changes anything', () => {
  const snapshot = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(snapshot, { minLength: 2, maxLength: 6 }), snapshots => {
      const expected = Array.from(qValueConvergence(snapshots).changes)
      const moved = snapshots.map(values => values.map(value => 4 * value - 7).reverse())
      Array.from(qValueConvergence(moved).changes).forEach((change, at) => {
        if (Number.isFinite(expected[at])) expect(change).toBeCloseTo(expected[at]!, 9)
        else expect(change).toBe(expected[at])
      })
    }),
  )
})

test('snapshots that cannot be compared are refused', () => {
  expect(() => qValueConvergence([[1]])).toThrow('snapshots holds 1; at least two')
  expect(() => qValueConvergence([[1, 2], [1]])).toThrow('snapshots[1] has 1 values and the first 2')
  expect(() => qValueConvergence([[], []])).toThrow('snapshots[0] has 0 values')
  expect(() => qValueConvergence([[1], [Number.NaN]])).toThrow('snapshots[1][0] is NaN')
  expect(() => qValueConvergence([[1], [1]], -1)).toThrow('tolerance is -1')
})
