/** Training curves for the doctor: a row for each learner, a column for each thing it shows of itself, and the healthy one in grey behind. */
import type { LearnerPoint } from '../train/broken-learners'
import type { Figure, Layout, Plot } from './figure'
import { axis, INK, layout, PALETTE, QUIET, readable, translucent } from './theme'

export interface LearnerCurvesOptions {
  /** Drawn in grey behind all others; 'healthy'. */
  readonly reference?: string
  readonly title?: string
}

const COLUMNS = [
  { name: 'return', heading: 'Return' },
  { name: 'loss', heading: 'Loss (log)' },
  { name: 'epsilon', heading: 'Epsilon' },
  { name: 'value', heading: 'Highest value' },
] as const

const ROW = 118 // pixels
const GAP = 0.075 // of the width

/**
 * Thin lines are seeds, the thick one is their mean. Each panel has a scale of its own, so look at the numbers beside it.
 *
 * @throws RangeError where there is no learner beside the reference, or the reference has no points
 */
export function learnerCurves(points: readonly LearnerPoint[], options: LearnerCurvesOptions = {}): Figure {
  const { reference = 'healthy', title = 'What is wrong with them?' } = options
  const learners = [...new Set(points.map(({ learner }) => learner))].filter(learner => learner !== reference)
  const healthy = points.filter(({ learner }) => learner === reference)
  if (learners.length === 0 || healthy.length === 0) {
    throw new RangeError(`learnerCurves needs points of '${reference}' and of at least one other learner`)
  }
  const height = 128 + ROW * learners.length
  const axes: Record<string, NonNullable<Layout['xaxis']>> = {}
  const annotations: NonNullable<Layout['annotations']> = []
  const data: Plot[] = []
  const width = (1 - GAP * (COLUMNS.length - 1)) / COLUMNS.length
  const words = { xref: 'paper', yref: 'paper', showarrow: false } as const
  learners.forEach((learner, row) => {
    const own = points.filter(point => point.learner === learner)
    const bottom = 1 - (row + 1) / learners.length
    const [low, high] = [bottom + 0.24 / learners.length, bottom + 0.94 / learners.length]
    annotations.push({
      ...words,
      text: `<b>${learner}</b>`,
      x: 0,
      xshift: -62,
      xanchor: 'left',
      y: (low + high) / 2,
      font: { size: 20, color: INK },
    })
    COLUMNS.forEach(({ name, heading }, column) => {
      const at = row * COLUMNS.length + column
      const place = at === 0 ? '' : String(at + 1)
      const left = column * (width + GAP)
      const lastRow = row === learners.length - 1
      const small = { tickfont: { size: 11 }, automargin: false, nticks: 4 }
      axes[`xaxis${place}`] = axis('', {
        ...small,
        ...{ domain: [left, left + width], anchor: `y${place}` as 'y', showticklabels: lastRow, nticks: 3 },
        ...(lastRow && { title: { text: 'Episode', standoff: 4, font: { size: 12 } } }),
      })
      axes[`yaxis${place}`] = axis('', {
        ...small,
        ...{ domain: [low, high], anchor: `x${place}` as 'x' },
        ...(name === 'loss' && { type: 'log', tickmode: 'array', ...logTicks([...own, ...healthy].map(({ loss }) => loss)) }),
        ...(name === 'epsilon' && { range: [0, 1.05] }),
      })
      if (row === 0)
        annotations.push({ ...words, text: heading, x: left, xanchor: 'left', y: 1, yanchor: 'bottom', font: { size: 13, color: INK } })
      const axesHere = { xaxis: `x${place}`, yaxis: `y${place}` }
      data.push({ ...mean(healthy, name), ...axesHere, name: reference, line: { width: 2, color: translucent(QUIET, 0.55) } })
      for (const seed of new Set(own.map(point => point.seed))) {
        const of = own.filter(point => point.seed === seed)
        data.push({
          ...mean(of, name),
          ...axesHere,
          name: `${learner}, seed ${seed}`,
          line: { width: 1, color: translucent(PALETTE[0], 0.3) },
        })
      }
      data.push({ ...mean(own, name), ...axesHere, name: learner, line: { width: 2.5, color: PALETTE[0] } })
    })
  })
  return {
    data,
    layout: layout(
      title,
      [...learners, reference].map(learner => `${learner}: ${told(points.filter(point => point.learner === learner))}`).join('; '),
      { height, showlegend: false, margin: { l: 72, r: 16, t: 92, b: 44 }, annotations, ...axes },
      `blue: mean and seeds of the learner, grey: ${reference}; each panel has a scale of its own`,
    ),
  }
}

/** A few places on a logarithmic axis, with names that fit beside a small panel. */
function logTicks(values: readonly number[]): { tickvals: number[]; ticktext: string[] } {
  const [low, high] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))]
  const every = Math.max(1, Math.ceil((high - low) / 4))
  const within = (value: number) => Math.log10(value) >= low && Math.log10(value) <= high
  const powers = Array.from({ length: 40 }, (_, at) => at - 20).filter(power => power % every === 0)
  // Over less than two powers of ten, 1, 2 and 5 of each.
  const steps = high - low < 2 ? [1, 2, 5] : [1]
  const tickvals = powers.flatMap(power => steps.map(step => Number((step * 10 ** power).toPrecision(3)))).filter(within)
  return { tickvals, ticktext: tickvals.map(value => (value >= 1000 ? `10<sup>${Math.round(Math.log10(value))}</sup>` : readable(value))) }
}

/** Over the seeds, at each episode. */
function mean(points: readonly LearnerPoint[], name: (typeof COLUMNS)[number]['name']): Plot {
  const episodes = [...new Set(points.map(({ episode }) => episode))]
  const y = episodes.map(episode => {
    const values = points.filter(point => point.episode === episode).map(point => point[name])
    return Number((values.reduce((sum, value) => sum + value, 0) / values.length).toPrecision(5))
  })
  return { x: episodes, y, type: 'scatter', mode: 'lines' }
}

/** From the first to the last point, in numbers. */
function told(points: readonly LearnerPoint[]): string {
  return COLUMNS.map(({ name, heading }) => {
    const { y } = mean(points, name) as { y: number[] }
    return `${heading.replace(' (log)', '').toLowerCase()} from ${readable(y[0]!)} to ${readable(y[y.length - 1]!)}`
  }).join(', ')
}
