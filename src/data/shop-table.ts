/**
 * What the files of marketplace and simshop have in common: a table as a list of columns, that say what they hold, and the columns of an
 * items.csv that are read the same way.
 *
 * Numbers are written with all their digits, so that what is read back is equal bit for bit. The rating of an item is for reading: it is
 * 1 + 4 · quality, to two places. The shop uses the quality, which stands beside it exactly; a rating that contradicts it is refused.
 */
import { csvLine, readSheet, type Sheet } from './csv'
import { UserError } from './user-error'
import { writeWholeFile } from './whole-file'

/** A column of a table; `Shop` is what its cells are taken from. */
export interface TableColumn<Shop> {
  readonly name: string
  /** For the README.md beside the file. */
  readonly what: string
  cell(shop: Shop, row: number): string | number
}

export function tableText<Shop>(columns: readonly TableColumn<Shop>[], shop: Shop, count: number): string {
  const line = (row: number) => csvLine(columns.map(({ cell }) => exact(cell(shop, row))))
  return csvLine(namesOf(columns)) + Array.from({ length: count }, (_, row) => line(row)).join('')
}

export function namesOf(columns: readonly { readonly name: string }[]): string[] {
  return columns.map(({ name }) => name)
}

/** A column for each number of a row of a matrix [rows, names.length]. */
export function matrixColumns<Shop>(names: readonly string[], what: string, values: (shop: Shop) => Float64Array): TableColumn<Shop>[] {
  return names.map((name, at) => ({ name, what, cell: (shop, row) => values(shop)[row * names.length + at]! }))
}

/** The columns as a table in Markdown. */
export function columnsInWords(columns: readonly { readonly name: string; readonly what: string }[]): string {
  return `| column | what |\n|---|---|\n${columns.map(({ name, what }) => `| ${name} | ${what} |\n`).join('')}`
}

/**
 * Writes files beside each other; each is whole or as it was.
 *
 * @param files contents by path
 * @returns the paths
 * @throws UserError when the place may not be written or is full
 */
export function writeFiles(files: Readonly<Record<string, string>>): string[] {
  for (const [file, content] of Object.entries(files)) writeWholeFile(file, content)
  return Object.keys(files)
}

/**
 * A sheet of at least one row.
 *
 * @param what what its rows are, in the plural
 * @param most rows that a shop may have
 */
export function readTable(file: string, columns: readonly string[], what: string, most: number): Sheet {
  const sheet = readSheet(file, columns)
  if (sheet.rows < 1 || sheet.rows > most) {
    throw new UserError(`${file} has ${sheet.rows} ${what}; it must have between 1 and ${most}`)
  }
  return sheet
}

/** 1 + 4 · quality, to two places. */
export function ratingOf(quality: number): number {
  return Math.round(100 * (1 + 4 * quality)) / 100
}

/** The option `tables` of a shop; what is in the folder is checked as it is read. */
export function checkFolder(tables: unknown): string {
  if (typeof tables === 'string' && tables !== '') return tables
  throw new RangeError(`tables is ${JSON.stringify(tables)}; it must be a folder with the shop's CSV files`)
}

/** The column quality, 0 to 1, with which the column rating must go. */
export function readQuality(sheet: Sheet): Float64Array {
  const quality = sheet.numbers('quality', 0, 1)
  sheet.numbers('rating', 1, 5).forEach((rating, row) => {
    const expected = ratingOf(quality[row]!)
    if (rating !== expected) throw sheet.wrong(row, 'rating', `${expected}, which is 1 + 4 · quality to two places`)
  })
  return quality
}

/** A price to two places or more: money, above 0. */
export function readPrice(sheet: Sheet): Float64Array {
  return sheet.numbers('price', 0.01, 1e9)
}

/** Columns of numbers as a matrix [rows, names.length]. */
export function readMatrix(sheet: Sheet, names: readonly string[], low: number, high: number): Float64Array {
  const values = new Float64Array(sheet.rows * names.length)
  for (const [at, name] of names.entries()) {
    for (const [row, value] of sheet.numbers(name, low, high).entries()) values[row * names.length + at] = value
  }
  return values
}

/** A column of words, each as its place in the list of those allowed. */
export function readWords(sheet: Sheet, column: string, words: readonly string[]): Int32Array {
  return sheet.codes(column, new Map(words.map((word, place) => [word, place])), `one of ${words.join(', ')}`)
}

/** -0 would otherwise come back as 0. */
function exact(cell: string | number): string | number {
  return Object.is(cell, -0) ? '-0' : cell
}
