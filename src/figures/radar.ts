/** Agents over several metrics at once: an axis for each metric, all from the centre, and a polygon for each agent. */
import { mean } from 'simple-statistics'
import type { Figure, Plot } from './figure'
import { agentColours, INK, layout, QUIET, readable, translucent } from './theme'

export interface RadarAxis {
  /** The column of the rows. */
  readonly column: string
  /** What it is, in a few words: 'Clicks per impression'. */
  readonly title: string
  /** Its ends; found when left out: from 0 to the highest agent, or from the lowest where an agent is below 0. */
  readonly range?: readonly [low: number, high: number]
  /** The low end lies outside then, so that outside is better on every axis; false. */
  readonly lowerIsBetter?: boolean
}

export interface RadarOptions {
  readonly title?: string
}

/**
 * Every axis has a scale of its own, written under its title from the centre to the rim; so the shape compares agents axis by axis, and the
 * area of a polygon means nothing. The true values stand on hover and in the description.
 *
 * @param rows tidy: { agent, …columns }; of an agent with several rows, such as one for each seed, the mean
 * @param axes three at least, the first at the top, then clockwise
 * @throws RangeError without rows, for one without an agent, with fewer than three axes, a column that holds no finite number, or a value outside a range given
 */
export function radar(
  rows: readonly object[],
  axes: readonly RadarAxis[],
  { title = 'Agents over several metrics' }: RadarOptions = {},
): Figure {
  if (rows.length === 0) throw new RangeError('rows is empty; a radar needs at least one agent')
  if (axes.length < 3) throw new RangeError(`axes has ${axes.length}; a radar needs three at least, for fewer draw bars`)
  const nobody = rows.findIndex(row => (row as Cells).agent === undefined)
  if (nobody >= 0) throw new RangeError(`rows[${nobody}] has no agent; every row must say whose it is`)
  const agents = Array.from(new Set(rows.map(row => String((row as Cells).agent))))
  const values = axes.map(({ column }) => agents.map(agent => meanOf(rows, agent, column)))
  const scales = axes.map((axis, at) => scaleOf(axis, values[at]!, agents))
  const colours = agentColours(agents)
  const names = axes.map(({ title }, at) => {
    const { centre, rim } = scales[at]!
    return `${title}<br><span style="font-size:11px;color:${QUIET}">${readable(centre)} to ${readable(rim)}</span>`
  })
  // A polygon is closed by its first corner once more.
  const round = <Value>(list: readonly Value[]): Value[] => [...list, list[0]!]
  const data = agents.map(
    (agent, of): Plot => ({
      r: round(axes.map((_, at) => Number(scales[at]!.place(values[at]![of]!).toPrecision(6)))),
      theta: round(names),
      type: 'scatterpolar',
      mode: 'lines+markers',
      fill: 'toself',
      fillcolor: translucent(colours.get(agent)!, 0.1),
      line: { color: colours.get(agent)!, width: 2 },
      marker: { size: 7, color: colours.get(agent)! },
      text: round(axes.map(({ title }, at) => `${agent}<br>${title}: ${readable(values[at]![of]!)}`)),
      hoverinfo: 'text',
      name: agent,
    }),
  )
  const said = agents.map((agent, of) => `${agent}: ${axes.map(({ title }, at) => `${title} ${readable(values[at]![of]!)}`).join(', ')}`)
  const ends = axes.map(({ title }, at) => `${title} ${readable(scales[at]!.centre)} to ${readable(scales[at]!.rim)}`)
  const radial = {
    range: [0, 1.03],
    showticklabels: false,
    ticks: '',
    showline: false,
    gridcolor: '#E6E6E6',
    tickvals: [0.25, 0.5, 0.75, 1],
  }
  return {
    data,
    layout: layout(
      title,
      `${said.join('; ')}. Outside is better; from centre to rim: ${ends.join(', ')}.`,
      {
        height: 520,
        margin: { l: 90, r: 90, t: 120, b: 100 },
        // Above the drawing it would lie on the first axis's title.
        legend: { orientation: 'h', x: 0.5, y: -0.2, xanchor: 'center', yanchor: 'top' },
        showlegend: agents.length > 1,
        polar: {
          bgcolor: '#FFFFFF',
          radialaxis: radial as object,
          angularaxis: { direction: 'clockwise', rotation: 90, tickfont: { size: 13, color: INK }, gridcolor: '#E6E6E6', linecolor: QUIET },
        } as object,
      },
      'outside is better; each axis has a scale of its own, from centre to rim',
    ),
  }
}

type Cells = Readonly<Record<string, unknown>>

function meanOf(rows: readonly object[], agent: string, column: string): number {
  const cells = rows.filter(row => String((row as Cells).agent) === agent).map(row => (row as Cells)[column])
  const wrong = cells.find(cell => !Number.isFinite(cell))
  if (cells.some(cell => !Number.isFinite(cell)))
    throw new RangeError(`${column} of ${agent} is ${String(wrong)}; every row must have a finite number there`)
  return mean(cells as number[])
}

/** Where the centre and the rim are, and the place between, 0 to 1, of a value. */
function scaleOf({ column, range, lowerIsBetter = false }: RadarAxis, values: readonly number[], agents: readonly string[]) {
  let [low, high] = range ?? [Math.min(0, ...values), Math.max(...values)]
  if (range) {
    if (!(low < high && Number.isFinite(high - low)))
      throw new RangeError(`range of ${column} is ${low} to ${high}; give its lower end first, both finite`)
    const outside = values.findIndex(value => value < low || value > high)
    if (outside >= 0) throw new RangeError(`${column} of ${agents[outside]} is ${values[outside]}; its range is ${low} to ${high}`)
  }
  // All at 0, or all at one place below it: to 0 then.
  if (low === high) high = low < 0 ? 0 : 1
  const [centre, rim] = lowerIsBetter ? [high, low] : [low, high]
  return { centre, rim, place: (value: number) => (value - centre) / (rim - centre) }
}
