/** A purchase funnel, or several side by side: how many came to each stage, and what share of those before. */
import type { FunnelStage } from '../metrics/purchase-funnel'
import type { Figure, Plot } from './figure'
import { agentColours, axis, layout, readable } from './theme'

export interface FunnelSeries {
  /** Whose it is: an agent, or a segment. */
  readonly label: string
  /** As `purchaseFunnel` gives them; the same stages for all. */
  readonly stages: readonly FunnelStage[]
}

export interface FunnelOptions {
  readonly title?: string
  /** What was counted: 'Sessions'; 'Events' unless told. */
  readonly unit?: string
}

/** @throws RangeError without a series or stages, and where the stages of two series differ */
export function funnel(
  series: readonly FunnelSeries[],
  { title = 'From a look to a purchase', unit = 'Events' }: FunnelOptions = {},
): Figure {
  const names = series[0]?.stages.map(({ stage }) => stage) ?? []
  if (names.length === 0) throw new RangeError('series holds no stage; give at least one funnel, as purchaseFunnel makes it')
  for (const { label, stages } of series) {
    if (stages.length !== names.length || stages.some(({ stage }, at) => stage !== names[at]))
      throw new RangeError(`${label} has the stages ${stages.map(({ stage }) => stage).join(', ')}; all must have ${names.join(', ')}`)
  }
  const colours = agentColours(series.map(({ label }) => label))
  const alone = series.length === 1
  const data = series.map(
    ({ label, stages }): Plot => ({
      y: [...names],
      x: stages.map(({ count }) => count),
      type: 'funnel',
      name: label,
      text: stages.map(({ count, rate }, at) => (at === 0 ? readable(count) : `${readable(count)} (${percent(rate)})`)),
      textinfo: 'text',
      textposition: 'auto',
      hovertext: stages.map(({ stage, count, rate, dropOff, ofFirst }, at) =>
        at === 0
          ? `${label}<br>${stage}: ${readable(count)}`
          : `${label}<br>${stage}: ${readable(count)}<br>${percent(rate)} of ${names[at - 1]}, drop-off ${percent(dropOff)}<br>${percent(ofFirst)} of ${names[0]}`,
      ),
      hoverinfo: 'text',
      marker: { color: colours.get(label)! },
      ...({ connector: { visible: alone, fillcolor: '#F0F0F0', line: { width: 0 } } } as object),
    }),
  )
  const said = series.map(({ label, stages }) => {
    const steps = stages.map(({ stage, count, dropOff }, at) =>
      at === 0 ? `${stage} ${readable(count)}` : `${stage} ${readable(count)} (drop-off ${percent(dropOff)})`,
    )
    return `${label}: ${steps.join(', ')}`
  })
  return {
    data,
    layout: layout(
      title,
      `${unit} by stage. ${said.join('; ')}.`,
      {
        showlegend: !alone,
        height: (alone ? 98 : 126) + names.length * (alone ? 62 : 40 + 26 * series.length),
        margin: { l: 64, r: 24, t: alone ? 78 : 106, b: 20 },
        ...({ funnelmode: 'group', funnelgap: 0.25 } as object),
        xaxis: axis(unit, { visible: false }),
        yaxis: axis('', { type: 'category', autorange: 'reversed', ticks: '', showgrid: false, showline: false }),
      },
      `${unit.toLowerCase()}, and in brackets the share of the stage before`,
    ),
  }
}

function percent(share: number): string {
  return `${readable(100 * share)} %`
}
