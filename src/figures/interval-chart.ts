/** Estimates with their intervals, one under the other, and where it is known the truth that they are after. */
import type { Interval } from '../evaluate/bootstrap-interval'
import type { Figure, Plot } from './figure'
import { axis, INK, layout, PALETTE, QUIET, readable } from './theme'

export interface EstimateRow extends Interval {
  /** Its name. */
  readonly estimator: string
  /** What makes the estimate doubtful, as a list or in one cell; such rows are grey and hollow. */
  readonly warnings?: readonly string[]
  readonly warning?: string
}

export interface IntervalChartOptions {
  readonly title: string
  /** What is estimated, with its unit. */
  readonly unit: string
  /** Drawn as a line across all rows. */
  readonly truth?: number
  /** What that line is, where it is an estimate itself: 'its own log'; 'the truth'. */
  readonly truthIs?: string
  /** The share of such intervals that hold the truth, for the words; .95. */
  readonly level?: number
}

/** @throws RangeError without rows, or with a number that is not finite */
export function intervalChart(
  rows: readonly EstimateRow[],
  { title, unit, truth, truthIs = 'the truth', level = 0.95 }: IntervalChartOptions,
): Figure {
  if (rows.length === 0) throw new RangeError('rows is empty; there is nothing to draw')
  for (const { estimator, estimate, low, high } of rows) {
    const wrong = [estimate, low, high].find(value => !Number.isFinite(value))
    if (wrong !== undefined) throw new RangeError(`${estimator} has ${wrong} among its numbers; they must be finite`)
  }
  if (truth !== undefined && !Number.isFinite(truth)) throw new RangeError(`truth is ${truth}; it must be a finite number`)
  const doubtful = ({ warnings = [], warning = '' }: EstimateRow) => warnings.length > 0 || warning !== ''
  const drawn = (some: readonly EstimateRow[], colour: string, symbol: string, name: string): Plot => ({
    x: some.map(({ estimate }) => estimate),
    y: some.map(({ estimator }) => estimator),
    type: 'scatter',
    mode: 'markers',
    name,
    marker: { size: 11, color: colour, symbol },
    error_x: {
      type: 'data',
      symmetric: false,
      array: some.map(({ estimate, high }) => high - estimate),
      arrayminus: some.map(({ estimate, low }) => estimate - low),
      color: colour,
      thickness: 3,
      width: 8,
    },
  })
  const parts = [
    { some: rows.filter(row => !doubtful(row)), colour: PALETTE[0], symbol: 'diamond', name: 'estimate' },
    { some: rows.filter(doubtful), colour: QUIET, symbol: 'diamond-open', name: 'with a warning' },
  ]
  const interval = `${readable(level * 100)} % interval`
  const said = rows.map(
    row =>
      `${row.estimator} ${readable(row.estimate)} (${readable(row.low)} to ${readable(row.high)}${doubtful(row) ? ', with a warning' : ''})`,
  )
  const line = truth === undefined ? '' : `; line: ${truthIs}, ${readable(truth)}`
  const warned = rows.some(doubtful) ? '; grey: with a warning' : ''
  return {
    data: parts.filter(({ some }) => some.length > 0).map(({ some, colour, symbol, name }) => drawn(some, colour, symbol, name)),
    layout: layout(
      title,
      `${unit}, estimate and ${interval}: ${said.join('; ')}${truth === undefined ? '' : `; ${truthIs} ${readable(truth)}`}.`,
      {
        showlegend: false,
        height: 150 + 46 * rows.length,
        xaxis: axis(unit),
        yaxis: axis('', { type: 'category', ticks: '', categoryorder: 'array', categoryarray: rows.map(row => row.estimator).reverse() }),
        ...(truth !== undefined && {
          shapes: [{ type: 'line', x0: truth, x1: truth, yref: 'paper', y0: 0, y1: 1, line: { color: INK, width: 1.5, dash: 'dot' } }],
        }),
      },
      `diamond: estimate, bar: ${interval}${line}${warned}`,
    ),
  }
}
