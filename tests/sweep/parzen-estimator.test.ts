import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../../src/random/generator'
import { massBetween } from '../../src/sweep/normal-distribution'
import { Bandwidths } from '../../src/sweep/parzen-bandwidths'
import { ParzenEstimator } from '../../src/sweep/parzen-estimator'
import type { Choice, Dimension } from '../../src/sweep/search-space'
import { scaleOf, valueCount } from '../../src/sweep/unit-interval'

function estimator(dimensions: readonly Dimension[], configurations: readonly (readonly Choice[])[]): ParzenEstimator {
  const scales = dimensions.map(scaleOf)
  const rows = Float64Array.from(configurations.flatMap(values => values.map((value, at) => scales[at]!.place(value))))
  return new ParzenEstimator(
    scales,
    rows,
    configurations.map((_, row) => row),
  )
}

const rate: Dimension = { kind: 'float', low: 1e-4, high: 1, log: true }
const size: Dimension = { kind: 'int', low: 1, high: 12, log: true }
const drop: Dimension = { kind: 'float', low: 0, high: 0.5, step: 0.1 }
const kind: Dimension = { kind: 'categorical', choices: ['a', 'b', 'c'] }

describe('the normal distribution', () => {
  test('has the masses of the tables', () => {
    // Abramowitz & Stegun, table 26.1.
    expect(massBetween(-1, 1)).toBeCloseTo(0.682689492137086, 14)
    expect(massBetween(-1.959963984540054, 1.959963984540054)).toBeCloseTo(0.95, 14)
    expect(massBetween(0, 8) / 0.5).toBeCloseTo(1, 14)
  })

  test('keeps its precision far out, on both sides', () => {
    // P(Z > 6) = 9.865876450377018e-10, P(Z > 7) = 1.279812543885835e-12
    const expected = 9.865876450377018e-10 - 1.279812543885835e-12
    expect(massBetween(6, 7) / expected).toBeCloseTo(1, 8)
    expect(massBetween(-7, -6) / expected).toBeCloseTo(1, 8)
    expect(massBetween(8, 9) / 6.219831757e-16).toBeCloseTo(1, 4)
  })
})

describe('bandwidths', () => {
  const of = (...centres: number[]) => {
    const bandwidths = new Bandwidths(centres.length)
    bandwidths.fit(Float64Array.from(centres), 0)
    return [...bandwidths.values].map(value => Number(value.toFixed(6)))
  }

  test('reach to the farther neighbour, the outermost to the only one; the prior covers everything', () => {
    expect(of(0.5, 0.1, 0.8)).toEqual([0.4, 0.4, 0.3, 1])
  })

  test('of one that is alone reaches to the farther end', () => {
    expect(of(0.3)).toEqual([0.7, 1])
    expect(of()).toEqual([1])
  })

  test('are not below the range over the number of kernels, nor above the range', () => {
    // Five kernels and the prior: 1 / 7.
    expect(of(0.2, 0.2, 0.2, 0.2, 0.2)).toEqual([0.142857, 0.142857, 0.142857, 0.142857, 0.142857, 1])
    expect(Math.min(...of(...new Array<number>(500).fill(0.5)))).toBe(0.01)
  })

  test('are those of a plain sort, whatever the numbers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1)), { minLength: 2, maxLength: 40 }),
        centres => {
          const order = centres.map((_, at) => at).sort((a, b) => centres[a]! - centres[b]! || a - b)
          const expected = new Array<number>(centres.length)
          order.forEach((kernel, at) => {
            const gaps = [order[at - 1], order[at + 1]].flatMap(other =>
              other === undefined ? [] : Math.abs(centres[other]! - centres[kernel]!),
            )
            expected[kernel] = Math.max(1 / Math.min(100, centres.length + 2), ...gaps)
          })
          const bandwidths = new Bandwidths(centres.length)
          bandwidths.fit(Float64Array.from(centres), 0)
          expect([...bandwidths.values.slice(0, -1)]).toEqual(expected)
        },
      ),
    )
  })
})

