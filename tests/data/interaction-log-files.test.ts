import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { generateInteractionLog } from '../../src/data/interaction-log'
import { interactionMatrix } from '../../src/data/interaction-matrix'
import { toDataFrames } from '../../src/data/load-tables'
import { randomSplit } from '../../src/data/random-split'
import { readTables } from '../../src/data/read-tables'
import { temporalSplit } from '../../src/data/temporal-split'
import { UserError } from '../../src/data/user-error'
import { tableFiles, writeTables } from '../../src/data/write-tables'
import { shopCounts } from '../../src/figures/shop-counts'
import { temporaryFolder } from './temporary'

const temporary = temporaryFolder()
const tables = generateInteractionLog({ seed: 5, users: 6, items: 4, interactions: 12 })
const plain = { embeddings: false, events: false }
let made = 0

/** The message that reading gives after one file was changed; it must be a UserError. */
function refusal(name: string, change: (lines: string[]) => string[]): string {
  const folder = join(temporary, `changed ${made++}`)
  writeTables(tables, folder)
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n')
  writeFileSync(join(folder, name), `${change(lines).join('\n')}\n`)
  try {
    readTables(folder, plain)
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as UserError).message.replaceAll(folder, 'shop')
  }
  throw new Error('it was read')
}

const changeCell = (row: number, column: number, value: string) => (lines: string[]) =>
  lines.map((line, at) =>
    at === row
      ? line
          .split(',')
          .map((cell, place) => (place === column ? value : cell))
          .join(',')
      : line,
  )

test('the files have the columns of the published format, no more', () => {
  const headers = Object.entries(tableFiles(tables)).map(([name, content]) => [name, content.slice(0, content.indexOf('\n'))])
  expect(headers).toEqual([
    ['users.csv', 'user_id,age,gender,location,signup_date'],
    ['items.csv', 'item_id,title,category,price,rating'],
    ['interactions.csv', 'user_id,item_id,timestamp,weight'],
    ['README.md', '# An interaction log: 6 users, 4 items, 12 interactions'],
  ])
})

test('written and read back, a log is equal bit for bit, and written again it is the same file', () => {
  for (const preset of ['corrected', 'published'] as const) {
    const folder = join(temporary, preset)
    const written = generateInteractionLog({ preset, seed: 9, users: 40, items: 30, interactions: 300 })
    writeTables(written, folder)
    const read = readTables(folder, plain)
    expect({ ...read, source: 0 }).toEqual({ ...written, source: 0 })
    expect(tableFiles(read)['interactions.csv']).toBe(tableFiles(written)['interactions.csv'])
  }
})

test('the README names the call that writes the same bytes', () => {
  expect(tableFiles(tables)['README.md']).toContain(
    "writeTables(generateInteractionLog({ preset: 'corrected', seed: 5, users: 6, items: 4, interactions: 12, lateUsers: 0.05 }), 'folder')",
  )
})

test('a malformed row is named by file, line and column, and nothing is loaded', () => {
  const cases: [string, number, number, string, string][] = [
    ['interactions.csv', 3, 0, 'user_99', 'shop/interactions.csv, line 4, column user_id: "user_99" is not a user_id of shop/users.csv'],
    ['interactions.csv', 12, 1, 'item_9', 'shop/interactions.csv, line 13, column item_id: "item_9" is not an item_id of shop/items.csv'],
    ['interactions.csv', 2, 2, 'now', 'shop/interactions.csv, line 3, column timestamp: "now" is not a whole number'],
    ['interactions.csv', 2, 3, '1.01', 'shop/interactions.csv, line 3, column weight: "1.01" is not a number between 0 and 1'],
    ['interactions.csv', 2, 3, '', 'shop/interactions.csv, line 3, column weight: "" is not a number'],
    ['items.csv', 4, 4, '0.5', 'shop/items.csv, line 5, column rating: "0.5" is not a number between 1 and 5'],
    ['users.csv', 6, 1, 'old', 'shop/users.csv, line 7, column age: "old" is not a whole number between 0 and 150'],
  ]
  for (const [name, row, column, value, message] of cases) expect(refusal(name, changeCell(row, column, value))).toContain(message)
  expect(refusal('interactions.csv', lines => lines.map((line, at) => (at === 5 ? `${line},x` : line)))).toContain(
    'shop/interactions.csv, line 6: 5 cells, but the header has 4 columns',
  )
})

test('a missing column is named, also one that only the candy store needs', () => {
  expect(refusal('interactions.csv', lines => lines.map(line => line.slice(0, line.lastIndexOf(','))))).toBe(
    'shop/interactions.csv, line 1: the header has no column weight; it must have user_id,item_id,timestamp,weight',
  )
  const folder = join(temporary, 'plain')
  writeTables(tables, folder)
  expect(() => readTables(folder)).toThrow(/users.csv, line 1: the header has no column e0/)
  expect(() => readTables(folder, { embeddings: false })).toThrow(/interactions.csv, line 1: the header has no column event/)
})

test('embeddings and events are read where they stand, though nobody asks; users and items have both or neither', () => {
  const candy = generateTables({ seed: 5, users: 6, items: 4, interactions: 12 })
  const folder = join(temporary, 'candy')
  writeTables(candy, folder)
  const read = readTables(folder, plain)
  expect(read.width).toBe(20)
  expect(read.interactions.event).toEqual(candy.interactions.event)
  writeFileSync(join(folder, 'users.csv'), tableFiles(tables)['users.csv']!)
  expect(() => readTables(folder, plain)).toThrow(/items.csv has embeddings of 20 numbers and .*users.csv of 0/)
})

test('a log without events goes through what takes a log', async () => {
  for (const split of [temporalSplit(tables), randomSplit(tables)]) {
    for (const part of Object.values(split)) expect(part.event).toHaveLength(0)
  }
  expect(shopCounts(tables).byEvent).toEqual([0, 0, 0])
  expect(interactionMatrix(tables).stored).toBeGreaterThan(0)
  const frames = await toDataFrames(tables)
  expect(frames.interactions.columns).toEqual(['user_id', 'item_id', 'timestamp', 'weight'])
  expect(frames.users.columns).toEqual(['user_id', 'age', 'gender', 'location', 'signup_date'])
})
