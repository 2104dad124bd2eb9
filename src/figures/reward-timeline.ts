/** Mean reward of each step of a session, a line for each agent or segment with its interval: what `rewardTimeline` gives, drawn. */
import { studentQuantile } from '../evaluate/mean-interval'
import type { TimelinePoint } from '../metrics/reward-timeline'
import type { Figure, Plot } from './figure'
import { agentColours, axis, layout, readable, translucent } from './theme'

export interface TimelineSeries {
  /** Whose it is: an agent, or a segment. */
  readonly label: string
  readonly points: readonly TimelinePoint[]
}

export interface RewardTimelineOptions {
  readonly title?: string
  /** The share of such intervals that should hold the truth; .95. */
  readonly level?: number
}

/**
 * Bands are Student's intervals of the mean over sessions. Later steps are of the sessions that lasted so long; a step that fewer than two
 * sessions reached has no interval and is left out.
 *
 * @throws RangeError without a series, for a level that is none, and for a series no step of which was reached by two sessions
 */
export function rewardTimelineFigure(series: readonly TimelineSeries[], options: RewardTimelineOptions = {}): Figure {
  const { title = 'Reward in the course of a session', level = 0.95 } = options
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}; it lies between 0 and 1, like .95`)
  if (series.length === 0) throw new RangeError('series is empty; there is no line to draw')
  const colours = agentColours(series.map(({ label }) => label))
  const interval = `${readable(100 * level)} % interval`
  const said: string[] = []
  const data: Plot[] = []
  for (const { label, points } of series) {
    const kept = points.filter(({ sessions }) => sessions > 1)
    const [first, last] = [kept[0], kept[kept.length - 1]]
    if (!first || !last) throw new RangeError(`${label} has no step that two sessions reached; record more sessions`)
    const reach = kept.map(({ sessions, deviation }) => (quantile(level, sessions) * deviation) / Math.sqrt(sessions))
    const x = kept.map(({ step }) => step + 1)
    const colour = colours.get(label)!
    const edge: Plot = { x, type: 'scatter', mode: 'lines', line: { width: 0 }, hoverinfo: 'skip', showlegend: false, legendgroup: label }
    data.push({ ...edge, y: kept.map(({ reward }, at) => reward - reach[at]!) })
    const high = kept.map(({ reward }, at) => reward + reach[at]!)
    data.push({ ...edge, y: high, fill: 'tonexty', fillcolor: translucent(colour, 0.18) })
    data.push({
      ...{ x, y: kept.map(({ reward }) => reward), type: 'scatter', mode: kept.length > 40 ? 'lines' : 'lines+markers' },
      ...{ line: { color: colour, width: 2.5 }, marker: { color: colour, size: 6 }, name: label, legendgroup: label },
      text: kept.map(({ sessions }, at) => `${readable(sessions)} sessions, ± ${readable(reach[at]!)}`),
      hoverinfo: 'x+y+text' as 'x+y',
    } as Plot)
    const steps = `step ${first.step + 1} (${readable(first.sessions)} sessions) to ${readable(last.reward)} in step ${last.step + 1}`
    said.push(`${label} from ${readable(first.reward)} in ${steps} (${readable(last.sessions)} sessions)`)
  }
  return {
    data,
    layout: layout(
      title,
      `Mean reward of each step of a session, with its ${interval}: ${said.join('; ')}.`,
      {
        showlegend: series.length > 1,
        xaxis: axis('Step of the session', { rangemode: 'nonnegative' }),
        yaxis: axis('Reward (mean over sessions)'),
      },
      `band: ${interval} of the mean; later steps are of the sessions that lasted so long`,
    ),
  }
}

/** Beyond a thousand degrees of freedom Student's distribution no longer changes in its first three digits, but takes its time. */
function quantile(level: number, sessions: number): number {
  return studentQuantile((1 + level) / 2, Math.min(sessions - 1, 1000))
}
