/** A heat map: a grid of numbers as colours, the darker the more. */
import type { Figure } from './figure'
import { axis, layout, PALETTE, readable } from './theme'

export interface HeatMapOptions {
  readonly title: string
  /** What the columns and the rows are. */
  readonly across: string
  readonly down: string
  /** What the numbers are, with their unit. */
  readonly unit: string
  /** Writes the numbers into the cells, with so many digits; left out, colours alone. */
  readonly digits?: number
  readonly note?: string
}

/**
 * @param values one list for each row, the first row on top
 * @throws RangeError when the grid does not fit its names
 */
export function heatMap(
  rows: readonly string[],
  columns: readonly string[],
  values: readonly (readonly number[])[],
  options: HeatMapOptions,
): Figure {
  const { title, across, down, unit, digits, note } = options
  if (values.length !== rows.length || values.some(row => row.length !== columns.length)) {
    throw new RangeError(`the grid must have ${rows.length} rows of ${columns.length} numbers, one for each name`)
  }
  const all = values.flat()
  const place = (value: number) => {
    const at = all.indexOf(value)
    return `${rows[Math.floor(at / columns.length)]}, ${columns[at % columns.length]}`
  }
  const [least, most] = [Math.min(...all), Math.max(...all)]
  return {
    data: [
      {
        type: 'heatmap',
        x: [...columns],
        y: [...rows],
        z: values.map(row => [...row]),
        colorscale: [
          [0, '#FFFFFF'],
          [1, PALETTE[0]],
        ],
        colorbar: { title: { text: unit, side: 'right', font: { size: 13 } }, thickness: 14, outlinewidth: 0 } as object,
        xgap: 1,
        ygap: 1,
        hovertemplate: '%{y}, %{x}: %{z:.3g}<extra></extra>',
        ...(digits !== undefined && { texttemplate: `%{z:.${digits}f}`, textfont: { size: 11 } }),
      },
    ],
    layout: layout(
      title,
      `${unit}, by ${down} and ${across}: from ${readable(least)} (${place(least)}) to ${readable(most)} (${place(most)}).`,
      {
        height: 170 + 32 * rows.length,
        showlegend: false,
        xaxis: axis(across, { type: 'category', showgrid: false, ticks: '' }),
        yaxis: axis(down, { type: 'category', autorange: 'reversed', showgrid: false, ticks: '' }),
      },
      note,
    ),
  }
}
