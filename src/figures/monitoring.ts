/** A policy at work, watched: the mean reward of every so many visits, what was usual at first, and where the alarm was raised. */
import { mean } from 'simple-statistics'
import { type RewardDriftOptions, rewardDrift } from '../evaluate/reward-drift'
import type { Figure, Plot } from './figure'
import { axis, INK, layout, PALETTE, QUIET, readable, translucent } from './theme'

export interface MonitoringOptions extends RewardDriftOptions {
  readonly title?: string
  /** Visits that one dot stands for; a fiftieth of them unless told. */
  readonly window?: number
  /** What is measured, with its unit. */
  readonly unit?: string
}

/**
 * @param rewards one a visit, in the order of time
 * @throws RangeError as `rewardDrift` does, and when a window is not a whole number of at least 2 visits
 */
export function monitoring(rewards: ArrayLike<number>, options: MonitoringOptions): Figure {
  const { title = 'The policy at work', unit = 'Return per visit (reward)' } = options
  const drift = rewardDrift(rewards, options)
  const all = Array.from(rewards)
  const window = options.window ?? Math.max(2, Math.round(all.length / 50))
  if (!(Number.isInteger(window) && window >= 2)) throw new RangeError(`window is ${window}; it must be a whole number of at least 2`)
  const starts = Array.from({ length: Math.floor(all.length / window) }, (_, at) => at * window)
  const means = starts.map(start => mean(all.slice(start, start + window)))
  const reach = (2 * drift.deviation) / Math.sqrt(window)
  const usual = { x: [0, all.length], type: 'scatter', mode: 'lines', hoverinfo: 'skip' } satisfies Plot
  const data: Plot[] = [
    { ...usual, y: [drift.mean - reach, drift.mean - reach], line: { width: 0 }, showlegend: false },
    {
      ...usual,
      y: [drift.mean + reach, drift.mean + reach],
      line: { width: 0 },
      fill: 'tonexty',
      fillcolor: translucent(QUIET, 0.15),
      name: 'usual, 95 of 100 dots',
    },
    {
      x: starts.map(start => start + window / 2),
      y: means,
      type: 'scatter',
      mode: 'lines+markers',
      marker: { size: 6, color: PALETTE[0] },
      line: { width: 1, color: PALETTE[0] },
      name: `mean of ${readable(window)} visits`,
    },
  ]
  const { alarm, direction } = drift
  if (alarm !== undefined) {
    const low = Math.min(...means, drift.mean - reach)
    const high = Math.max(...means, drift.mean + reach)
    data.push({
      x: [alarm, alarm],
      y: [low, high],
      type: 'scatter',
      mode: 'lines',
      line: { color: PALETTE[1], width: 3, dash: 'dash' },
      name: 'alarm',
    })
  }
  const said = alarm === undefined ? 'no alarm' : `alarm at visit ${readable(alarm)}: a ${direction}`
  return {
    data,
    layout: layout(
      title,
      `${unit} over ${readable(all.length)} visits; ${readable(drift.mean)} in the first ${readable(options.reference)}, ${readable(means[means.length - 1]!)} in the last ${readable(window)}; ${said}.`,
      {
        xaxis: axis('Visit', { rangemode: 'nonnegative' }),
        yaxis: axis(unit),
        shapes: [
          {
            type: 'line',
            xref: 'x',
            yref: 'paper',
            x0: options.reference,
            x1: options.reference,
            y0: 0,
            y1: 1,
            line: { color: INK, width: 1, dash: 'dot' },
          },
        ],
      },
      `left of the dotted line: what counts as usual; ${said}`,
    ),
  }
}
