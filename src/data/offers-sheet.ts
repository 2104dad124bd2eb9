/** A sheet of a workbook as columns: every cell is checked as it is taken; what is wrong is said with file, sheet, line and column. */
import { type Cell, fromSheetDate, type Workbook } from './offers-xlsx'
import { UserError } from './user-error'

export interface WorkbookSheet {
  readonly rows: number
  /** A column of texts, none empty; a number counts as the text that it shows. */
  texts(column: string): string[]
  /** A column of texts, none empty, no two alike. */
  ids(column: string): string[]
  /** A column whose texts each stand for a number; `allowed` says what the known ones are. */
  codes(column: string, known: ReadonlyMap<string, number>, allowed: string): Int32Array
  /** A column of numbers between two bounds, both allowed. */
  numbers(column: string, low: number, high: number): Float64Array
  /** A column of whole numbers between two bounds, both allowed. */
  wholes(column: string, low: number, high: number): Int32Array
  /** A column of dates, or of texts such as 2022-01-31 or 2022-01-31 12:00:00 (UTC), as Unix seconds. */
  dates(column: string): Float64Array
}

/** 2000-01-01 and 2100-01-01, Unix seconds: what lies outside is no date of shopping but a number that got into the column. */
const earliest = 946_684_800
const latest = 4_102_444_800

const dateText = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?)Z?)?$/

/**
 * @param columns columns that must be in the first row; others may be there too
 * @throws UserError when the sheet or a column is missing
 */
export function workbookSheet(file: string, book: Workbook, name: string, columns: readonly string[]): WorkbookSheet {
  const place = `${file}, sheet ${name}`
  const data = book.SheetNames.includes(name) ? (book.Sheets[name]!['!data'] ?? []) : undefined
  if (!data) throw new UserError(`${file} has no sheet ${name}; its sheets are ${book.SheetNames.join(', ')}`)
  const header = Array.from(data[0] ?? [], cell => shown(cell))
  const wanted = columns.join(', ')
  const twice = header.find((title, at) => title !== '' && header.indexOf(title) < at)
  if (twice !== undefined) throw new UserError(`${place}, line 1: the header has the column ${JSON.stringify(twice)} twice`)
  const missing = columns.find(column => !header.includes(column))
  if (missing !== undefined) throw new UserError(`${place}, line 1: the header has no column ${missing}; it must have ${wanted}`)
  // Lines as a spreadsheet numbers them: the header is 1. A line without anything in it is passed over.
  const lines = Array.from(data.keys()).filter(at => at > 0 && data[at]?.some(cell => shown(cell) !== ''))

  const cellsOf = (column: string) => {
    const at = header.indexOf(column)
    return lines.map(line => data[line]![at])
  }
  const wrong = (row: number, column: string, cell: Cell | undefined, allowed: string) => {
    const value = cell?.t === 'n' || cell?.t === 'b' ? String(cell.v) : JSON.stringify(shown(cell))
    return new UserError(`${place}, line ${lines[row]! + 1}, column ${column}: ${value} is not ${allowed}`)
  }
  const taken = <Value>(column: string, take: (cell: Cell | undefined) => Value | undefined, allowed: string): Value[] =>
    cellsOf(column).map((cell, row) => {
      const value = take(cell)
      if (value === undefined) throw wrong(row, column, cell, allowed)
      return value
    })
  const numeric = (column: string, low: number, high: number, whole: boolean) => {
    const take = (cell: Cell | undefined) => {
      // Flags are often true and false. An error such as #N/A is a number inside, and none here.
      const value = cell?.t === 'n' || cell?.t === 'b' ? Number(cell.v) : Number.NaN
      return value >= low && value <= high && (!whole || Number.isInteger(value)) ? value : undefined
    }
    return taken(column, take, `a ${whole ? 'whole ' : ''}number between ${low} and ${high}`)
  }
  const texts = (column: string) => taken(column, cell => shown(cell) || undefined, 'a text; it is empty')

  return {
    rows: lines.length,
    texts,
    ids(column) {
      const seen = new Map<string, number>()
      return texts(column).map((id, row) => {
        const before = seen.get(id)
        if (before !== undefined)
          throw wrong(row, column, cellsOf(column)[row], `new: line ${lines[before]! + 1} has the same id, and each may stand once`)
        seen.set(id, row)
        return id
      })
    },
    codes: (column, known, allowed) => Int32Array.from(taken(column, cell => known.get(shown(cell)), allowed)),
    numbers: (column, low, high) => Float64Array.from(numeric(column, low, high, false)),
    wholes: (column, low, high) => Int32Array.from(numeric(column, low, high, true)),
    dates: column => Float64Array.from(taken(column, dateOf, 'a date between the years 2000 and 2100, such as 2022-01-31 12:00:00 (UTC)')),
  }
}

/** A cell as text; empty, missing and broken ones (#N/A) as none. */
function shown(cell: Cell | undefined): string {
  return cell === undefined || cell.v === undefined || cell.t === 'e' || cell.t === 'z' ? '' : String(cell.v).trim()
}

function dateOf(cell: Cell | undefined): number | undefined {
  const seconds = cell?.t === 'n' ? fromSheetDate(cell.v as number) : textDate(shown(cell))
  return seconds >= earliest && seconds <= latest ? seconds : undefined
}

function textDate(text: string): number {
  const [, day, time = '00:00'] = dateText.exec(text) ?? []
  if (day === undefined) return Number.NaN
  const date = new Date(`${day}T${time}Z`)
  // 2022-02-30 would silently become 2 March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? Math.floor(date.getTime() / 1000) : Number.NaN
}
