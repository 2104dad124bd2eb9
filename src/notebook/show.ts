/** Shows things where the reader is: inline in a notebook, as text anywhere else. */
import { describeFigure, type Figure, isFigure } from '../figures/figure'
import { kernel } from './kernel'
import { type Row, rowsOf, type Table, type TableLike, table } from './table'

/** Plotly's MIME type, which JupyterLab draws with the renderer that the plotly wheel brings. */
export const PLOTLY = 'application/vnd.plotly.v1+json'

export interface ShowOptions {
  /** The figure also gets files of this name when notebooks are reproduced: figures/NAME.svg and .png. Lower case, digits and dashes. */
  readonly name?: string
}

/** What can be shown: figures, tables, danfojs DataFrames, lists of plain rows, and text. */
export type Showable = Figure | Table | TableLike | readonly Row[] | { readonly text: string } | string | number

/**
 * Shows a figure, a table, rows or text: in a notebook as an output of the running cell, elsewhere as text on standard output.
 *
 * @throws TypeError for anything else, RangeError for a name that is no file name
 */
export function show(value: Showable, { name }: ShowOptions = {}): void {
  if (name !== undefined && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new RangeError(`name is '${name}'; use lower-case letters, digits and dashes, such as 'learning-curve'`)
  }
  if (name !== undefined && !isFigure(value)) throw new TypeError('only figures have a name: it names their files')
  const data = mimeBundle(value)
  const running = kernel()
  if (running) running.display(data, name === undefined ? {} : { metadata: { shoplab: { name } } })
  else process.stdout.write(`${data['text/plain']}\n`)
}

/** The forms in which a value can be shown, by MIME type; every one has text. */
export function mimeBundle(value: Showable): Record<string, unknown> & { 'text/plain': string } {
  if (typeof value === 'string' || typeof value === 'number') return { 'text/plain': String(value) }
  if (isFigure(value)) {
    const { data, layout, frames } = value
    return { [PLOTLY]: { data, layout, ...(frames && { frames }) }, 'text/plain': describeFigure(value) }
  }
  if (isRows(value)) return tableBundle(table(value))
  if (typeof value === 'object' && value !== null) {
    if ('text' in value && typeof value.text === 'string') return tableBundle(value)
    if ('columns' in value && Array.isArray(value.columns) && Array.isArray(value.values))
      return tableBundle(table(rowsOf(value as TableLike)))
  }
  throw new TypeError(
    'show draws figures, tables, DataFrames, lists of plain rows and text; for anything else, make the cell end with the value',
  )
}

function tableBundle(value: { readonly text: string; readonly html?: string }): Record<string, unknown> & { 'text/plain': string } {
  return { ...(value.html === undefined ? {} : { 'text/html': value.html }), 'text/plain': value.text }
}

function isRows(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.every(row => typeof row === 'object' && row !== null && !Array.isArray(row))
}
