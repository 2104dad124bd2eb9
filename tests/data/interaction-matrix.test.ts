import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { interactionMatrix, matrixValues } from '../../src/data/interaction-matrix'
import { log } from './log'

const three = { users: { count: 3 }, items: { count: 4 } }

// User 0: item 2 clicked and bought (1.5), item 1 clicked, item 0 only seen. User 1: nothing. User 2: item 3 bought.
const few = log([
  [0, 2, 1, 0.5],
  [2, 3, 2, 1],
  [0, 1, 3, 0.5],
  [0, 0, 4, 0],
  [0, 2, 5, 1],
])

test('the rows by hand', () => {
  const matrix = interactionMatrix({ ...three, interactions: few })
  expect([...matrix.starts]).toEqual([0, 2, 2, 3])
  expect([...matrix.indices]).toEqual([1, 2, 3])
  expect([...matrix.values]).toEqual([0.5, 1.5, 1])
  expect(matrix.row(0)).toEqual({ indices: Int32Array.of(1, 2), values: Float32Array.of(0.5, 1.5) })
  expect(matrix.row(1).indices.length).toBe(0)
  expect([matrix.at(0, 2), matrix.at(0, 0), matrix.at(1, 1), matrix.at(2, 3), matrix.at(2, 0)]).toEqual([1.5, 0, 0, 1, 0])
  expect([matrix.density, matrix.sparsity]).toEqual([0.25, 0.75])
  // Four row starts, three columns and three values of four bytes; against 12 numbers.
  expect([matrix.bytes, matrix.denseBytes]).toEqual([40, 48])
})

test('values may be engagements or impressions', () => {
  const count = (values: 'engagements' | 'impressions') => interactionMatrix({ ...three, interactions: few }, { values })
  expect([count('engagements').at(0, 2), count('engagements').at(0, 0), count('engagements').stored]).toEqual([2, 0, 3])
  expect([count('impressions').at(0, 2), count('impressions').at(0, 0), count('impressions').stored]).toEqual([2, 1, 4])
})

test('it holds what a full matrix would, and so does its transpose', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 150 }),
      fc.constantFrom(...matrixValues),
      (seed, users, items, interactions, values) => {
        const tables = generateTables({ seed, users, items, interactions })
        const full = new Float64Array(users * items)
        const { user, item, weight, count } = tables.interactions
        for (let row = 0; row < count; row++) {
          const worth = weight[row]!
          full[user[row]! * items + item[row]!]! += values === 'weight' ? worth : values === 'impressions' ? 1 : Math.ceil(worth)
        }
        const matrix = interactionMatrix(tables, { values })
        const turned = matrix.transpose()
        expect([turned.rows, turned.columns]).toEqual([items, users])
        for (let row = 0; row < users; row++) {
          const columns = matrix.row(row).indices
          expect([...columns]).toEqual([...new Set(columns)].sort((one, other) => one - other))
          for (let column = 0; column < items; column++) {
            expect(matrix.at(row, column)).toBe(full[row * items + column])
            expect(turned.at(column, row)).toBe(full[row * items + column])
          }
        }
        expect(turned.transpose().values).toEqual(matrix.values)
        expect(turned.transpose().indices).toEqual(matrix.indices)
        expect(matrix.stored).toBe(full.filter(value => value !== 0).length)
      },
    ),
    { numRuns: 60 },
  )
})

test("in the guide's shop 5 in 100 pairs were engaged with, and the lists take a tenth of the full matrix", () => {
  const matrix = interactionMatrix(generateTables())
  console.log(
    `stored ${matrix.stored} of 50,000 pairs (${(100 * matrix.density).toFixed(1)} %), ${matrix.bytes} bytes of ${matrix.denseBytes}`,
  )
  expect(matrix.density).toBeGreaterThan(0.04)
  expect(matrix.density).toBeLessThan(0.07)
  expect(matrix.bytes).toBeLessThan(matrix.denseBytes / 8)
})

test('what lies outside is refused', () => {
  const matrix = interactionMatrix({ ...three, interactions: few })
  expect(() => matrix.row(3)).toThrow('row is 3; it must be a whole number between 0 and 2')
  expect(() => matrix.at(0, 4)).toThrow('column is 4; it must be a whole number between 0 and 3')
  expect(() => interactionMatrix({ ...three, items: { count: 3 }, interactions: few })).toThrow('interaction 1 is of user 2 and item 3')
  expect(() => interactionMatrix({ ...three, interactions: few }, { values: 'stars' as never })).toThrow('values is "stars"')
})
