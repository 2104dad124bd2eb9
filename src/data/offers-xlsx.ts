/** The workbook library (SheetJS), loaded on first use, and as much of its interface as is used here. */
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** A cell: n a number, s a text, b true or false; others are none that a table of behaviour has. */
export interface Cell {
  readonly t: string
  readonly v?: number | string | boolean
  /** How a number is shown; dates are numbers. */
  readonly z?: string
}

/** A sheet whose cells stand in rows ("dense"). */
export interface Worksheet {
  '!data'?: (readonly (Cell | undefined)[] | undefined)[]
  '!ref'?: string
}

export interface Workbook {
  readonly SheetNames: string[]
  readonly Sheets: Record<string, Worksheet>
}

interface Xlsx {
  read(content: Uint8Array, options: { type: 'buffer'; dense: true }): Workbook
  write(book: Workbook, options: { type: 'buffer'; bookType: 'xlsx'; compression: boolean }): Uint8Array
}

let loaded: Xlsx | undefined

export function xlsx(): Xlsx {
  const specifier = 'xlsx'
  loaded ??= createRequire(typeof __filename === 'string' ? __filename : join(process.cwd(), 'package.json'))(specifier) as Xlsx
  return loaded
}

/** Days from 1899-12-30, which spreadsheets count from, to 1970-01-01. */
const epoch = 25_569

/** Unix seconds as a spreadsheet's date, and back, to the second. */
export const toSheetDate = (seconds: number): number => seconds / 86_400 + epoch
export const fromSheetDate = (days: number): number => Math.round((days - epoch) * 86_400)
