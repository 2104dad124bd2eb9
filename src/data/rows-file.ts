/** Tidy rows in a CSV file: results that one command writes and a notebook reads. */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { csvLine, plainNumber } from './csv'
import { UserError } from './user-error'
import { writeWholeFile } from './whole-file'

/** One row: { agent: 'Double DQN', seed: 1, return: 3.2 }. */
export type TidyRow = Readonly<Record<string, string | number>>

/** Writes rows of the same columns; the file is whole or not there. */
export function writeRows(file: string, rows: readonly object[]): void {
  const columns = Object.keys(rows[0] ?? {})
  if (columns.length === 0) throw new RangeError('rows is empty; there is nothing to write')
  const lines = rows.map(row => csvLine(columns.map(column => (row as TidyRow)[column] ?? '')))
  writeWholeFile(file, csvLine(columns) + lines.join(''))
}

/**
 * The rows of a file, cells that are numbers as numbers.
 *
 * @throws UserError when the file is not there or is no table
 */
export function readRows<Row extends object = TidyRow>(file: string): Row[] {
  try {
    return parse(readFileSync(file), { columns: true, bom: true, skip_empty_lines: true, cast: numberOrText }) as Row[]
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new UserError(`${file} does not exist; \`npm run reproduce\` writes the tables that notebooks read`)
    if (code?.startsWith('CSV_')) throw new UserError(`${file}: ${message.split('\n')[0]}`)
    throw error
  }
}

function numberOrText(cell: string): string | number {
  return plainNumber.test(cell) ? Number(cell) : cell
}
