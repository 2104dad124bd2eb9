/** Tables of plain rows, as text and as HTML: for looking at, so long ones are cut and numbers are rounded. */
import { readable } from '../figures/theme'

/** The method by which an object draws itself when a cell ends with it. */
const display: unique symbol = Symbol.for('shoplab.display')

/** One row: { agent: 'Double DQN', return: 3.2 }; any plain object, such as those that compare and summarise give. */
export type Row = object
type Cells = Readonly<Record<string, unknown>>

export interface TableOptions {
  readonly title?: string
  /** Rows shown; the rest is counted. */
  readonly most?: number
}

/** A table ready to be shown, see `show`. */
export interface Table {
  readonly html: string
  readonly text: string
  /** A cell that ends with a table shows it. */
  [display](): Record<string, string>
}

/** What danfojs's DataFrame and its like have in common. */
export interface TableLike {
  readonly columns: readonly string[]
  readonly values: readonly unknown[]
}

/** Plain rows as a table; columns are the keys of the rows shown, in the order they first appear. */
export function table(rows: readonly Row[], { title, most = 20 }: TableOptions = {}): Table {
  if (!Number.isInteger(most) || most < 1) throw new RangeError(`most is ${most}; it must be a whole number of at least 1`)
  const columns = Array.from(new Set(rows.slice(0, most).flatMap(row => Object.keys(row))))
  const shown = rows.slice(0, most) as readonly Cells[]
  const numeric = new Set(
    columns.filter(
      column => shown.some(row => isNumber(row[column])) && shown.every(row => row[column] === undefined || isNumber(row[column])),
    ),
  )
  const cells = shown.map(row => columns.map(column => cell(row[column])))
  const more = rows.length > most ? `… and ${readable(rows.length - most)} more rows` : ''
  const html = asHtml(columns, cells, numeric, title, more)
  const text = asText(columns, cells, numeric, title, more)
  return { html, text, [display]: () => ({ 'text/html': html, 'text/plain': text }) }
}

/** The rows of a danfojs DataFrame, or of anything with columns and values. */
export function rowsOf({ columns, values }: TableLike): Record<string, unknown>[] {
  return values.map(value => {
    const list = Array.isArray(value) ? value : [value]
    return Object.fromEntries(columns.map((column, at) => [column, list[at]]))
  })
}

/** Text made safe to stand in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint'

function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'number') return readable(value, 4)
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

function asHtml(columns: string[], cells: string[][], numeric: Set<string>, title: string | undefined, more: string): string {
  const side = (column: string) => `style="padding:2px 8px;text-align:${numeric.has(column) ? 'right' : 'left'}"`
  const head = columns.map(column => `<th ${side(column)}>${escapeHtml(column)}</th>`).join('')
  const body = cells
    .map(row => `<tr>${row.map((text, at) => `<td ${side(columns[at]!)}>${escapeHtml(text)}</td>`).join('')}</tr>`)
    .join('\n')
  const caption = title ? `<caption style="text-align:left;font-weight:bold">${escapeHtml(title)}</caption>\n` : ''
  return `<table>\n${caption}<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>${more ? `\n<p>${more}</p>` : ''}`
}

function asText(columns: string[], cells: string[][], numeric: Set<string>, title: string | undefined, more: string): string {
  const widths = columns.map((column, at) => Math.max(column.length, ...cells.map(row => row[at]!.length)))
  const line = (row: string[]) =>
    row
      .map((text, at) => (numeric.has(columns[at]!) ? text.padStart(widths[at]!) : text.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd()
  return [...(title ? [title] : []), line(columns), ...cells.map(line), ...(more ? [more] : [])].join('\n')
}
