import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine } from '../../src/data/csv'
import { dataFolder } from '../../src/data/data-folder'
import { generateTables } from '../../src/data/generate-tables'
import { readTables } from '../../src/data/read-tables'
import type { ShopTables } from '../../src/data/tables'
import { UserError } from '../../src/data/user-error'
import { tableFiles, writeTables } from '../../src/data/write-tables'
import { candyStore } from '../../src/envs/candy-store'
import { makeEnv } from '../../src/envs/registry'
import { shownOf } from '../envs/support'
import { temporaryFolder } from './temporary'

const temporary = temporaryFolder()
const tables = generateTables({ seed: 5, users: 6, items: 4, interactions: 12 })
let made = 0

/** A folder with a shop's files, one of them changed. */
function folderWith(name: string, change: (lines: string[]) => string[] | string): string {
  const folder = join(temporary, `changed ${made++}`)
  writeTables(tables, folder)
  const changed = change(readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
  writeFileSync(join(folder, name), typeof changed === 'string' ? changed : `${changed.join('\n')}\n`)
  return folder
}

/** The message that reading gives; it must be a UserError. */
function refusal(folder: string): string {
  try {
    readTables(folder)
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as UserError).message.replaceAll(folder, 'shop')
  }
  throw new Error('it was read')
}

const cell = (line: string, at: number, value: string) =>
  line
    .split(',')
    .map((old, place) => (place === at ? value : old))
    .join(',')
const changeCell = (row: number, at: number, value: string) => (lines: string[]) =>
  lines.map((line, number) => (number === row ? cell(line, at, value) : line))

const withoutSource = ({ source: _, ...rest }: ShopTables) => rest

test('written and read back, tables are equal bit for bit', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 200 }),
      (seed, users, items, interactions) => {
        const folder = join(temporary, 'round trip')
        const written = generateTables({ seed, users, items, interactions })
        writeTables(written, folder)
        expect(withoutSource(readTables(folder))).toEqual(withoutSource(written))
      },
    ),
    { numRuns: 15 },
  )
})

test('the candy store is the same from tables, from their files, and from its own spec', () => {
  const folder = join(temporary, 'shop')
  writeTables(tables, folder)
  const shops = [candyStore(2, { tables }), candyStore(2, { tables: readTables(folder) }), candyStore(2, { tables: folder })]
  shops.push(
    ...shops.slice(0, 3).map(shop => makeEnv('candy-store', 2, JSON.parse(JSON.stringify(shop.spec.options))) as (typeof shops)[0]),
  )
  for (const shop of shops) shop.reset(1)
  for (let step = 0; step < 12; step++) {
    for (const shop of shops) {
      shop.step(Int32Array.of(step % 4, 0))
      expect(shownOf(shop, 0)).toEqual(shownOf(shops[0]!, 0))
    }
  }
})

test('texts with commas, quotes and line ends survive', () => {
  const odd = ['Salt, "sweet"\nand sour', 'a\rb', 'Ünïcode 🍬', ' space ']
  const folder = join(temporary, 'odd texts')
  writeTables({ ...tables, items: { ...tables.items, titles: odd } }, folder)
  expect(readTables(folder).items.titles).toEqual(odd)
  expect(csvLine(['a', 'b,c', 'd"e', 1.5])).toBe('a,"b,c","d""e",1.5\n')
})

test('a file from a spreadsheet is read: a byte-order mark, other line ends, empty lines, further columns, another order', () => {
  const folder = folderWith(
    'interactions.csv',
    ([header, ...rows]) => `\uFEFF${[`${header},note`, '', ...rows.reverse().map(row => `${row},x`)].join('\r\n')}`,
  )
  expect(withoutSource(readTables(folder)).interactions.timestamp).toEqual(tables.interactions.timestamp)
})

test('a value that cannot be is refused with file, line, column, value and what is allowed', () => {
  const cases: [string, number, number, string, string][] = [
    ['interactions.csv', 3, 0, 'user_99', 'shop/interactions.csv, line 4, column user_id: "user_99" is not a user_id of shop/users.csv'],
    ['interactions.csv', 3, 1, 'item_99', 'shop/interactions.csv, line 4, column item_id: "item_99" is not an item_id of shop/items.csv'],
    ['interactions.csv', 1, 2, 'yesterday', 'line 2, column timestamp: "yesterday" is not a whole number between 0 and 100000000000'],
    ['interactions.csv', 1, 2, '1.5', 'line 2, column timestamp: "1.5" is not a whole number'],
    ['interactions.csv', 1, 3, 'NaN', 'line 2, column weight: "NaN" is not a number between 0 and 1'],
    ['interactions.csv', 1, 3, '1.5', 'line 2, column weight: "1.5" is not a number between 0 and 1'],
    ['interactions.csv', 1, 4, 'like', 'line 2, column event: "like" is not one of ignore, click, purchase'],
    ['items.csv', 2, 0, 'item_0', 'line 3, column item_id: "item_0" is not new: line 2 has the same id'],
    ['items.csv', 1, 1, '', 'line 2, column title: "" is not a text; it is empty'],
    ['items.csv', 1, 3, '-1', 'line 2, column price: "-1" is not a number between 0'],
    ['items.csv', 1, 3, '', 'line 2, column price: "" is not a number'],
    ['items.csv', 1, 3, 'Infinity', 'line 2, column price: "Infinity" is not a number'],
    ['items.csv', 1, 3, '0x10', 'line 2, column price: "0x10" is not a number'],
    ['items.csv', 1, 4, '6', 'line 2, column rating: "6" is not a number between 1 and 5'],
    ['items.csv', 4, 24, 'NaN', 'line 5, column e19: "NaN" is not a number between -1000000'],
    ['users.csv', 2, 0, 'user_0', 'line 3, column user_id: "user_0" is not new'],
    ['users.csv', 1, 1, '1e3', 'line 2, column age: "1e3" is not a whole number between 0 and 150'],
    ['users.csv', 1, 4, '', 'line 2, column signup_date: "" is not a whole number'],
  ]
  for (const [name, row, at, value, message] of cases) expect(refusal(folderWith(name, changeCell(row, at, value)))).toContain(message)
})

