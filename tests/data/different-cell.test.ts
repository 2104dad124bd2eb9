import { expect, test } from 'vitest'
import { differentCell } from '../../src/data/different-cell'

const table = { count: 2, ids: ['a', 'b'], price: Float64Array.of(1, 2) }

test('equal tables have no different cell, and further columns do not count', () => {
  expect(differentCell({ ...table, price: Float64Array.of(1, 2), more: [3] }, table)).toBeUndefined()
})

test('the first difference is named by column and row', () => {
  expect(differentCell({ ...table, price: Float64Array.of(1, 3) }, table)).toEqual({ column: 'price', row: 1, given: 3, expected: 2 })
  expect(differentCell({ ...table, count: 3 }, table)).toEqual({ column: 'count', row: 0, given: 3, expected: 2 })
})

test('a column that is missing, shorter or longer is different', () => {
  expect(differentCell({ count: 2, ids: ['a', 'b'] }, table)).toMatchObject({ column: 'price', row: 0, given: undefined })
  expect(differentCell({ ...table, ids: ['a'] }, table)).toMatchObject({ column: 'ids', row: 1, given: undefined })
  expect(differentCell({ ...table, ids: ['a', 'b', 'c'] }, table)).toMatchObject({ column: 'ids', row: 2, expected: undefined })
})
