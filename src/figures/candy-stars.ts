/** How many stars robots get as they learn: one line for every kind of robot, the mean of many, and how sure the line is. */
import { mean } from 'simple-statistics'
import { bootstrapInterval } from '../evaluate/bootstrap-interval'
import type { Figure } from './figure'
import { agentColours, axis, layout, translucent } from './theme'

export interface StarLine {
  readonly label: string
  /** [robots][points] */
  readonly stars: readonly (readonly number[])[]
}

export interface CandyStarsOptions {
  readonly title: string
  /** What the points are: 'guesses'. */
  readonly across: string
  /** What is counted: 'stars in ten guesses'. */
  readonly up: string
  /** How far apart the points are; 10. */
  readonly every?: number
  /** The top of the picture; 10. */
  readonly most?: number
}

/** With up to thirty robots of one kind each robot has a thin line of its own; otherwise a band, the 95 % interval of the mean. */
export function candyStars(lines: readonly StarLine[], { title, across, up, every = 10, most = 10 }: CandyStarsOptions): Figure {
  if (lines.length === 0 || lines.some(({ stars }) => stars.length === 0))
    throw new RangeError('candyStars needs at least one robot in each line')
  const colours = agentColours(lines.map(({ label }) => label))
  const each = lines.length === 1 && lines[0]!.stars.length <= 30
  const told: string[] = []
  const data = lines.flatMap(({ label, stars }) => {
    const colour = colours.get(label)!
    const points = stars[0]!.map((_, at) => bootstrapInterval([stars.map(robot => robot[at]!)], { statistic: mean, resamples: 400 }))
    const x = points.map((_, at) => (at + 1) * every)
    const thin = { type: 'scatter', mode: 'lines', x, showlegend: false, hoverinfo: 'skip', legendgroup: label } as const
    const [first, last] = [points[0]!, points[points.length - 1]!]
    told.push(
      `${label}: from ${first.estimate.toFixed(1)} to ${last.estimate.toFixed(1)} (${last.low.toFixed(1)} to ${last.high.toFixed(1)})`,
    )
    const behind = each
      ? stars.map(robot => ({ ...thin, y: [...robot], line: { color: translucent(colour, 0.16), width: 1.5 } }))
      : [
          { ...thin, y: points.map(({ low }) => low), line: { width: 0 } },
          { ...thin, y: points.map(({ high }) => high), line: { width: 0 }, fill: 'tonexty' as const, fillcolor: translucent(colour, 0.2) },
        ]
    const line = {
      type: 'scatter' as const,
      mode: 'lines' as const,
      x,
      y: points.map(({ estimate }) => estimate),
      name: label,
      legendgroup: label,
      line: { color: colour, width: 4 },
    }
    return [...behind, line]
  })
  const note = each
    ? 'thin line: one robot; thick line: all of them'
    : `line: ${lines[0]!.stars.length} times each; pale band: it may be luck`
  return {
    data,
    layout: layout(
      title,
      `${up}, ${told.join('; ')}.`,
      {
        showlegend: lines.length > 1,
        xaxis: axis(across, { range: [0, every * lines[0]!.stars[0]!.length * 1.03] }),
        yaxis: axis(up, { range: [0, most * 1.04] }),
      },
      note,
    ),
  }
}
