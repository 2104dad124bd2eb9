/** Episode rewards and episode lengths while agents learn, smoothed. Source: the guide, "Training curves" (Figure_1.png). */
import { interquartileMean } from '../evaluate/interquartile-mean'
import { movingAverage } from '../metrics/moving-average'
import type { Figure, Plot } from './figure'
import { type Band, bootstrapBand, type LearningRun } from './learning-curve'
import { agentColours, axis, layout, readable, translucent } from './theme'
import { thin, windowFor } from './thin'

export interface TrainingFigureRun extends LearningRun {
  /** Steps of the same episodes: one list for each seed. */
  readonly lengths: readonly ArrayLike<number>[]
}

export interface TrainingFigureOptions {
  readonly title?: string
  /** Episodes in the moving average; by default a twentieth of the curve, at most 100. */
  readonly window?: number
  /** What a return is counted in. */
  readonly unit?: string
  /** The band around the lines of several seeds; the 95 % bootstrap interval of their interquartile mean unless told. */
  readonly interval?: Band
}

const MOST_POINTS = 200

/**
 * Two panels, returns above lengths: for each agent the interquartile mean over its seeds of the moving average, and its bootstrap
 * interval as a band where there are several seeds. Seeds of different length are drawn as far as the shortest.
 *
 * @throws RangeError without a run or a seed, or where a seed's returns and lengths are not of the same episodes
 */
export function trainingFigure(runs: readonly TrainingFigureRun[], options: TrainingFigureOptions = {}): Figure {
  checkRuns(runs)
  const { title = 'Rewards and lengths while learning', unit = 'reward', interval = bootstrapBand(interquartileMean) } = options
  const episodes = Math.max(...runs.map(run => shortest(run) * (run.every ?? 1)))
  const window = options.window ?? windowFor(episodes)
  const colours = agentColours(runs.map(({ agent }) => agent))
  const data: Plot[] = []
  const returnsSaid: string[] = []
  const lengthsSaid: string[] = []
  for (const run of runs) {
    const colour = colours.get(run.agent)!
    const returns = curve(run, run.returns, window, interval)
    const lengths = curve(run, run.lengths, window, interval)
    data.push(...drawn(run.agent, returns, colour, 'y', true), ...drawn(run.agent, lengths, colour, 'y2', false))
    const at = returns.estimate.length - 1
    const ends = run.returns.length > 1 ? ` (${readable(returns.low[at]!)} to ${readable(returns.high[at]!)})` : ''
    // The first episodes are averages of few: the curve is told from its first full window.
    const from = Math.max(
      0,
      returns.episodes.findIndex(episode => episode >= window),
    )
    returnsSaid.push(`${run.agent} from ${readable(returns.estimate[from]!)} to ${readable(returns.estimate[at]!)}${ends}`)
    lengthsSaid.push(`${run.agent} from ${readable(lengths.estimate[from]!)} to ${readable(lengths.estimate[at]!)}`)
  }
  const fixed = onlyLength(runs)
  const flat = fixed === undefined ? '' : `every episode has ${readable(fixed)} steps`
  const seeds = Math.min(...runs.map(run => run.returns.length))
  const most = Math.max(...runs.map(run => run.returns.length))
  const smoothing = window > 1 ? `moving average of ${window} episodes` : 'each episode'
  const band = most > 1 ? interval.name : ''
  const many = seeds === most ? `${most}` : `${seeds} to ${most}`
  return {
    data,
    layout: layout(
      title,
      `Return per episode (${smoothing}) over ${readable(episodes)} episodes${band ? `, interquartile mean of ${many} seeds and ${band}` : ''}: ${returnsSaid.join('; ')}. ` +
        `Episode length: ${flat ? `${flat}, so its curve is flat` : `${lengthsSaid.join('; ')} steps`}.`,
      {
        height: 560,
        showlegend: runs.length > 1,
        xaxis: axis('Episode', { anchor: 'y2', rangemode: 'nonnegative' }),
        yaxis: axis(`Return (${unit})`, { domain: [0.4, 1], anchor: 'x' }),
        // Flat lengths get an axis from 0, or Plotly would stretch nothing over the panel.
        yaxis2: axis('Length (steps)', { domain: [0, 0.32], anchor: 'x', ...(flat && { range: [0, 1.25 * fixed!] }), nticks: 5 }),
        annotations: flat
          ? [{ text: flat, xref: 'paper', yref: 'paper', x: 1, xanchor: 'right', y: 0.02, yanchor: 'bottom', showarrow: false }]
          : [],
      },
      band ? `${smoothing}; ${many} seeds: interquartile mean, ${band}` : smoothing,
    ),
  }
}

interface Curve {
  readonly episodes: number[]
  readonly estimate: number[]
  readonly low: number[]
  readonly high: number[]
}

function curve(run: TrainingFigureRun, seeds: readonly ArrayLike<number>[], window: number, interval: Band): Curve {
  const every = run.every ?? 1
  const smooth = seeds.map(seed => movingAverage(seed, Math.max(1, Math.round(window / every))))
  const places = thin(shortest(run), MOST_POINTS)
  const points = places.map(place => {
    const values = smooth.map(seed => seed[place]!)
    const estimate = interquartileMean(values)
    // Equal values, as flat lengths have, need no drawing of lots.
    const { low, high } = values.every(value => value === values[0]) ? { low: estimate, high: estimate } : interval.of(values)
    return { estimate, low, high }
  })
  return {
    episodes: places.map(at => (at + 1) * every),
    estimate: points.map(({ estimate }) => estimate),
    low: points.map(({ low }) => low),
    high: points.map(({ high }) => high),
  }
}

/** The line on top of its band. */
function drawn(agent: string, { episodes, estimate, low, high }: Curve, colour: string, yaxis: string, inLegend: boolean): Plot[] {
  const line: Plot = { x: episodes, type: 'scatter', mode: 'lines', xaxis: 'x', yaxis, legendgroup: agent, showlegend: false }
  const edge: Plot = { ...line, line: { width: 0 }, hoverinfo: 'skip' }
  const middle: Plot = { ...line, y: estimate, line: { color: colour, width: 2.5 }, name: agent, showlegend: inLegend }
  if (low.every((value, at) => value === high[at])) return [middle]
  return [{ ...edge, y: low }, { ...edge, y: high, fill: 'tonexty', fillcolor: translucent(colour, 0.2) }, middle]
}

function checkRuns(runs: readonly TrainingFigureRun[]): void {
  if (runs.length === 0 || runs.some(({ returns }) => returns.length === 0)) {
    throw new RangeError('trainingFigure needs at least one run, and each run at least one seed')
  }
  for (const { agent, returns, lengths } of runs) {
    returns.forEach((seed, at) => {
      if (seed.length === 0 || seed.length !== lengths[at]?.length) {
        throw new RangeError(
          `${agent}: seed ${at + 1} has ${seed.length} returns and ${lengths[at]?.length ?? 0} lengths; give both for the same episodes, at least one`,
        )
      }
    })
  }
}

const shortest = ({ returns }: TrainingFigureRun): number => Math.min(...returns.map(seed => seed.length))

/** The one length that all episodes have; undefined where they differ. */
function onlyLength(runs: readonly TrainingFigureRun[]): number | undefined {
  const first = runs[0]!.lengths[0]![0]!
  return runs.every(run => run.lengths.every(seed => Array.from(seed).every(length => length === first))) ? first : undefined
}
