/**
 * A search as it goes on: every trial's value, and the best so far. Searches that were repeated under several seeds show the median of
 * their best and the band that holds the middle half of them: one run of a search says little, as one seed of an agent does.
 */
import { quantile } from 'simple-statistics'
import { isBetter } from '../sweep/better'
import type { Direction, TrialRecord } from '../sweep/trial-record'
import type { Figure, Plot } from './figure'
import { logarithmicTicks } from './hyperparameter-axis'
import { completeTrials, type StudyTrials, trialsText } from './study-trials'
import { agentColours, axis, layout, readable, translucent } from './theme'

export interface OptimisationHistoryOptions {
  /** Which values are good: the study's direction. */
  readonly direction: Direction
  readonly title?: string
  /** What the value is, with its unit: 'Return per episode (reward)'. */
  readonly measure?: string
  /** A logarithmic axis, for values above 0 of very different size. */
  readonly log?: boolean
}

interface Group {
  readonly name: string
  readonly repetitions: (readonly TrialRecord[])[]
}

/**
 * Studies side by side, by name; those of one name are drawn together as repetitions, as far as the shortest goes. A pruned trial is
 * marked at the last value it reported, a failed one at the lower edge.
 *
 * @throws RangeError without a study, without a trial, or when a value is not above 0 on a logarithmic axis
 */
export function optimisationHistory(studies: readonly StudyTrials[], options: OptimisationHistoryOptions): Figure {
  const { direction, title = 'The search as it went on', measure = 'Value', log = false } = options
  const groups = byName(studies)
  checkStudies(studies, log)
  const colours = agentColours(groups.map(({ name }) => name))
  const edge = lowerEdge(groups, log)
  const end = Math.max(...studies.flatMap(({ trials }) => trials.map(({ number }) => number)))
  const data: Plot[] = []
  const said: string[] = []
  for (const { name, repetitions } of groups) {
    const colour = colours.get(name)!
    if (repetitions.length === 1) {
      data.push(...marks(name, repetitions[0]!, colour, edge))
      const { curve, words } = single(repetitions[0]!, direction)
      data.push(line(name, curve, colour))
      said.push(`${name}: ${words}`)
    } else {
      const { middle, low, high, words } = repeated(repetitions, direction)
      const hidden = { type: 'scatter', mode: 'lines', line: { width: 0, shape: 'hv' }, showlegend: false, hoverinfo: 'skip' } as const
      data.push({ ...hidden, ...points(low), name: `${name}, lower quartile` })
      data.push({ ...hidden, ...points(high), name: `${name}, upper quartile`, fill: 'tonexty', fillcolor: translucent(colour, 0.18) })
      data.push(line(name, middle, colour))
      said.push(`${name}: ${words}`)
    }
  }
  return {
    data,
    layout: layout(
      title,
      `${measure}, to ${direction}, by trial. ${said.join('; ')}.`,
      {
        showlegend: groups.length > 1,
        xaxis: axis('Trial', { range: [-0.02 * end - 0.3, 1.02 * end + 0.3], ...(end < 10 && { dtick: 1 }) }),
        yaxis: upright(measure, studies, log),
      },
      noteOf(groups),
    ),
  }
}

type Point = readonly [trial: number, value: number]

const points = (curve: readonly Point[]) => ({ x: curve.map(([trial]) => trial), y: curve.map(([, value]) => value) })

function line(name: string, curve: readonly Point[], colour: string): Plot {
  return { ...points(curve), type: 'scatter', mode: 'lines', line: { color: colour, width: 2.5, shape: 'hv' }, name }
}

/** Without a value there is nothing to read off. On a logarithmic axis Plotly would write 2 and 5 for all their multiples by ten. */
function upright(measure: string, studies: readonly StudyTrials[], log: boolean) {
  const values = studies.flatMap(({ trials }) => completeTrials(trials).map(({ value }) => value))
  if (values.length === 0) return axis(measure, { showticklabels: false, showgrid: false, ticks: '' })
  if (!log) return axis(measure)
  const ticks = logarithmicTicks(Math.min(...values), Math.max(...values))
  const ticktext = ticks.map(({ text }) => text)
  return axis(measure, { type: 'log', tickmode: 'array', tickvals: ticks.map(({ value }) => value), ticktext })
}

function byName(studies: readonly StudyTrials[]): Group[] {
  const groups = new Map<string, (readonly TrialRecord[])[]>()
  for (const { name, trials } of studies) groups.set(name, [...(groups.get(name) ?? []), trials])
  return Array.from(groups, ([name, repetitions]) => ({ name, repetitions }))
}

function checkStudies(studies: readonly StudyTrials[], log: boolean): void {
  if (studies.length === 0) throw new RangeError('optimisationHistory needs at least one study: [{ name, trials }]')
  for (const { name, trials } of studies) {
    if (trials.length === 0) throw new RangeError(`the study '${name}' has no trials; run it before drawing it`)
    const wrong = log ? completeTrials(trials).find(({ value }) => value <= 0) : undefined
    if (wrong) throw new RangeError(`trial ${wrong.number} of '${name}' has the value ${wrong.value}; with log every value lies above 0`)
  }
}

/** The best value after each trial, from the first complete one to the last trial asked for. */
function bestSoFar(trials: readonly TrialRecord[], direction: Direction): Point[] {
  const curve: Point[] = []
  const complete = completeTrials(trials)
  for (const { number, value } of complete) {
    const best = curve[curve.length - 1]?.[1]
    curve.push([number, best === undefined || isBetter(value, best, direction) ? value : best])
  }
  const end = Math.max(...trials.map(({ number }) => number))
  const last = curve[curve.length - 1]
  if (last && last[0] < end) curve.push([end, last[1]])
  return curve
}

