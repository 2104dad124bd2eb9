/** How the value of a cell's last expression is shown. */
import { inspect } from 'node:util'

const display = Symbol.for('shoplab.display')

/** What a figure of shoplab is: Plotly's data and layout, and in words what it says. */
interface Figure {
  readonly data: readonly unknown[]
  readonly layout: { readonly meta: { readonly description: string } }
}

function isFigure(value: unknown): value is Figure {
  const candidate = value as Partial<Figure> | null | undefined
  return typeof candidate === 'object' && Array.isArray(candidate?.data) && typeof candidate.layout?.meta?.description === 'string'
}

/** MIME types to data. An object draws itself by a method named by the symbol `shoplab.display`, figures are drawn, all else is inspected. */
export function drawn(value: unknown): Record<string, unknown> {
  if (isFigure(value)) {
    const { data, layout } = value
    return { 'text/plain': layout.meta.description, 'application/vnd.plotly.v1+json': { data, layout } }
  }
  const draw = (value as { [display]?: () => Record<string, unknown> } | null)?.[display]
  if (typeof draw === 'function') return { 'text/plain': inspect(value, { depth: 1 }), ...draw.call(value) }
  return { 'text/plain': inspect(value) }
}
