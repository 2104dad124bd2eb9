/** Agents side by side: one measure's interquartile mean over seeds with its bootstrap interval, and the seeds themselves as dots. */
import type { AgentRow } from '../evaluate/scores-by-seed'
import { scoresBySeed } from '../evaluate/scores-by-seed'
import { summarise } from '../evaluate/summarise'
import type { Figure, Plot } from './figure'
import { agentColours, axis, layout, readable, translucent } from './theme'

export interface ComparisonOptions {
  readonly title?: string
  /** The column compared; 'return' unless told. */
  readonly measure?: string
  /** What that column is, with its unit: 'Clicks per impression (share)'. */
  readonly unit?: string
  /** The share of such intervals that should hold the truth. */
  readonly level?: number
}

/**
 * One row an agent, in the order they first appear in `rows`, the first on top.
 *
 * @param rows tidy rows, one for each agent and seed, as `compare` gives them: { agent, seed, return, … }
 * @throws RangeError as `summarise` does
 */
export function comparison(rows: readonly AgentRow[], options: ComparisonOptions = {}): Figure {
  const { title = 'Agents compared', measure = 'return', level = 0.95 } = options
  const unit = options.unit ?? (measure === 'return' ? 'Return per episode (reward)' : measure)
  const interval = `${readable(level * 100)} % interval`
  const summaries = summarise(rows, { measure, level })
  const colours = agentColours(summaries.map(({ agent }) => agent))
  const data: Plot[] = []
  for (const { agent, interquartileMean, low, high } of summaries) {
    const colour = colours.get(agent)!
    const seeds = Array.from(scoresBySeed(rows, agent, measure))
    data.push({
      x: seeds.map(([, score]) => score),
      y: seeds.map(() => agent),
      type: 'scatter',
      mode: 'markers',
      marker: { size: 8, color: translucent(colour, 0.35) },
      text: seeds.map(([seed]) => `seed ${seed}`),
      hoverinfo: 'x+text',
      name: `${agent}, each seed`,
    })
    data.push({
      x: [interquartileMean],
      y: [agent],
      type: 'scatter',
      mode: 'markers',
      marker: { size: 13, color: colour, symbol: 'diamond' },
      error_x: {
        type: 'data',
        symmetric: false,
        array: [high - interquartileMean],
        arrayminus: [interquartileMean - low],
        color: colour,
        thickness: 3,
        width: 8,
      },
      name: agent,
    })
  }
  const said = summaries.map(
    ({ agent, interquartileMean, low, high }) => `${agent} ${readable(interquartileMean)} (${readable(low)} to ${readable(high)})`,
  )
  const seeds = Math.max(...summaries.map(({ n }) => n))
  return {
    data,
    layout: layout(
      title,
      `${unit}, interquartile mean over ${seeds} seeds and ${interval}: ${said.join('; ')}.`,
      {
        showlegend: false,
        height: 170 + 56 * summaries.length,
        xaxis: axis(unit),
        yaxis: axis('', { autorange: 'reversed', type: 'category', ticks: '' }),
      },
      `diamond: interquartile mean, bar: ${interval}, dot: one of ${seeds} seeds`,
    ),
  }
}
