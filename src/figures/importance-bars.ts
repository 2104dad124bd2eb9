/** How much each hyperparameter matters, as lying bars, the greatest on top. */
import type { Interval } from '../evaluate/bootstrap-interval'
import type { Figure, Plot } from './figure'
import { axis, INK, layout, PALETTE, readable } from './theme'

export interface ImportanceBarsOptions {
  readonly title?: string
  /** What importance is counted in: 'Importance (share of the variance)'. */
  readonly measure?: string
  /** What the intervals are, if there are any: '95 % interval'. */
  readonly interval?: string
}

/**
 * Sorted bars, equal ones in the order given.
 *
 * @param importances by hyperparameter: a number, or an estimate with the ends of its interval
 * @throws RangeError when there are none, or one is not finite
 */
export function importanceBars(importances: Readonly<Record<string, number | Interval>>, options: ImportanceBarsOptions = {}): Figure {
  const { title = 'Which hyperparameters matter', measure = 'Importance', interval = '95 % interval' } = options
  const bars = Object.entries(importances).map(([name, importance]) => {
    const { estimate, low, high } =
      typeof importance === 'number' ? { estimate: importance, low: importance, high: importance } : importance
    const wrong = [estimate, low, high].find(value => !Number.isFinite(value))
    if (wrong !== undefined) throw new RangeError(`the importance of ${name} is ${wrong}; it must be a finite number`)
    if (!(low <= estimate && estimate <= high)) {
      throw new RangeError(`the importance of ${name} is ${estimate}, outside its interval from ${low} to ${high}`)
    }
    return { name, estimate, low, high, certain: typeof importance === 'number' }
  })
  if (bars.length === 0) throw new RangeError('importanceBars needs at least one hyperparameter, such as { learningRate: 0.7 }')
  bars.sort((a, b) => b.estimate - a.estimate)
  const intervals = bars.some(({ certain }) => !certain)
  const reach = Math.max(0, ...bars.map(({ high }) => high))
  const depth = Math.min(0, ...bars.map(({ low }) => low))
  const data: Plot[] = [
    {
      type: 'bar',
      orientation: 'h',
      x: bars.map(({ estimate }) => estimate),
      y: bars.map(({ name }) => name),
      marker: { color: PALETTE[0] },
      width: bars.map(() => 0.62),
      name: measure,
      hoverinfo: 'x+y' as 'x+text',
      ...(intervals && {
        error_x: {
          type: 'data' as const,
          symmetric: false,
          array: bars.map(({ estimate, high }) => high - estimate),
          arrayminus: bars.map(({ estimate, low }) => estimate - low),
          color: INK,
          thickness: 1.8,
          width: 5,
        },
      }),
    },
    {
      // Numbers beyond the bar and its interval, where nothing crosses them.
      type: 'scatter',
      mode: 'text',
      x: bars.map(({ high }) => Math.max(high, 0)),
      y: bars.map(({ name }) => name),
      text: bars.map(({ estimate }) => `  ${readable(estimate, 2)}`),
      textposition: 'middle right',
      hoverinfo: 'skip',
      name: 'values',
    },
  ]
  const words = bars.map(({ name, estimate, low, high, certain }) =>
    certain ? `${name} ${readable(estimate)}` : `${name} ${readable(estimate)} (${readable(low)} to ${readable(high)})`,
  )
  const span = reach - depth || 1
  return {
    data,
    layout: layout(
      title,
      `${measure}${intervals ? ` with ${interval}` : ''}, greatest first: ${words.join(', ')}.`,
      {
        showlegend: false,
        height: 150 + 40 * bars.length + (intervals ? 20 : 0),
        xaxis: axis(measure, { range: [depth < 0 ? depth - 0.03 * span : 0, depth + 1.12 * span], zeroline: depth < 0 }),
        yaxis: axis('', { type: 'category', autorange: 'reversed', ticks: '', showgrid: false }),
      },
      intervals ? `line: ${interval}` : '',
    ),
  }
}