function single(trials: readonly TrialRecord[], direction: Direction) {
  const curve = bestSoFar(trials, direction)
  const best = curve[curve.length - 1]?.[1]
  const found = completeTrials(trials).find(({ value }) => value === best)
  const counts = trialsText(trials)
  if (!found) return { curve, words: `no value in ${counts}` }
  return { curve, words: `best ${readable(found.value)}, in trial ${found.number}, first ${readable(curve[0]![1])}, of ${counts}` }
}

/** The quartiles of the best so far, over repetitions that have a value at all. */
function repeated(repetitions: readonly (readonly TrialRecord[])[], direction: Direction) {
  const curves = repetitions.map(trials => bestSoFar(trials, direction)).filter(curve => curve.length > 0)
  const empty = repetitions.length - curves.length
  const missing = empty > 0 ? `, ${empty} more without any value` : ''
  if (curves.length === 0) return { middle: [], low: [], high: [], words: `no value in ${repetitions.length} repetitions` }
  const first = Math.max(...curves.map(curve => curve[0]![0]))
  const last = Math.max(first, Math.min(...curves.map(curve => curve[curve.length - 1]![0])))
  const bests = curves.map(curve => valuesFrom(curve, first, last))
  const at = (share: number) =>
    Array.from({ length: last - first + 1 }, (_, place): Point => {
      const values = bests.map(best => best[place]!)
      return [first + place, quantile(values, share)]
    })
  const [low, middle, high] = [0.25, 0.5, 0.75].map(at) as [Point[], Point[], Point[]]
  const [lower, median, upper] = [low, middle, high].map(curve => readable(curve[curve.length - 1]![1]))
  const words = `median best ${median} at trial ${last}, middle half ${lower} to ${upper}, ${curves.length} repetitions${missing}`
  return { middle, low, high, words }
}

/** A step curve at every trial from `first` to `last`. */
function valuesFrom(curve: readonly Point[], first: number, last: number): number[] {
  let place = 0
  return Array.from({ length: last - first + 1 }, (_, offset) => {
    while (place + 1 < curve.length && curve[place + 1]![0] <= first + offset) place += 1
    return curve[place]![1]
  })
}

/** The last value a pruned trial reported; undefined where it reported none. */
function prunedAt(trial: TrialRecord): number | undefined {
  const last = trial.intermediate[trial.intermediate.length - 1]?.value
  return trial.state === 'pruned' && Number.isFinite(last) ? last : undefined
}

function marks(name: string, trials: readonly TrialRecord[], colour: string, edge: number): Plot[] {
  const kind = (what: string, chosen: readonly Point[], text: readonly string[], marker: Plot['marker']): Plot => ({
    ...points(chosen),
    type: 'scatter',
    mode: 'markers',
    marker,
    text: [...text],
    name: `${name}, ${what}`,
    showlegend: false,
  })
  const complete = completeTrials(trials)
  const pruned = trials.filter(trial => prunedAt(trial) !== undefined)
  const failed = trials.filter(({ state }) => state === 'failed')
  return [
    kind(
      'complete',
      complete.map(({ number, value }) => [number, value]),
      complete.map(({ number }) => `trial ${number}`),
      { size: 7, color: translucent(colour, 0.45) },
    ),
    kind(
      'pruned',
      pruned.map(trial => [trial.number, prunedAt(trial)!]),
      pruned.map(({ number }) => `trial ${number}, pruned`),
      { size: 8, color: colour, symbol: 'triangle-down-open', line: { width: 1.2 } },
    ),
    kind(
      'failed',
      failed.map(({ number }) => [number, edge]),
      failed.map(({ number, error }) => `trial ${number} failed${error ? `: ${error}` : ''}`),
      { size: 8, color: colour, symbol: 'x' },
    ),
  ].filter(({ x }) => x!.length > 0)
}

/** A little below everything drawn: where failed trials are marked. */
function lowerEdge(groups: readonly Group[], log: boolean): number {
  const trials = groups.filter(({ repetitions }) => repetitions.length === 1).flatMap(({ repetitions }) => repetitions[0]!)
  const values = [...completeTrials(trials).map(({ value }) => value), ...trials.map(prunedAt)]
  const drawn = values.filter((value): value is number => value !== undefined && (!log || value > 0))
  if (drawn.length === 0) return log ? 1 : 0
  const low = Math.min(...drawn)
  const high = Math.max(...drawn)
  return log ? low / (high / low) ** 0.07 : low - 0.07 * (high - low)
}

function noteOf(groups: readonly Group[]): string {
  const singles = groups.filter(({ repetitions }) => repetitions.length === 1).flatMap(({ repetitions }) => repetitions[0]!)
  const several = groups.filter(({ repetitions }) => repetitions.length > 1)
  const said: string[] = []
  if (singles.length > 0) said.push('dot: a trial, line: best so far')
  if (singles.some(trial => prunedAt(trial) !== undefined)) said.push('triangle: pruned')
  if (singles.some(({ state }) => state === 'failed')) said.push('cross: failed')
  if (several.length > 0) {
    const counts = [...new Set(several.map(({ repetitions }) => repetitions.length))].join(' or ')
    said.push(`line: median best of ${counts} repetitions, band: middle half`)
  }
  return said.join(', ')
}
