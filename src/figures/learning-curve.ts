/** Learning curves: return per episode as it grows with training, one agent or several, one seed or several. */
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
  /** The band around the mean of several seeds: its name and its ends. By default from the lowest seed to the highest. */
  readonly interval?: { readonly name: string; of(values: readonly number[]): { low: number; high: number } }
}

const MOST_POINTS = 500
const RANGE = {
  name: 'lowest to highest seed',
  of: (values: readonly number[]) => ({ low: Math.min(...values), high: Math.max(...values) }),
}

/**
 * One line an agent: the moving average of its returns. A single seed also shows the episodes themselves, faintly; several seeds show
 * their mean and a band. Seeds of different length are drawn as far as the shortest.
 */
export function learningCurve(runs: readonly LearningRun[], options: LearningCurveOptions = {}): Figure {
  if (runs.length === 0 || runs.some(run => run.returns.length === 0)) {
    throw new RangeError('learningCurve needs at least one run, and each run the returns of at least one seed')
  }
  const { title = 'Return while learning', unit = 'reward', interval = RANGE } = options
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
    const mean = places.map(place => at(place).reduce((sum, value) => sum + value, 0) / smooth.length)
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
      y: mean,
      type: 'scatter',
      mode: 'lines',
      line: { color: colour, width: 2.5 },
      name: run.agent,
      legendgroup: run.agent,
    })
    endings.push(`${run.agent} from ${readable(mean[0] ?? Number.NaN)} to ${readable(mean[mean.length - 1] ?? Number.NaN)}`)
  })
  const several = runs.some(run => run.returns.length > 1)
  const smoothing = window > 1 ? `moving mean of ${window} episodes` : 'each episode'
  const description = `Return per episode (${smoothing}) over ${Math.max(...episodesOf)} episodes: ${endings.join('; ')}.${several ? ` Bands: ${interval.name}.` : ''}`
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
      several ? `${smoothing}; line: mean over seeds, band: ${interval.name}` : smoothing,
    ),
  }
}