test('a file of the wrong shape is refused', () => {
  const cases: [string, (lines: string[]) => string[] | string, string][] = [
    [
      'users.csv',
      lines => lines.map((line, row) => (row === 3 ? `${line},1` : line)),
      'shop/users.csv, line 4: 26 cells, but the header has 25 columns',
    ],
    ['items.csv', lines => lines.map((line, row) => (row === 2 ? line.slice(0, line.lastIndexOf(',')) : line)), 'line 3: 24 cells'],
    [
      'interactions.csv',
      lines => lines.map(line => line.slice(0, line.lastIndexOf(','))),
      'line 1: the header has no column event; it must have user_id,item_id,timestamp,weight,event',
    ],
    ['interactions.csv', ([header, ...rows]) => [header!.replace('weight', 'event'), ...rows], 'the header has the column "event" twice'],
    ['users.csv', ([header, ...rows]) => [header!.replace('e0,', 'x0,'), ...rows], 'the header has no column e0'],
    [
      'users.csv',
      lines => lines.map(line => line.slice(0, line.lastIndexOf(','))),
      'shop/items.csv has embeddings of 20 numbers and shop/users.csv of 19',
    ],
    ['users.csv', () => '', 'shop/users.csv is empty; its first line must be user_id,age'],
    ['items.csv', ([header]) => [header!], 'shop/items.csv has a header and no items'],
    ['items.csv', lines => lines.map((line, row) => (row === 2 ? cell(line, 1, '"never closed') : line)), 'shop/items.csv, line'],
    ['users.csv', lines => lines.join('\n').slice(0, -60), 'line 7: '],
  ]
  for (const [name, change, message] of cases) expect(refusal(folderWith(name, change))).toContain(message)
})

test('a missing folder, file or permission is said plainly', () => {
  expect(refusal(join(temporary, 'nowhere'))).toBe("shop/users.csv does not exist; `npx shoplab data` writes a shop's files")
  const folder = join(temporary, 'a folder where a file should be')
  mkdirSync(join(folder, 'users.csv'), { recursive: true })
  expect(refusal(folder)).toContain('shop/users.csv is a folder')
})

test('writing leaves no traces, and other files as they are', () => {
  const folder = join(temporary, 'with others')
  mkdirSync(folder)
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  expect(writeTables(tables, folder)).toEqual(['users.csv', 'items.csv', 'interactions.csv', 'README.md'].map(name => join(folder, name)))
  expect(readdirSync(folder).sort()).toEqual(['README.md', 'interactions.csv', 'items.csv', 'notes.txt', 'users.csv'])
})

test('where a file is in the way, nothing is written and the message says so', () => {
  const place = join(temporary, 'a file')
  writeFileSync(place, 'precious')
  expect(() => writeTables(tables, place)).toThrow(UserError)
  expect(() => writeTables(tables, join(place, 'below'))).toThrow(/is no folder/)
  expect(readFileSync(place, 'utf8')).toBe('precious')
})

test.skipIf(process.getuid?.() === 0)('a folder that may not be written is refused, the old files stay', () => {
  const folder = join(temporary, 'closed')
  writeTables(tables, folder)
  chmodSync(folder, 0o500)
  expect(() => writeTables(generateTables({ seed: 6 }), folder)).toThrow(/may not be written: permission is missing/)
  expect(withoutSource(readTables(folder))).toEqual(withoutSource(tables))
})

// A full disk that every Linux has: writing to /dev/full fails with ENOSPC, and so does whatever is written through a link to it.
test.skipIf(!existsSync('/dev/full'))('on a full disk the message says so', async () => {
  const { mended } = await import('../../src/data/whole-file')
  let full: unknown
  try {
    writeFileSync('/dev/full', 'x')
  } catch (error) {
    full = error
  }
  expect((mended(full, 'data') as Error).message).toBe('the disk of data is full; make room and try again, the old files are as they were')
})

test('the README names the command that writes the same bytes, with the sizes that differ from the default', () => {
  expect(tableFiles(generateTables({ seed: 42 }))['README.md']).toContain('    npx shoplab data --seed 42\n')
  expect(tableFiles(tables)['README.md']).toContain('    npx shoplab data --seed 5 --users 6 --items 4 --interactions 12\n')
})

test('the data folder is found from below, and is here when there is none', () => {
  const root = join(temporary, 'checkout')
  mkdirSync(join(root, 'notebooks', 'solutions'), { recursive: true })
  expect(dataFolder('/')).toBe('/data') // nothing lies above
  cpSync(
    folderWith('README.md', lines => lines),
    join(root, 'data'),
    { recursive: true },
  )
  expect(dataFolder(join(root, 'notebooks', 'solutions'))).toBe(join(root, 'data'))
})
