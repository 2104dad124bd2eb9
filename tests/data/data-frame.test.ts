import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { danfojs } from '../../src/data/danfojs'
import { frameRows, toDataFrame } from '../../src/data/data-frame'
import type { DataFrame } from '../../src/data/load-tables'
import { readRows, writeRows } from '../../src/data/rows-file'
import { temporaryFolder } from './temporary'

const rows = [
  { agent: 'Double DQN', seed: 1, return: 3.25, note: '' },
  { agent: 'random', seed: 2, return: -0.1, note: '7' },
  { agent: 'random', seed: 3, return: Number.NaN, note: '8' },
]

test('a column for each key, a row for each row, cells as they are', () => {
  const frame = toDataFrame(rows)
  expect(frame.columns).toEqual(['agent', 'seed', 'return', 'note'])
  expect(frame.shape).toEqual([3, 4])
  expect(frame.dtypes).toEqual(['string', 'int32', 'float32', 'string'])
  expect(frame.column('return').values).toEqual([3.25, -0.1, Number.NaN])
  expect(frame.column('note').values).toEqual(['', '7', '8'])
  expect(frame.column('seed').mean()).toBe(2)
})

test('there and back is the same to the last bit, whatever the cells', () => {
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 2 ** 53, 5e-324))
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '1', '007', 'NaN', 'null', 'true', '1e3', 'a,b', 'two\nlines'))
  const row = fc.record({ number, text, either: fc.oneof(number, text), digits: fc.constantFrom('1', '2') }, { noNullPrototype: true })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), rows => {
      const back = frameRows(toDataFrame(rows))
      expect(back).toEqual(rows)
      expect(back.every((row, at) => Object.is(row.number, rows[at]!.number))).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('what a DataFrame was filtered, sorted and grouped to comes back as rows', () => {
  const frame = toDataFrame(rows)
  expect(frameRows(frame.query(frame.seed.gt(1)))).toEqual(rows.slice(1))
  expect(frameRows(frame.loc({ rows: [2, 0], columns: ['seed', 'agent'] }))).toEqual([
    { seed: 3, agent: 'random' },
    { seed: 1, agent: 'Double DQN' },
  ])
  const sums = frame.groupby(['agent']).col(['seed']).sum() as DataFrame
  expect(frameRows(sums)).toEqual([
    { agent: 'Double DQN', seed_sum: 1 },
    { agent: 'random', seed_sum: 5 },
  ])
})

test('rows of a file, as a DataFrame and to a file again, are the same file', () => {
  const file = join(temporaryFolder(), 'rows.csv')
  const whole = rows.slice(0, 2)
  writeRows(file, frameRows(toDataFrame(whole)))
  expect(frameRows(toDataFrame(readRows(file)))).toEqual([
    { agent: 'Double DQN', seed: 1, return: 3.25, note: '' },
    { agent: 'random', seed: 2, return: -0.1, note: 7 }, // a file does not tell texts from numbers
  ])
})

test('names that are whole numbers keep their cells', () => {
  const mixed = [{ agent: 'a', 2: 0.5, 1: 'x' }]
  expect(toDataFrame(mixed).dtypes).toEqual(['string', 'float32', 'string'])
  expect(frameRows(toDataFrame(mixed))).toEqual(mixed)
})

test('rows that are no table are refused', () => {
  expect(() => toDataFrame([])).toThrow('rows is empty; a DataFrame needs at least one row')
  expect(() => toDataFrame([{ a: 1, b: 2 }, { a: 1 }])).toThrow("rows[1] has no column 'b'")
  expect(() => toDataFrame([{ a: 1 }, { a: 1, b: 2 }])).toThrow("rows[1] has a column 'b'")
  expect(() => toDataFrame([{ a: null }])).toThrow('rows[0].a is null; cells are texts and numbers')
  expect(() => toDataFrame([{ a: undefined }])).toThrow('rows[0].a is undefined')
  expect(() => toDataFrame([{ a: true }])).toThrow('rows[0].a is true')
  expect(() => toDataFrame([{ shape: 1 }])).toThrow("rows has a column 'shape'; DataFrames use that name themselves")
})

test('names that begin with $ are refused, since danfojs keeps its own so', () => {
  expect(() => toDataFrame([{ $data: 1 }])).toThrow("rows has a column '$data'; DataFrames use that name themselves")
})

test('what a join left open is NaN, and what is no cell is refused with its place', () => {
  const [left, right] = [toDataFrame(rows), toDataFrame([{ seed: 1, wage: 2 }])]
  const joined = danfojs().merge({ left, right, on: ['seed'], how: 'left' }) as DataFrame
  expect(frameRows(joined).map(({ wage }) => wage)).toEqual([2, Number.NaN, Number.NaN])
  joined.addColumn('old', [true, false, false], { inplace: true })
  expect(() => frameRows(joined)).toThrow("row 0, column 'old', is true; cells are texts and numbers")
})
