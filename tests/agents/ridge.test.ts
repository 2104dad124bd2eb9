import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Ridge, type RidgeOptions } from '../../src/agents/ridge'
import { factorise, invert, solveFactor, solveTransposed } from '../../src/agents/ridge-cholesky'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'
import { exactRidge, quadratic, type Seen } from './contextual-support'

/** A [width, width] matrix from the triangle of an arm. */
function full(triangles: Float64Array, arm: number, width: number): number[][] {
  const from = arm * ((width * (width + 1)) / 2)
  const at = (row: number, column: number) => triangles[from + (row * (row + 1)) / 2 + column]!
  return Array.from({ length: width }, (_, row) =>
    Array.from({ length: width }, (_, column) => at(Math.max(row, column), Math.min(row, column))),
  )
}

/** The largest difference, beside the largest number wanted (all are 0 where only zeros were seen). */
function relativeError(got: readonly number[], wanted: readonly number[]): number {
  const largest = Math.max(...wanted.map(Math.abs)) || 1
  return Math.max(...wanted.map((value, at) => Math.abs(got[at]! - value))) / largest
}

/** A regression of one arm among two that has seen so many random observations, some of whose numbers are 0, and what it has seen. */
function taught(seed: number, width: number, observations: number, options: RidgeOptions, scale = 1) {
  const ridge = new Ridge(2, width, options)
  const generator = stream(seed, 'test')
  const seen: [Float64Array, number][] = []
  for (let step = 0; step < observations; step++) {
    const x = Float64Array.from({ length: width }, () => (generator.next() < 0.3 ? 0 : scale * normal(generator)))
    const reward = normal(generator)
    ridge.learn(1, x, reward)
    ridge.learn(0, x, -1)
    seen.push([x, reward])
  }
  return { ridge, seen: seen as Seen }
}

/** What is left of each coordinate's ridge: it is brought back in turn, one an observation. */
function penaltiesOf(width: number, observations: number, { ridge, forgetting = 1 }: RidgeOptions): number[] {
  return Array.from({ length: width }, (_, at) => {
    let age = observations
    for (let step = 0; step < observations; step++) if (step % width === at) age = observations - 1 - step
    return ridge * forgetting ** age
  })
}

function errorsOf({ ridge, seen }: ReturnType<typeof taught>, options: RidgeOptions) {
  const { width } = ridge
  const exact = exactRidge(seen, penaltiesOf(width, seen.length, options), options.forgetting)
  const x = seen[0]![0] as Float64Array
  const variances = new Float64Array(2)
  ridge.predict(x, new Float64Array(2), variances)
  return {
    inverse: relativeError(full(ridge.inverses, 1, width).flat(), exact.inverse.flat()),
    precision: relativeError(full(ridge.precisions, 1, width).flat(), exact.a.flat()),
    coefficients: relativeError([...ridge.coefficients.subarray(width)], exact.coefficients),
    variance: relativeError([ridge.variance(1, x), variances[1]!], [quadratic(exact.inverse, x), quadratic(exact.inverse, x)]),
  }
}

