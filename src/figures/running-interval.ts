/** A difference that becomes surer as visits come in: the estimate and its interval over the visits so far, and when it first excludes 0. */
import type { RunningDifference } from '../evaluate/running-difference'
import type { Figure, Plot } from './figure'
import { axis, INK, layout, PALETTE, readable, translucent } from './theme'

export interface RunningIntervalOptions {
  readonly title?: string
  /** What the difference is, with its unit. */
  readonly unit?: string
}

/** @throws RangeError without looks */
export function runningInterval(looks: readonly RunningDifference[], options: RunningIntervalOptions = {}): Figure {
  const { title = 'The test while it runs', unit = 'Treatment minus control (reward per visit)' } = options
  const last = looks[looks.length - 1]
  if (!last) throw new RangeError('runningInterval needs at least one look; were there 30 visits in each group?')
  const x = looks.map(({ visits }) => visits)
  const edge: Plot = { x, type: 'scatter', mode: 'lines', line: { width: 0 }, hoverinfo: 'skip', showlegend: false }
  const first = looks.find(({ low, high }) => low > 0 || high < 0)
  const said = first ? `first excludes 0 after ${readable(first.visits)} visits` : 'never excludes 0'
  const round = (value: number) => Number(value.toPrecision(6))
  return {
    data: [
      { ...edge, y: looks.map(({ low }) => round(low)) },
      { ...edge, y: looks.map(({ high }) => round(high)), fill: 'tonexty', fillcolor: translucent(PALETTE[0], 0.2) },
      {
        ...{ x, y: looks.map(({ estimate }) => round(estimate)), type: 'scatter', mode: 'lines', name: 'difference' },
        line: { color: PALETTE[0], width: 2.5 },
      },
    ],
    layout: layout(
      title,
      `${unit} after ${readable(x[0]!)} to ${readable(last.visits)} visits; at the end ${readable(last.estimate)} (${readable(last.low)} to ${readable(last.high)}); the 95 % interval ${said}.`,
      {
        showlegend: false,
        height: 360,
        xaxis: axis('Visits so far, both groups', { rangemode: 'tozero' }),
        yaxis: axis(unit),
        shapes: [{ type: 'line', xref: 'paper', x0: 0, x1: 1, y0: 0, y1: 0, line: { color: INK, width: 1.5 } }],
      },
      `line: difference of the means; band: its 95 % interval, which ${said}`,
    ),
  }
}
