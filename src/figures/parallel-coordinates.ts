/**
 * Trials as lines across one axis for each hyperparameter, and the value at the right (Inselberg 1985): where good lines run together,
 * the hyperparameter matters.
 *
 * Drawn with ordinary lines: Plotly's own kind draws hair lines only, so that the best could not stand out, and needs WebGL.
 */
import type { SearchSpace } from '../sweep/search-space'
import type { Direction, TrialRecord } from '../sweep/trial-record'
import type { Figure, Layout, Plot } from './figure'
import { type HyperparameterAxis, hyperparameterAxes, roundTicks, share, strewn, wrapLabel } from './hyperparameter-axis'
import { bestFirst, type CompleteTrial, configurationText, needComplete, trialsText } from './study-trials'
import { axis, FIGURE_WIDTH, layout, QUIET, readable } from './theme'

export interface ParallelCoordinatesOptions {
  readonly space: SearchSpace
  /** Which values are good: the study's direction. */
  readonly direction: Direction
  readonly title?: string
  /** What the value is: 'Return per episode (reward)'. */
  readonly measure?: string
  /** Which hyperparameters, and in which order; all of the space unless told. */
  readonly hyperparameters?: readonly string[]
}

// From light to dark, so that the order shows in grey too; the best in the colour farthest from blue.
const QUALITIES = [
  { name: 'Worst quarter', line: { color: '#CBD5DD', width: 1 } },
  { name: 'Middle half', line: { color: '#82B4D3', width: 1.2 } },
  { name: 'Best quarter', line: { color: '#0072B2', width: 1.8 } },
  { name: 'Best', line: { color: '#D55E00', width: 4 } },
] as const

const LEFT = 48
const RIGHT = 64
const STREWN = 0.2 // how wide lines of one choice are strewn, as a share of the room between choices

/**
 * Every complete trial as a line; where a configuration lacks a hyperparameter, its line has a gap.
 *
 * @throws RangeError when no trial is complete, the space is empty, lacks a name, or a trial does not fit it
 */
export function parallelCoordinates(trials: readonly TrialRecord[], options: ParallelCoordinatesOptions): Figure {
  const { direction, title = 'Configurations and what came of them', measure = 'Value' } = options
  const complete = bestFirst(needComplete(trials, 'parallelCoordinates'), direction)
  const hyperparameters = hyperparameterAxes(options.space, complete, options.hyperparameters)
  const axes = [...hyperparameters, valueAxis(complete, measure)]
  const names = hyperparameters.map(({ name }) => name)
  const best = complete[0]!
  const data = QUALITIES.map((quality, order) => {
    const members = complete.filter((_, rank) => qualityOf(rank, complete.length) === order)
    return { ...lines(members, axes), line: quality.line, name: order === 3 ? `Best, trial ${best.number}` : quality.name }
  }).filter(({ x }) => (x as unknown[]).length > 0)
  const room = Math.max(7, Math.floor((FIGURE_WIDTH - LEFT - RIGHT) / (axes.length - 1) / 7.5))
  const description = `${measure}, to ${direction}, of ${trialsText(trials)}. Best ${readable(best.value)}, trial ${best.number}: ${configurationText(best, names)}; worst ${readable(complete[complete.length - 1]!.value)}.${goodOnes(complete, hyperparameters)}`
  return {
    data,
    layout: layout(
      title,
      description,
      {
        height: 460,
        ...rulers(axes, room),
        xaxis: axis('Hyperparameter', {
          tickmode: 'array',
          tickvals: axes.map((_, place) => place),
          ticktext: axes.map(({ title }, place) =>
            place === names.length
              ? `<b>${wrapLabel(title, Math.min(room, 12))}</b>`
              : wrapLabel(title, place === 0 ? Math.min(room, 11) : room),
          ),
          ...({ ticklabeloverflow: 'allow' } as object), // not yet in plotly.js's types
          tickangle: 0,
          tickfont: { size: 12 },
          range: [-0.01 * names.length, 1.01 * names.length],
          showgrid: false,
          showline: false,
          ticks: '',
        }),
        yaxis: axis('', { range: [-0.1, 1.1], showgrid: false, showline: false, showticklabels: false, ticks: '' }),
        margin: { l: LEFT, r: RIGHT, t: 112, b: 84 },
      },
      `${complete.length === 1 ? 'the only complete trial' : `a line: one trial of ${readable(complete.length)}`}${complete.length > 1 && hyperparameters.some(({ categorical }) => categorical) ? '; lines of one choice are strewn a little, to be told apart' : ''}`,
    ),
  }
}

