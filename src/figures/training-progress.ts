/** A training run at a glance: return with its moving average, and below it exploration, loss and episode length as small panels. */
import { movingAverage } from '../metrics/moving-average'
import type { Figure, Plot } from './figure'
import { axis, layout, PALETTE, readable, translucent } from './theme'
import { thin, windowFor } from './thin'

/** Curves by finished episode; a RunRecord's `curves` and a Progress both fit. Gaps (no update yet) are NaN or missing. */
export interface TrainingCurves {
  readonly returns: ArrayLike<number>
  readonly lengths?: ArrayLike<number>
  readonly losses?: ArrayLike<number>
  readonly epsilons?: ArrayLike<number>
}

export interface TrainingProgressOptions {
  readonly title?: string
  /** Episodes in the moving average; by default a twentieth of the curve, at most 100. */
  readonly window?: number
  readonly unit?: string
  /** The run was stopped: said under the title. */
  readonly interrupted?: boolean
}

const MOST_POINTS = 500
const GAP = 0.12 // between small panels, as a share of the width

/** Panels without a finite value are left out, so that agents without a loss or exploration have none. */
export function trainingProgress(curves: TrainingCurves, options: TrainingProgressOptions = {}): Figure {
  const { title = 'Training', unit = 'reward', interrupted = false } = options
  const finished = curves.returns.length
  const window = options.window ?? windowFor(finished)
  const average = movingAverage(curves.returns, window)
  const places = thin(finished, MOST_POINTS)
  const episodes = places.map(at => at + 1)
  const data: Plot[] = [
    {
      x: episodes,
      y: places.map(at => curves.returns[at]!),
      type: 'scatter',
      mode: 'markers',
      marker: { size: 4, color: translucent(PALETTE[0], 0.25) },
      name: 'Each episode',
    },
    {
      x: episodes,
      y: places.map(at => average[at]!),
      type: 'scatter',
      mode: 'lines',
      line: { color: PALETTE[0], width: 2.5 },
      name: `Mean of ${window}`,
    },
  ]
  const small = [
    { name: 'Exploration', axisTitle: 'Epsilon (share)', values: curves.epsilons, colour: PALETTE[4] },
    { name: 'Loss', axisTitle: 'Loss', values: curves.losses, colour: PALETTE[1] },
    { name: 'Length', axisTitle: 'Steps/episode', values: curves.lengths, colour: PALETTE[2] },
  ].filter(panel => panel.values && Array.from(panel.values).some(Number.isFinite))

  const grid = layout(
    title,
    describe(curves, average, window, interrupted),
    {
      height: small.length > 0 ? 540 : 420,
      xaxis: axis('Episode', { domain: [0, 1], anchor: 'y', rangemode: 'nonnegative' }),
      yaxis: axis(`Return (${unit})`, { domain: small.length > 0 ? [0.5, 1] : [0, 1], anchor: 'x' }),
    },
    interrupted ? `stopped after ${readable(finished)} episodes` : '',
  )
  const width = (1 - GAP * (small.length - 1)) / small.length
  small.forEach((panel, order) => {
    const number = (order + 2) as 2 | 3 | 4
    const left = order * (width + GAP)
    grid[`xaxis${number}`] = axis('Episode', { domain: [left, left + width], anchor: `y${number}`, nticks: 4, rangemode: 'nonnegative' })
    grid[`yaxis${number}`] = axis(panel.axisTitle, { domain: [0, 0.3], anchor: `x${number}`, rangemode: 'tozero', nticks: 4 })
    data.push({
      x: episodes,
      // JSON knows no NaN: an episode without a value is a gap.
      y: places.map(at => (Number.isFinite(panel.values![at]) ? panel.values![at]! : null)),
      type: 'scatter',
      mode: 'lines',
      line: { color: panel.colour, width: 1.5 },
      name: panel.name,
      xaxis: `x${number}`,
      yaxis: `y${number}`,
      showlegend: false,
    })
  })
  return { data, layout: grid }
}

function describe(curves: TrainingCurves, average: ArrayLike<number>, window: number, interrupted: boolean): string {
  const finished = curves.returns.length
  if (finished === 0) return 'No episode has finished yet.'
  const early = average[Math.min(window, finished) - 1]!
  const said = [
    `${interrupted ? 'Stopped after' : 'Over'} ${readable(finished)} episodes the return, a mean of ${window}, went from ${readable(early)} to ${readable(average[finished - 1]!)}`,
  ]
  const last = (values: ArrayLike<number> | undefined) => values?.[values.length - 1]
  const epsilon = last(curves.epsilons)
  if (epsilon !== undefined && Number.isFinite(epsilon)) said.push(`exploration ended at ${readable(epsilon)}`)
  const loss = last(curves.losses)
  if (loss !== undefined && Number.isFinite(loss)) said.push(`loss at ${readable(loss)}`)
  return `${said.join('; ')}.`
}