describe('rung 8: against exact ridge algebra', () => {
  const cases = fc.record({
    seed: fc.nat(),
    width: fc.integer({ min: 1, max: 12 }),
    observations: fc.integer({ min: 1, max: 400 }),
    ridge: fc.constantFrom(0.1, 1, 10),
    forgetting: fc.constantFrom(1, 1, 0.99, 0.9),
    refreshEvery: fc.constantFrom(0, 1, 7, 100),
  })

  test('inverse, coefficients and variances are those of a dense solve to 1e-9, with and without refreshing and forgetting', () => {
    fc.assert(
      fc.property(cases, ({ seed, width, observations, ...options }) => {
        const errors = errorsOf(taught(seed, width, observations, options), options)
        for (const error of Object.values(errors)) expect(error).toBeLessThan(1e-9)
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  test('where rounding builds up, refreshing takes it back', () => {
    // 1 / ridge is 1e8 and x some 1e3: the first subtractions cancel 14 of 16 digits.
    const [width, observations, scale] = [6, 300, 1e3]
    const without = { ridge: 1e-8, refreshEvery: 0 }
    const stale = errorsOf(taught(3, width, observations, without, scale), without)
    const fresh = errorsOf(taught(3, width, observations, { ...without, refreshEvery: 100 }, scale), without)
    expect(stale.inverse).toBeGreaterThan(1e-6)
    expect(stale.coefficients).toBeGreaterThan(1e-6)
    for (const error of Object.values(fresh)) expect(error).toBeLessThan(1e-10)
  })

  test('columns that are always 0 stay at 1 / ridge however much is forgotten', () => {
    const ridge = new Ridge(1, 3, { ridge: 2, forgetting: 0.9, refreshEvery: 0 })
    for (let step = 0; step < 20_000; step++) ridge.learn(0, Float64Array.of(1, 0, 0), 1)
    // Two of the three have their turn 0 to 2 observations ago: between 1 / 2 and 1 / (2 · .81).
    for (const at of [2, 5]) {
      expect(ridge.inverses[at]).toBeGreaterThan(0.5 - 1e-9)
      expect(ridge.inverses[at]).toBeLessThan(0.5 / 0.81 + 1e-9)
    }
  })
})

// One number, ridge 1, forgetting .5. x = 1, reward 2: A = .5 · 1 + 1 + the ridge's missing .5 = 2, b = 2, so 1.
// x = 1, reward 5: A = .5 · 2 + 1 + .5 = 2.5, b = .5 · 2 + 5 = 6, so 2.4.
test('rung 3: forgetting, worked by hand', () => {
  const ridge = new Ridge(1, 1, { ridge: 1, forgetting: 0.5 })
  const one = Float64Array.of(1)
  ridge.learn(0, one, 2)
  expect([ridge.mean(0, one), ridge.precisions[0], ridge.inverses[0]]).toEqual([1, 2, 0.5])
  ridge.learn(0, one, 5)
  expect(ridge.mean(0, one)).toBeCloseTo(2.4, 14)
  expect(ridge.variance(0, one)).toBeCloseTo(0.4, 14)
})

// [[4, 2], [2, 5]] = L Lᵀ with L = [[2, 0], [1, 2]]; its inverse is [[5, -2], [-2, 4]] / 16. Times [1.25, 1.5] it is [8, 10].
test('rung 3: Cholesky, worked by hand', () => {
  const factor = new Float64Array(3)
  factorise(Float64Array.of(0, 4, 2, 5), 1, 2, 1e-9, factor)
  expect([...factor]).toEqual([2, 1, 2])
  const vector = Float64Array.of(8, 10)
  solveFactor(factor, 2, vector)
  solveTransposed(factor, 2, vector)
  expect([...vector]).toEqual([1.25, 1.5])
  const inverse = new Float64Array(4)
  invert(factor, 2, inverse, 1)
  expect([...inverse]).toEqual([0, 5 / 16, -2 / 16, 4 / 16])
})

test('a beginner with coefficients expects what they say and learns on from there', () => {
  const { ridge } = taught(1, 4, 30, { ridge: 2 })
  const coefficients = ridge.coefficients.slice()
  ridge.begin(coefficients)
  const x = Float64Array.of(1, -1, 2, 0)
  ridge.refresh(0)
  expect(ridge.mean(0, x)).toBeCloseTo(coefficients[0]! - coefficients[1]! + 2 * coefficients[2]!, 12)
  expect(ridge.variance(0, x)).toBeCloseTo(6 / 2, 12)
})

// One number, ridge 1, forgetting .5, begun with 4: A = 1, b = 4. x = 1, reward 2: A = .5 + 1 + .5 = 2 and b = .5 · 4 + 2 + .5 · 4 = 6, so 3.
// x = 0, reward 9: A = .5 · 2 + .5 = 1.5, b = .5 · 6 + .5 · 4 = 5, so 10/3: back towards 4.
test('rung 3: forgetting goes back to the coefficients begun with, worked by hand', () => {
  const ridge = new Ridge(1, 1, { ridge: 1, forgetting: 0.5 })
  ridge.begin(Float64Array.of(4))
  ridge.learn(0, Float64Array.of(1), 2)
  expect([ridge.coefficients[0], ridge.precisions[0], ridge.sums[0]]).toEqual([3, 2, 6])
  ridge.learn(0, Float64Array.of(0), 9)
  expect(ridge.coefficients[0]).toBeCloseTo(10 / 3, 14)
  expect([ridge.precisions[0], ridge.sums[0]]).toEqual([1.5, 5])
  ridge.refresh(0)
  expect(ridge.coefficients[0]).toBeCloseTo(10 / 3, 14)
})

test('begun with coefficients, those of columns that are always 0 stay however much is forgotten, refreshed or not', () => {
  for (const refreshEvery of [0, 7]) {
    const ridge = new Ridge(2, 3, { ridge: 2, forgetting: 0.9, refreshEvery })
    ridge.begin(Float64Array.of(0, 0, 0, 5, -3, 0.5))
    for (let step = 0; step < 5000; step++) ridge.learn(1, Float64Array.of(1, 0, 0), 1)
    expect(ridge.coefficients[4]).toBeCloseTo(-3, 9)
    expect(ridge.coefficients[5]).toBeCloseTo(0.5, 9)
    // The other one is learned: ten observations of 1 against a ridge of 2 at 5.
    expect(ridge.coefficients[3]).toBeGreaterThan(1)
    expect(ridge.coefficients[3]).toBeLessThan(2)
  }
})

test('regressions that do not fit in memory are refused before they are made', () => {
  expect(() => new Ridge(500, 1001, { ridge: 1 })).toThrow(
    '500 ridge regressions on 1001 numbers would keep 501501000; at most 268435456 fit',
  )
})