/** 3: the best of all, 2: the rest of the best quarter, 1: the middle, 0: the worst quarter. */
function qualityOf(rank: number, count: number): number {
  if (rank === 0) return 3
  if (rank < count / 4) return 2
  return rank >= count - Math.floor(count / 4) ? 0 : 1
}

function valueAxis(trials: readonly CompleteTrial[], name: string): HyperparameterAxis {
  const values = trials.map(({ value }) => value)
  const low = Math.min(...values)
  const high = Math.max(...values)
  const ticks = high > low ? roundTicks(low, high) : [{ value: low, text: readable(low) }]
  return { name, title: name, logarithmic: false, categorical: false, low, high, ticks, placeOf: trial => trial.value }
}

/** All lines of one look as a single trace, with a gap between them: a trace for each would be slow with hundreds. */
function lines(trials: readonly CompleteTrial[], axes: readonly HyperparameterAxis[]): Plot {
  const x: (number | null)[] = []
  const y: (number | null)[] = []
  const text: string[] = []
  for (const trial of trials) {
    axes.forEach((each, place) => {
      const value = each.placeOf(trial)
      x.push(place)
      y.push(value === undefined ? null : Number((share(each, value) + aside(each, trial.number)).toFixed(4)))
      text.push(`trial ${trial.number}: ${readable(trial.value)}`)
    })
    x.push(null)
    y.push(null)
    text.push('')
  }
  return { x, y, text, type: 'scatter', mode: 'lines', hoverinfo: 'text', connectgaps: false }
}

const aside = ({ categorical, ticks }: HyperparameterAxis, number: number) =>
  categorical ? (STREWN * strewn(number)) / Math.max(1, ticks.length - 1) : 0

/** The axes themselves, upright, with their ticks at the right of each. */
function rulers(axes: readonly HyperparameterAxis[], room: number): Pick<Layout, 'shapes' | 'annotations'> {
  const line = { color: QUIET, width: 1 }
  return {
    shapes: axes.map((_, place) => ({ type: 'line', x0: place, x1: place, y0: 0, y1: 1, line, layer: 'below' })),
    annotations: axes.flatMap((each, place) =>
      each.ticks.map(({ value, text }) => ({
        x: place,
        y: Number(share(each, value).toFixed(4)),
        text: wrapLabel(text, room - 2),
        align: 'left' as const,
        xanchor: 'left' as const,
        xshift: 4,
        showarrow: false,
        font: { size: 11 },
        bgcolor: 'rgba(255,255,255,0.8)',
        borderpad: 1,
      })),
    ),
  }
}

/** Where the best quarter lies on each axis, in words; nothing with fewer than eight trials, as a quarter of them says nothing. */
function goodOnes(complete: readonly CompleteTrial[], axes: readonly HyperparameterAxis[]): string {
  if (complete.length < 8) return ''
  const good = complete.filter((_, rank) => rank < complete.length / 4)
  const said = axes.map(each => {
    const values = good.map(trial => each.placeOf(trial)).filter((value): value is number => value !== undefined)
    if (values.length === 0) return `${each.name} not set`
    if (!each.categorical) return `${each.name} ${readable(Math.min(...values))} to ${readable(Math.max(...values))}`
    const counts = each.ticks.map(({ value }) => values.filter(other => other === value).length)
    const most = counts.indexOf(Math.max(...counts))
    return `${each.name} ${each.ticks[most]!.text} in ${counts[most]}`
  })
  return ` The best quarter, ${good.length} trials: ${said.join(', ')}.`
}
