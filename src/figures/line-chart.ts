/** Lines over numbers, one or several, with bands where something was measured. */
import type { Figure, Layout, Plot } from './figure'
import { axis, layout, PALETTE, readable, translucent } from './theme'

export interface LineSeries {
  readonly label: string
  readonly x: readonly number[]
  /** A value for each x. */
  readonly y: readonly number[]
  /** Ends of the intervals. */
  readonly low?: readonly number[]
  readonly high?: readonly number[]
}

export interface LineChartOptions {
  readonly title: string
  /** What the axes measure, with their units. */
  readonly across: string
  readonly up: string
  /** Powers of ten on the axis across, with its marks at the places given where they are few; with 'both' also on the axis up; false. */
  readonly logarithmic?: boolean | 'both'
  /** A quiet line under the title. */
  readonly note?: string
}

// More of them would be written over each other.
const MOST_MARKS = 12

/** Left to itself, Plotly writes 0.05 as a small 5 between powers of ten. */
function logarithmicAxis(series: readonly LineSeries[]): Layout['xaxis'] {
  const places = Array.from(new Set(series.flatMap(({ x }) => x))).sort((one, other) => one - other)
  if (places.length > MOST_MARKS) return { type: 'log' }
  return { type: 'log', tickmode: 'array', tickvals: places, ticktext: places.map(place => readable(place)) }
}

/** @throws RangeError when a series has not a value for each x, or there is none */
export function lineChart(series: readonly LineSeries[], { title, across, up, logarithmic, note }: LineChartOptions): Figure {
  if (series.length === 0) throw new RangeError('series is empty; there is no line to draw')
  const data: Plot[] = []
  for (const [order, { label, x, y, low, high }] of series.entries()) {
    const wrong = [y, low, high].find(list => list && list.length !== x.length)
    if (wrong) throw new RangeError(`${label} has ${wrong.length} numbers for ${x.length} places; give one for each`)
    const colour = PALETTE[order % PALETTE.length]!
    if (low && high) {
      data.push({
        x: [...x, ...[...x].reverse()],
        y: [...high, ...[...low].reverse()],
        type: 'scatter',
        mode: 'lines',
        fill: 'toself',
        fillcolor: translucent(colour, 0.18),
        line: { width: 0 },
        hoverinfo: 'skip',
        showlegend: false,
      })
    }
    data.push({
      x: [...x],
      y: [...y],
      type: 'scatter',
      mode: x.length > 40 ? 'lines' : 'lines+markers',
      name: label,
      line: { color: colour, width: 2.5 },
      marker: { color: colour, size: 7 },
    })
  }
  const said = series.map(({ label, x, y }) => {
    const highest = y.indexOf(Math.max(...y))
    return `${label} from ${readable(y[0]!)} to ${readable(y[y.length - 1]!)}, highest ${readable(y[highest]!)} at ${readable(x[highest]!)}`
  })
  return {
    data,
    layout: layout(
      title,
      `${up} by ${across}. ${said.join('; ')}.`,
      {
        height: 400,
        showlegend: series.length > 1,
        xaxis: axis(across, logarithmic ? logarithmicAxis(series) : {}),
        yaxis: axis(up, logarithmic === 'both' ? { type: 'log', dtick: 1, tickformat: '~r' } : {}),
      },
      note,
    ),
  }
}
