/** Learning curves: return per episode as it grows with training, one agent or several, one seed or several. */
import { mean } from 'simple-statistics'
import { bootstrapInterval } from '../evaluate/bootstrap-interval'
import { interquartileMean } from '../evaluate/interquartile-mean'
import { meanInterval } from '../evaluate/mean-interval'
import { movingAverage } from '../metrics/moving-average'
import type { Figure, Plot } from './figure'
import { agentColours, axis, layout, readable, translucent } from './theme'
import { thin, windowFor } from './thin'

export interface LearningRun {
  /** Whose curve: 'Double DQN'. */
  readonly agent: string
  /** Returns of finished episodes, in order: one list for each seed. */
  readonly returns: readonly ArrayLike<number>[]
  /** How many episodes one of these numbers stands for: 20 where they are means of 20 episodes; 1 unless told. */
  readonly every?: number
}

export interface LearningCurveOptions {
  readonly title?: string
  /** Episodes in the moving average; by default a twentieth of the curve, at most 100. */
  readonly window?: number
  /** What a return is counted in. */
  readonly unit?: string
  /** What the line is where there are several seeds: their mean unless told. */
  readonly statistic?: 'mean' | 'interquartile mean'
  /** The band around that line. By default the 95 % interval of the statistic; `lowestToHighest` shows the seeds' range. */
  readonly interval?: Band
}

/** A band over seeds: its name, and its ends from the seeds' values at one point of the curve. */
export interface Band {
  readonly name: string
  of(values: readonly number[]): { low: number; high: number }
}

/** The band that all seeds lie in. It widens with every seed and says little about the mean; an interval says where that may lie. */
export const lowestToHighest: Band = {
  name: 'lowest to highest seed',
  of: values => ({ low: Math.min(...values), high: Math.max(...values) }),
}

const MOST_POINTS = 500
// A figure is looked at, not quoted: so many resamples at each of its points stay well under a second for five seeds.
const RESAMPLES = 500
const STATISTICS = { mean, 'interquartile mean': interquartileMean } as const

/**
 * One line an agent: the moving average of its returns. A single seed also shows the episodes themselves, faintly; several seeds show
 * their mean and a band, by default its 95 % interval, point by point: Student's of a mean, the bootstrap's of an
 * interquartile mean. Seeds of different length are drawn as far as the shortest.
 *
 * @throws RangeError without runs, for a run without seeds, or a return that is not finite
 */
export function learningCurve(runs: readonly LearningRun[], options: LearningCurveOptions = {}): Figure {
  if (runs.length === 0 || runs.some(run => run.returns.length === 0)) {
    throw new RangeError('learningCurve needs at least one run, and each run the returns of at least one seed')
  }
  const { title = 'Return while learning', unit = 'reward', statistic = 'mean' } = options
  const centre = STATISTICS[statistic]
  if (!centre) throw new RangeError(`statistic is '${statistic}'; it is 'mean' or 'interquartile mean'`)
  const interval = options.interval ?? (statistic === 'mean' ? STUDENT : bootstrapBand(centre))
  const lengths = runs.map(run => Math.min(...run.returns.map(seed => seed.length)))
  const episodesOf = runs.map((run, order) => lengths[order]! * (run.every ?? 1))
  const window = options.window ?? windowFor(Math.max(...episodesOf))
  const colours = agentColours(runs.map(run => run.agent))
  const data: Plot[] = []
  const endings: string[] = []
  runs.forEach((run, order) => {
    const places = thin(lengths[order]!, MOST_POINTS)
    const every = run.every ?? 1
    const episodes = places.map(at => (at + 1) * every)
    const colour = colours.get(run.agent)!
    const smooth = run.returns.map(seed => movingAverage(seed, Math.max(1, Math.round(window / every))))
    const at = (place: number) => smooth.map(seed => seed[place]!)
    const middle = places.map(place => centre(at(place)))
    if (run.returns.length > 1) {
      const band = places.map(place => interval.of(at(place)))
      const edge = {
        x: episodes,
        type: 'scatter',
        mode: 'lines',
        line: { width: 0 },
        showlegend: false,
        hoverinfo: 'skip',
        legendgroup: run.agent,
      } as const
      data.push({ ...edge, y: band.map(({ low }) => low) })
      data.push({ ...edge, y: band.map(({ high }) => high), fill: 'tonexty', fillcolor: translucent(colour, 0.18) })
    } else {
      const raw = { size: 4, color: translucent(colour, 0.25) }
      const returns = places.map(place => run.returns[0]![place]!)
      data.push({
        x: episodes,
        y: returns,
        type: 'scatter',
        mode: 'markers',
        marker: raw,
        name: `${run.agent}, each episode`,
        showlegend: false,
      })
    }
    data.push({
      x: episodes,
      y: middle,
      type: 'scatter',
      mode: 'lines',
      line: { color: colour, width: 2.5 },
      name: run.agent,
      legendgroup: run.agent,
    })
    endings.push(`${run.agent} from ${readable(middle[0] ?? Number.NaN)} to ${readable(middle[middle.length - 1] ?? Number.NaN)}`)
  })
  const counts = [...new Set(runs.map(run => run.returns.length))].sort((a, b) => a - b)
  const several = counts[counts.length - 1]! > 1
  const seeds = counts.length > 1 ? `${counts[0]} to ${counts[counts.length - 1]} seeds` : `${counts[0]} seeds`
  const smoothing = window > 1 ? `moving mean of ${window} episodes` : 'each episode'
  const description = `Return per episode (${smoothing}) over ${Math.max(...episodesOf)} episodes: ${endings.join('; ')}.${several ? ` Lines: ${statistic} over ${seeds}; bands: ${interval.name}.` : ''}`
  return {
    data,
    layout: layout(
      title,
      description,
      {
        showlegend: runs.length > 1,
        xaxis: axis('Episode', { rangemode: 'nonnegative' }),
        yaxis: axis(`Return (${unit})`),
      },
      several ? `${smoothing}; line: ${statistic} over ${seeds}, band: ${interval.name}` : smoothing,
    ),
  }
}

/** A bootstrap of the mean of few seeds is too narrow. */
const STUDENT: Band = { name: '95 % interval', of: values => meanInterval(values) }

/** Every point draws the same seeds again, as its stream is the same: the band is as smooth as the curves. */
export function bootstrapBand(statistic: (scores: number[]) => number): Band {
  return { name: '95 % interval', of: values => bootstrapInterval([values], { statistic, resamples: RESAMPLES }) }
}
