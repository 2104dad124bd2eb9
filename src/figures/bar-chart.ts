/** Bars by name, one series or several side by side, with intervals where something was measured. */
import type { Figure, Plot } from './figure'
import { axis, INK, layout, PALETTE, readable } from './theme'

export interface BarSeries {
  readonly label: string
  /** A bar for each name. */
  readonly values: readonly number[]
  /** Ends of the bars' intervals. */
  readonly low?: readonly number[]
  readonly high?: readonly number[]
}

export interface BarChartOptions {
  readonly title: string
  /** What the names are, and what the bars measure, with its unit. */
  readonly across: string
  readonly up: string
  /** A quiet line under the title. */
  readonly note?: string
}

/**
 * @param names under the bars, words or numbers, from left to right
 * @throws RangeError when a series has not a bar for each name
 */
export function barChart(names: readonly (string | number)[], series: readonly BarSeries[], options: BarChartOptions): Figure {
  const { title, across, up, note } = options
  for (const { label, values, low, high } of series) {
    const wrong = [values, low, high].find(list => list && list.length !== names.length)
    if (wrong) throw new RangeError(`${label} has ${wrong.length} numbers for ${names.length} names; give one for each`)
  }
  const data = series.map(
    ({ label, values, low, high }, order): Plot => ({
      x: names.map(String),
      y: [...values],
      type: 'bar',
      name: label,
      marker: { color: PALETTE[order % PALETTE.length]! },
      ...(low &&
        high && {
          error_y: {
            type: 'data',
            symmetric: false,
            array: high.map((end, at) => end - values[at]!),
            arrayminus: low.map((end, at) => values[at]! - end),
            color: INK,
            thickness: 1.5,
            width: 4,
          },
        }),
    }),
  )
  const said = series.map(({ label, values }) => {
    const highest = values.indexOf(Math.max(...values))
    return `${label}: ${readable(values[highest] ?? Number.NaN)} at most (${names[highest]}), ${readable(Math.min(...values))} at least`
  })
  return {
    data,
    layout: layout(
      title,
      `${up} by ${across}. ${said.join('; ')}.`,
      {
        barmode: 'group',
        height: 380,
        showlegend: series.length > 1,
        xaxis: axis(across, { type: 'category', showgrid: false }),
        yaxis: axis(up, { rangemode: 'tozero' }),
      },
      note,
    ),
  }
}
