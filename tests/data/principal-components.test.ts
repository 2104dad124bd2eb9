import fc from 'fast-check'
import { expect, test } from 'vitest'
import { principalComponents } from '../../src/data/principal-components'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'

const half = Math.SQRT1_2

// Points on the line y = x, and two beside it: variances along (1, 1) and (1, -1) are 20 / 3 and 4 / 3 (n - 1 = 3).
test('four points by hand', () => {
  const { mean, directions, shares, projection } = principalComponents(Float64Array.of(2 + 7, 2, -2 + 7, -2, 1 + 7, -1, -1 + 7, 1), 2)
  const near = (list: Float64Array, wanted: number[]) => {
    expect(list.length).toBe(wanted.length)
    list.forEach((value, at) => {
      expect(value).toBeCloseTo(wanted[at]!, 12)
    })
  }
  near(mean, [7, 0])
  near(directions.map(Math.abs), [half, half, half, half])
  expect(directions[0]! * directions[1]!).toBeGreaterThan(0)
  expect(directions[2]! * directions[3]!).toBeLessThan(0)
  near(shares, [0.8, 0.2])
  near(
    projection.filter((_, at) => at % 2 === 0),
    [4 * half, -4 * half, 0, 0],
  )
})

function chanceTable(seed: number, rows: number, width: number): Float64Array {
  const generator = stream(seed, 'test')
  return Float64Array.from({ length: rows * width }, (_, at) => normal(generator) * (1 + (at % width)))
}

test('directions have length 1 and stand at right angles; projections do not correlate and hold all the variance', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 40 }), (seed, width, rows) => {
      const table = chanceTable(seed, rows, width)
      const { directions, shares, projection, mean } = principalComponents(table, width, width)
      const product = (list: Float64Array, one: number, other: number, stride: number, count: number, step: number) => {
        let sum = 0
        for (let at = 0; at < count; at++) sum += list[one * step + at * stride]! * list[other * step + at * stride]!
        return sum
      }
      for (let one = 0; one < width; one++) {
        for (let other = 0; other < width; other++) {
          expect(product(directions, one, other, 1, width, width)).toBeCloseTo(one === other ? 1 : 0, 9)
          if (one !== other) expect(product(projection, one, other, width, rows, 1) / rows).toBeCloseTo(0, 7)
        }
      }
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
      expect([...shares]).toEqual([...shares].sort((one, other) => other - one))
      // Nothing is lost: the rows come back from their projections.
      for (let at = 0; at < width; at++) {
        let value = mean[at]!
        for (let rank = 0; rank < width; rank++) value += projection[rank]! * directions[rank * width + at]!
        expect(value).toBeCloseTo(table[at]!, 8)
      }
    }),
    { numRuns: 40 },
  )
})

test('the same rows give the same plane, and rows that are all alike lie on one point', () => {
  const table = chanceTable(1, 30, 5)
  expect(principalComponents(table, 5)).toEqual(principalComponents(table.slice(), 5))
  const alike = principalComponents(new Float64Array(12).fill(3), 3)
  expect([...alike.projection]).toEqual(new Array(8).fill(0))
  expect([...alike.shares]).toEqual([0, 0])
})

test('what does not fit is refused', () => {
  expect(() => principalComponents(new Float64Array(7), 2)).toThrow('the number of rows is 3.5')
  expect(() => principalComponents(new Float64Array(2), 2)).toThrow('the number of rows is 1')
  expect(() => principalComponents(new Float64Array(8), 2, 3)).toThrow('count is 3; it must be a whole number between 1 and 2')
  expect(() => principalComponents(Float64Array.of(1, 2, Number.NaN, 4), 2)).toThrow('number 2 of the table is NaN')
})
