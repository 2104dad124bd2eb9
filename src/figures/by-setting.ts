/** What one setting does: for each of its values the interquartile mean over seeds with its interval, and the seeds themselves. */
import { type AgentRow, scoresBySeed } from '../evaluate/scores-by-seed'
import { summarise } from '../evaluate/summarise'
import type { Figure, Plot } from './figure'
import { axis, INK, layout, PALETTE, readable, translucent } from './theme'

/** One column of the rows, drawn in a panel of its own. */
export interface SettingMeasure {
  readonly column: string
  /** What it is, with its unit: 'Stars in 200 tries'. */
  readonly title: string
}

export interface BySettingOptions {
  readonly title: string
  /** What the values are values of: 'epsilon'. */
  readonly setting: string
  /** One to three, side by side. */
  readonly measures: readonly SettingMeasure[]
}

/** One measure at one value of the setting. */
export interface SettingPoint {
  readonly value: string
  readonly estimate: number
  readonly low: number
  readonly high: number
  readonly seeds: readonly number[]
}

/**
 * A column summed up, a point for each value in the order in which they first appear.
 *
 * @param rows tidy; `agent` is the value of the setting
 */
export function settingPoints(rows: readonly AgentRow[], column: string): SettingPoint[] {
  return summarise(rows, { measure: column }).map(({ agent, interquartileMean, low, high }) => ({
    value: agent,
    estimate: interquartileMean,
    low,
    high,
    seeds: Array.from(scoresBySeed(rows, agent, column).values()),
  }))
}

/** The colour of a measure by its place. */
export const measureColour = (place: number): string => PALETTE[place % PALETTE.length]!

/** Whether names side by side would run into each other, in so many pixels. */
export function crowded(names: readonly string[], room: number): boolean {
  return Math.max(...names.map(({ length }) => length)) * 7 + 6 > room / names.length
}

/** Values to the right, a panel for each measure. */
export function bySetting(rows: readonly AgentRow[], { title, setting, measures }: BySettingOptions): Figure {
  if (measures.length < 1 || measures.length > 3)
    throw new RangeError(`measures has ${measures.length}; one to three can be drawn side by side`)
  const gap = 0.11
  const width = (1 - gap * (measures.length - 1)) / measures.length
  const data: Plot[] = []
  const said: string[] = []
  const axes: Record<string, object> = {}
  const annotations: object[] = []
  measures.forEach(({ column, title: name }, place) => {
    const points = settingPoints(rows, column)
    const colour = measureColour(place)
    const at = place === 0 ? '' : String(place + 1)
    const on = { xaxis: `x${at}`, yaxis: `y${at}` }
    const left = place * (width + gap)
    // Places instead of values: these may be words, or numbers whose logarithm has no 0.
    data.push({
      ...on,
      x: points.flatMap(({ seeds }, order) => seeds.map(() => order)),
      y: points.flatMap(({ seeds }) => [...seeds]),
      type: 'scatter',
      mode: 'markers',
      marker: { size: 6, color: translucent(colour, points.some(({ seeds }) => seeds.length > 10) ? 0.15 : 0.35) },
      hoverinfo: 'y',
      name: `${name}, each seed`,
    })
    data.push({
      ...on,
      x: points.map((_, order) => order),
      y: points.map(({ estimate }) => estimate),
      type: 'scatter',
      mode: 'lines+markers',
      line: { color: translucent(colour, 0.4), width: 1.5 },
      marker: { size: 11, color: colour, symbol: 'diamond' },
      error_y: {
        type: 'data',
        symmetric: false,
        array: points.map(({ estimate, high }) => high - estimate),
        arrayminus: points.map(({ estimate, low }) => estimate - low),
        color: colour,
        thickness: 2.5,
        width: 6,
      },
      text: points.map(({ value }) => `${setting} ${value}`),
      hoverinfo: 'y+text' as 'y',
      name,
    })
    axes[`xaxis${at}`] = axis(setting, {
      domain: [left, left + width],
      anchor: `y${at}` as 'y2',
      tickmode: 'array',
      tickvals: points.map((_, order) => order),
      ticktext: points.map(({ value }) => value),
      tickangle: crowded(
        points.map(({ value }) => value),
        620 * width,
      )
        ? -35
        : 0,
      range: [-0.5, points.length - 0.5],
      showgrid: false,
    })
    axes[`yaxis${at}`] = axis('', { anchor: `x${at}` as 'x2', nticks: 6 })
    annotations.push({
      ...{ text: `<b>${name}</b>`, x: left, y: 1, xref: 'paper', yref: 'paper', xanchor: 'left', yanchor: 'bottom', showarrow: false },
      font: { size: 13, color: INK },
    })
    const words = points.map(({ value, estimate, low, high }) => `${value}: ${readable(estimate)} (${readable(low)} to ${readable(high)})`)
    said.push(`${name}, by ${setting}: ${words.join('; ')}.`)
  })
  const seeds = Math.max(...settingPoints(rows, measures[0]!.column).map(point => point.seeds.length))
  return {
    data,
    layout: layout(
      title,
      `${said.join(' ')} Interquartile means over ${seeds} seeds with 95 % intervals.`,
      { ...axes, annotations: annotations as [], showlegend: false, height: 380, margin: { l: 52, r: 28, t: 108, b: 60 } },
      `diamond: interquartile mean, bar: 95 % interval, dot: one of ${seeds} seeds`,
    ),
  }
}
