import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gathered, growingColumns } from '../../src/metrics/growing-columns'

test('rows that were written stay, however often the table grows', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 9 })),
      fc.integer({ min: 1, max: 5 }),
      (batches, room) => {
        const table = growingColumns({ whole: Int32Array, half: Float64Array }, room)
        for (const batch of batches) {
          table.makeRoom(batch.length)
          for (const value of batch) {
            table.columns.whole[table.count] = value
            table.columns.half[table.count++] = value / 2
          }
        }
        expect(Array.from(table.columns.whole.subarray(0, table.count))).toEqual(batches.flat())
        expect(Array.from(table.columns.half.subarray(0, table.count))).toEqual(batches.flat().map(value => value / 2))
      },
    ),
  )
})

test('where there is room the arrays are the same ones; where there is none there is twice as much, or what is asked for', () => {
  const table = growingColumns({ cell: Uint8Array }, 4)
  const first = table.columns.cell
  table.makeRoom(4)
  expect(table.columns.cell).toBe(first)
  table.makeRoom(5)
  expect(table.columns.cell).toHaveLength(8)
  table.makeRoom(100)
  expect(table.columns.cell).toHaveLength(100)
})

test('cells are gathered from their places', () => {
  expect(gathered(Float64Array.of(5, 6, 7), Int32Array.of(2, 0))).toEqual(Float64Array.of(7, 5))
})
