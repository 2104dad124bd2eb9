/** A CSV file as columns: every cell is checked as it is taken, and what is wrong is said with file, line, column and value. */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { UserError } from './user-error'

export interface Sheet {
  readonly rows: number
  has(column: string): boolean
  /** A cell as it stands. */
  text(row: number, column: string): string
  /** A column of numbers between two bounds, both allowed. */
  numbers(column: string, low: number, high: number): Float64Array
  /** A column of whole numbers between two bounds, both allowed. */
  wholes(column: string, low: number, high: number): Float64Array
  /** A column of texts, none empty. */
  texts(column: string): string[]
  /** A column of texts, none empty, no two alike. */
  ids(column: string): string[]
  /** A column whose texts each stand for a number; `allowed` says what the known ones are. */
  codes(column: string, known: ReadonlyMap<string, number>, allowed: string): Int32Array
  /** The error of a cell that does not go with others, to be thrown: `allowed` ends the sentence "… is not". */
  wrong(row: number, column: string, allowed: string): UserError
}

/**
 * Reads a file whole.
 *
 * @param columns columns that must be in the header; others may be there too
 * @throws UserError when the file cannot be read, is no CSV, lacks a column, or a row has more or fewer cells than the header
 */
export function readSheet(file: string, columns: readonly string[]): Sheet {
  const records = parseRecords(file, readText(file))
  const header = records[0]?.record
  if (!header) throw new UserError(`${file} is empty; its first line must be ${columns.join(',')}`)
  const places = new Map(header.map((name, at) => [name, at]))
  if (places.size < header.length) {
    const twice = header.find((name, at) => header.indexOf(name) < at)
    throw new UserError(`${file}, line ${records[0]!.line}: the header has the column ${JSON.stringify(twice)} twice`)
  }
  for (const name of columns) {
    if (!places.has(name))
      throw new UserError(`${file}, line ${records[0]!.line}: the header has no column ${name}; it must have ${columns.join(',')}`)
  }
  const body = records.slice(1)
  for (const { record, line } of body) {
    if (record.length !== header.length) {
      throw new UserError(
        `${file}, line ${line}: ${record.length} cells, but the header has ${header.length} columns (${header.join(',')})`,
      )
    }
  }

  const text = (row: number, column: string) => body[row]!.record[places.get(column)!]!
  const wrong = (row: number, column: string, allowed: string) =>
    new UserError(`${file}, line ${body[row]!.line}, column ${column}: ${JSON.stringify(text(row, column))} is not ${allowed}`)
  const numeric = (column: string, low: number, high: number, whole: boolean) => {
    const allowed = `a ${whole ? 'whole ' : ''}number ${low === -Infinity ? '(finite)' : high === Infinity ? `of at least ${low}` : `between ${low} and ${high}`}`
    return Float64Array.from(body, (_, row) => {
      const value = plainNumber.test(text(row, column)) ? Number(text(row, column)) : Number.NaN
      if (!(Number.isFinite(value) && value >= low && value <= high) || (whole && !Number.isInteger(value)))
        throw wrong(row, column, allowed)
      return value
    })
  }
  const texts = (column: string) =>
    body.map((_, row) => {
      if (text(row, column) === '') throw wrong(row, column, 'a text; it is empty')
      return text(row, column)
    })

  return {
    rows: body.length,
    has: column => places.has(column),
    text,
    wrong,
    texts,
    numbers: (column, low, high) => numeric(column, low, high, false),
    wholes: (column, low, high) => numeric(column, low, high, true),
    ids(column) {
      const seen = new Map<string, number>()
      return texts(column).map((id, row) => {
        const before = seen.get(id)
        if (before !== undefined) throw wrong(row, column, `new: line ${body[before]!.line} has the same id, and each may stand once`)
        seen.set(id, row)
        return id
      })
    },
    codes: (column, known, allowed) =>
      Int32Array.from(body, (_, row) => {
        const code = known.get(text(row, column))
        if (code === undefined) throw wrong(row, column, allowed)
        return code
      }),
  }
}

/** One line of CSV; a cell is quoted where it must be. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cell => (typeof cell === 'string' && /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
}

export const plainNumber = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UserError(`${file} does not exist; \`npx shoplab data\` writes a shop's files`)
    if (code === 'EACCES' || code === 'EPERM') throw new UserError(`${file} may not be read: permission is missing`)
    if (code === 'EISDIR') throw new UserError(`${file} is a folder; a CSV file must stand there`)
    throw error
  }
}

function parseRecords(file: string, content: string): { record: string[]; line: number }[] {
  try {
    const records = parse(content, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }) as unknown as {
      record: string[]
      info: { lines: number }
    }[]
    return records.map(({ record, info }) => ({ record, line: info.lines }))
  } catch (error) {
    const { code, lines, message } = error as Error & { code?: string; lines?: number }
    if (!code?.startsWith('CSV_')) throw error
    throw new UserError(`${file}${lines === undefined ? '' : `, line ${lines}`}: ${message.split('\n')[0]}`)
  }
}
