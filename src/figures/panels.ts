/** Small drawings side by side in one figure, each with axes and a title of its own. */
import type { Figure, Plot } from './figure'
import { axis, layout, PALETTE, readable } from './theme'

export interface Panel {
  readonly title: string
  /** Titles of the axes. */
  readonly x: string
  readonly y: string
  readonly traces: readonly Plot[]
  /** A few words inside, in the corner at the top right. */
  readonly note?: string
}

/** A panel; its traces bear its title as their name. */
export function panel(title: string, x: string, y: string, traces: Plot | readonly Plot[], note = ''): Panel {
  const all = Array.isArray(traces) ? (traces as readonly Plot[]) : [traces as Plot]
  return { title, x, y, traces: all.map(trace => ({ ...trace, name: title })), ...(note && { note }) }
}

/** Bars in the palette's colour of this number. */
export function bars(x: readonly (string | number)[], y: readonly (string | number)[], colour: number): Plot {
  return { x: [...x], y: [...y], type: 'bar', marker: { color: PALETTE[colour]! } }
}

/** Bars that lie, a row for each name, the first on top. */
export function lyingBars(counts: readonly (readonly [string, number])[], colour: number): Plot {
  return {
    ...bars(
      counts.map(([, count]) => count),
      counts.map(([name]) => name),
      colour,
    ),
    orientation: 'h',
  }
}

export interface ArrangeOptions {
  readonly columns: number
  /** Between two columns, as a share of the width: room for ticks and titles of axes. */
  readonly gap: number
  /** Pixels from one row to the next. */
  readonly rowHeight: number
  readonly titleSize?: number
  readonly leftMargin?: number
  /** At the horizontal axis of lying bars; as many as Plotly finds room for unless told. */
  readonly mostTicks?: number
}

/** Panels row by row; at 700 pixels there is room for three columns without titles at the vertical axes, or two with them. */
export function arrange(panels: readonly Panel[], title: string, description: string, options: ArrangeOptions): Figure {
  const { columns, gap, rowHeight, titleSize, leftMargin = 64, mostTicks } = options
  const rows = Math.ceil(panels.length / columns)
  const figure = layout(title, description, {
    height: 110 + rowHeight * rows,
    showlegend: false,
    margin: { l: leftMargin, r: 24, t: 84, b: 60 },
  })
  figure.annotations = []
  const width = rounded((1 - gap * (columns - 1)) / columns)
  const data = panels.flatMap(({ title, x, y, traces, note }, order) => {
    const at = order === 0 ? '' : String(order + 1)
    const left = rounded((order % columns) * (width + gap))
    // Rows reach from the top to the bottom, with room for axis and title between them.
    const height = 0.66 / rows
    const top = 1 - (Math.floor(order / columns) * (1 - height)) / Math.max(1, rows - 1)
    const domain = { x: [left, rounded(left + width)], y: [top - height, top] }
    const lying = traces[0]?.orientation === 'h'
    Object.assign(figure, {
      [`xaxis${at}`]: axis(x, {
        domain: domain.x,
        anchor: `y${at}` as 'y2',
        showgrid: lying,
        ...(lying && mostTicks && { nticks: mostTicks }),
      }),
      [`yaxis${at}`]: axis(y, {
        domain: domain.y,
        anchor: `x${at}` as 'x2',
        ...(lying ? { autorange: 'reversed', ticks: '', showgrid: false } : { nticks: 5, rangemode: 'tozero' }),
      }),
    })
    const place = { xref: 'paper', yref: 'paper', y: top, showarrow: false } as const
    figure.annotations!.push({
      ...place,
      text: `<b>${title}</b>`,
      x: left,
      xanchor: 'left',
      yanchor: 'bottom',
      ...(titleSize && { font: { size: titleSize } }),
    })
    if (note) figure.annotations!.push({ ...place, text: note, x: rounded(left + width), xanchor: 'right', yanchor: 'top', align: 'right' })
    return traces.map(trace => ({ ...trace, xaxis: `x${at}`, yaxis: `y${at}` }))
  })
  return { data, layout: figure }
}

/** A share as people read it: 38 %. */
export const percent = (share: number): string => `${readable(100 * share, 2)} %`

const rounded = (share: number): number => Number(share.toFixed(6))
