/** What every figure is: a Plotly specification, data in and plain objects out, in the words of nodeplotlib's types. */
import type { PlotData, Layout as PlotlyLayout } from 'plotly.js'

// nodeplotlib's Plot and Layout, said again: its own typings would bring a server's with them into every notebook cell.
export type Plot = Partial<PlotData>
export type Layout = Partial<PlotlyLayout>

export interface FigureLayout extends Layout {
  /** Plotly leaves `meta` alone: ours carries what the figure says, in words, for readers who do not see it. */
  readonly meta: { readonly description: string }
}

/** One picture of an animation: what replaces the traces named, all of them unless told. */
export interface Frame {
  readonly name: string
  readonly data: Plot[]
  readonly traces?: number[]
  readonly layout?: Layout
}

export interface Figure {
  readonly data: Plot[]
  readonly layout: FigureLayout
  /** Pictures to play one after another; the page plays them, no kernel needed. */
  readonly frames?: Frame[]
}

/** What the figure says, in words: its title and its description. */
export function describeFigure(figure: Figure): string {
  const { title, meta } = figure.layout
  const heading = typeof title === 'string' ? title : (title?.text ?? '')
  const words = heading.replace(/<br>.*/, '')
  return words ? `${words}. ${meta.description}` : meta.description
}

/** True for anything that looks like a figure: a list of traces and a layout. */
export function isFigure(value: unknown): value is Figure {
  const candidate = value as Partial<Figure> | null
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    Array.isArray(candidate.data) &&
    typeof candidate.layout === 'object' &&
    candidate.layout !== null
  )
}
