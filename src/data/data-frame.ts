/**
 * Tidy rows as a danfojs DataFrame and back, for notebooks: what a metric or an evaluation gives, looked at, filtered and grouped there.
 *
 * Cells stay what they are, to the last bit: NaN and infinities, texts that look like numbers, empty texts. danfojs would take a column of
 * '1', '2' for numbers and guess from the first twenty cells, so each column's type is told to it; 'float32' is its word for all fractions,
 * which it keeps as doubles. For files, `writeRows` writes the same rows as CSV.
 */
import { danfojs } from './danfojs'
import type { DataFrame } from './load-tables'
import type { TidyRow } from './rows-file'

type Frame = new (columns: Record<string, unknown[]>, options: { dtypes: string[] }) => DataFrame

/** A DataFrame has its columns as members, too: one of these names would hide what it works with. */
const taken = new Set(
  'columns,shape,values,index,dtypes,column,head,tail,describe,query,groupby,loc,iloc,sortValues,toString,constructor'.split(','),
)

/**
 * @param rows of the same columns, texts and numbers; at least one row
 * @throws RangeError when there is no row, one has other columns than the first, a cell is neither text nor number, or a column has a
 *   name that DataFrames need themselves
 */
export function toDataFrame(rows: readonly object[]): DataFrame {
  const columns = Object.keys(rows[0] ?? {})
  if (columns.length === 0) throw new RangeError('rows is empty; a DataFrame needs at least one row, which names the columns')
  for (const column of columns) {
    if (taken.has(column) || column.startsWith('$'))
      throw new RangeError(`rows has a column '${column}'; DataFrames use that name themselves, so give the column another one`)
  }
  rows.forEach((row, at) => {
    const missing = columns.find(column => !Object.hasOwn(row, column))
    if (missing !== undefined) throw new RangeError(`rows[${at}] has no column '${missing}'; all rows must have the columns of the first`)
    const more = Object.keys(row).find(column => !columns.includes(column))
    if (more !== undefined) throw new RangeError(`rows[${at}] has a column '${more}'; all rows must have the columns of the first`)
    for (const column of columns) checkCell(`rows[${at}].${column}`, (row as TidyRow)[column])
  })
  const cells = columns.map(column => rows.map(row => (row as TidyRow)[column]!))
  const named = Object.fromEntries(columns.map((column, at) => [column, cells[at]!]))
  return new (danfojs().DataFrame as Frame)(named, { dtypes: cells.map(typeOf) })
}

/**
 * The rows of a DataFrame, without its index: `frameRows(toDataFrame(rows))` equals `rows`.
 *
 * @throws RangeError when a cell is neither text nor number, as danfojs leaves where a join found nothing
 */
export function frameRows(frame: DataFrame): TidyRow[] {
  const { columns, values } = frame
  return values.map((cells, at) =>
    Object.fromEntries(columns.map((column, place) => [column, checkCell(`row ${at}, column '${column}',`, cells[place])])),
  )
}

function checkCell(name: string, cell: unknown): string | number {
  if (typeof cell === 'string' || typeof cell === 'number') return cell
  throw new RangeError(`${name} is ${String(cell)}; cells are texts and numbers: NaN, or a text, may stand for what is missing`)
}

function typeOf(cells: readonly (string | number)[]): 'string' | 'int32' | 'float32' {
  if (cells.some(cell => typeof cell === 'string')) return 'string'
  return cells.every(cell => Number.isInteger(cell)) ? 'int32' : 'float32'
}