describe('the density', () => {
  const seen = [
    [0.001, 3, 0.2, 'a'],
    [0.002, 3, 0.5, 'a'],
    [0.5, 12, 0, 'c'],
  ]

  test('sums to 1 over everything there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer(), (count, seed) => {
        const generator = stream(seed, 'seen')
        const scales = [rate, size, drop, kind].map(scaleOf)
        const configurations = Array.from({ length: count }, () => scales.map(scale => scale.valueOf(scale.coordinateAt(generator.next()))))
        const density = estimator([rate, size, drop, kind], configurations)
        const pieces = 200
        let sum = 0
        for (let x = 0; x < pieces; x++)
          for (let y = 0; y < valueCount(size); y++)
            for (let z = 0; z < valueCount(drop); z++)
              for (let c = 0; c < 3; c++) sum += Math.exp(density.logDensity(Float64Array.of((x + 0.5) / pieces, y, z, c))) / pieces
        expect(sum).toBeCloseTo(1, 3)
      }),
      { numRuns: 12 },
    )
  })

  test('is even while nothing was seen, but for the prior being a hill', () => {
    const density = estimator([rate, kind], [])
    const at = (x: number, c: number) => Math.exp(density.logDensity(Float64Array.of(x, c)))
    expect(at(0.5, 0)).toBe(at(0.5, 2))
    // A normal distribution of mean .5 and deviation 1, cut to [0, 1]: at the ends exp(-1/8) of the middle.
    expect(at(0, 0) / at(0.5, 0)).toBeCloseTo(Math.exp(-1 / 8), 12)
    expect(at(0.5, 0)).toBeCloseTo(0.3989422804014327 / 0.3829249225480262 / 3, 12)
  })

  test('of choices is what smoothed counts give', () => {
    // Three kernels (a, a, prior): each of a's has 1 + 1/3 for a and 1/3 for the others, over 2; the prior 1/3.
    const density = estimator([kind], [['a'], ['a']])
    const share = (choice: number) => Math.exp(density.logDensity(Float64Array.of(choice)))
    expect(share(0)).toBeCloseTo((4 / 6 + 4 / 6 + 1 / 3) / 3, 12)
    expect(share(1)).toBeCloseTo((1 / 6 + 1 / 6 + 1 / 3) / 3, 12)
  })

  test('is what samples are drawn from', () => {
    const density = estimator([rate, size, drop, kind], seen)
    const generator = stream(1, 'samples')
    const out = new Float64Array(4)
    const draws = 40_000
    const counts = [new Float64Array(10), new Float64Array(12), new Float64Array(6), new Float64Array(3)]
    for (let draw = 0; draw < draws; draw++) {
      density.sample(generator, out)
      counts[0]![Math.floor(out[0]! * 10)]!++
      for (const at of [1, 2, 3]) counts[at]![out[at]!]!++
    }
    const marginals = [new Float64Array(10), new Float64Array(12), new Float64Array(6), new Float64Array(3)]
    for (let x = 0; x < 100; x++)
      for (let y = 0; y < 12; y++)
        for (let z = 0; z < 6; z++)
          for (let c = 0; c < 3; c++) {
            const mass = Math.exp(density.logDensity(Float64Array.of((x + 0.5) / 100, y, z, c))) / 100
            marginals[0]![Math.floor(x / 10)]! += mass
            marginals[1]![y]! += mass
            marginals[2]![z]! += mass
            marginals[3]![c]! += mass
          }
    for (const [at, marginal] of marginals.entries())
      for (const [piece, mass] of marginal.entries()) expect(counts[at]![piece]! / draws).toBeCloseTo(mass, 1.8)
  })

  test('lets the oldest of many count less', () => {
    // 26 at one end, of which the oldest weighs 1/26, against 26 of which the oldest is at the other end.
    const position: Dimension = { kind: 'categorical', choices: ['old', 'new'] }
    const density = estimator([position], [['old'], ...Array.from({ length: 25 }, () => ['new'])])
    const own = (1 + 1 / 27) / (1 + 2 / 27)
    const expected = (own / 26 + 25 * (1 - own) + 1 / 2) / (1 / 26 + 25 + 1)
    expect(Math.exp(density.logDensity(Float64Array.of(0)))).toBeCloseTo(expected, 12)
  })
})
