/** TPE's two densities along one hyperparameter, with the trials they are made of: it tries next where the first is high against the second. */
import type { ParzenDensities } from '../sweep/parzen-densities'
import type { Figure, Plot } from './figure'
import { axis, layout, PALETTE, readable } from './theme'

export interface ParzenFigureOptions {
  /** The hyperparameter's name. */
  readonly name: string
  readonly title?: string
  /** A logarithmic axis. */
  readonly log?: boolean
}

export function parzenFigure(densities: ParzenDensities, { name, title = 'What TPE knows', log = false }: ParzenFigureOptions): Figure {
  const { at, good, other, goodTrials, otherTrials } = densities
  const ratios = good.map((density, place) => density / other[place]!)
  const promising = at[ratios.indexOf(Math.max(...ratios))]!
  const colours = { good: PALETTE[1], other: PALETTE[0] }
  const highest = Math.max(...good, ...other)
  const curve = (what: string, y: readonly number[], color: string): Plot => ({
    x: [...at],
    y: y.map(density => Number(density.toPrecision(4))),
    type: 'scatter',
    mode: 'lines',
    line: { color, width: 2.5 },
    name: what,
  })
  // The trials stand under the curves, one row for each kind.
  const marks = (what: string, values: readonly number[], color: string, row: number, symbol: string): Plot => ({
    x: [...values],
    y: values.map(() => -0.06 * highest * row),
    type: 'scatter',
    mode: 'markers',
    marker: { color, size: 8, symbol, opacity: 0.8 },
    name: what,
    hoverinfo: 'x' as 'x+text',
  })
  return {
    data: [
      curve('Density of the best trials', good, colours.good),
      curve('Density of the others', other, colours.other),
      marks(`Best (${goodTrials.length})`, goodTrials, colours.good, 1, 'diamond'),
      marks(`Others (${otherTrials.length})`, otherTrials, colours.other, 2, 'line-ns-open'),
    ],
    layout: layout(
      title,
      `Density of the ${goodTrials.length} best trials and of the ${otherTrials.length} others along ${name}; the first is highest against the second at ${readable(promising)}.`,
      {
        xaxis: axis(log ? `${name} (logarithmic)` : name, log ? { type: 'log' } : {}),
        yaxis: axis('Density (per whole range)', { range: [-0.18 * highest, 1.06 * highest], zeroline: true }),
        shapes: [{ type: 'line', x0: promising, x1: promising, yref: 'paper', y0: 0, y1: 1, line: { dash: 'dot', width: 1.5 } }],
      },
      'dotted: where the first is highest against the second',
    ),
  }
}
