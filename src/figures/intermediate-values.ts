/** What trials reported on their way, a line each: which were ahead, which were pruned where, and how the best came about. */
import type { Direction, TrialRecord } from '../sweep/trial-record'
import type { Figure, Plot } from './figure'
import { bestFirst, completeTrials, stateCounts, trialsText } from './study-trials'
import { axis, INK, layout, PALETTE, readable, translucent } from './theme'

export interface IntermediateValuesOptions {
  /** Which values are good: the study's direction. */
  readonly direction: Direction
  readonly title?: string
  /** What the value is: 'Return per episode (reward)'. */
  readonly measure?: string
  /** What a step is: 'Episode'. */
  readonly step?: string
}

const LOOKS = {
  complete: { color: translucent(PALETTE[0], 0.4), mark: 'circle' },
  running: { color: translucent('#009E73', 0.7), mark: 'circle' },
  pruned: { color: translucent(INK, 0.65), mark: 'triangle-down-open' },
  failed: { color: translucent(INK, 0.65), mark: 'x' },
} as const

/**
 * Trials that reported nothing are left out, and counted in the words.
 *
 * @throws RangeError when no trial reported a finite value
 */
export function intermediateValues(trials: readonly TrialRecord[], options: IntermediateValuesOptions): Figure {
  const { direction, title = 'Trials on their way', measure = 'Value', step = 'Step' } = options
  const shown = trials.filter(trial => reports(trial).length > 0)
  if (shown.length === 0) {
    const why = trials.length === 0 ? 'got none' : `none of ${trials.length} has a report (${stateCounts(trials)})`
    throw new RangeError(`intermediateValues draws what trials reported, and ${why}; report(step, value) within the objective`)
  }
  const best = bestFirst(completeTrials(shown), direction)[0]
  const data: Plot[] = []
  for (const state of ['complete', 'running', 'pruned', 'failed'] as const) {
    const members = shown.filter(trial => trial.state === state && trial !== best)
    if (members.length === 0) continue
    const { color, mark } = LOOKS[state]
    const name = `${state[0]!.toUpperCase()}${state.slice(1)}`
    data.push({ ...lines(members), mode: 'lines', line: { color, width: 1.3 }, name, legendgroup: state, showlegend: false })
    data.push({
      ...ends(members),
      mode: 'markers',
      marker: { size: state === 'complete' || state === 'running' ? 5 : 8, symbol: mark, color: color },
      name: `${name} (${members.length})`,
      legendgroup: state,
    })
  }
  if (best) {
    const colour = { color: '#D55E00' }
    data.push({
      ...lines([best]),
      mode: 'lines+markers',
      line: { ...colour, width: 3.5 },
      marker: { ...colour, size: 6 },
      name: `Best (trial ${best.number})`,
    })
  }
  return {
    data,
    layout: layout(
      title,
      describe(trials, shown, best, measure, step),
      { xaxis: axis(step, { rangemode: 'nonnegative' }), yaxis: axis(measure) },
      'a line: one trial, marked where it ended',
    ),
  }
}

function describe(
  trials: readonly TrialRecord[],
  shown: readonly TrialRecord[],
  best: TrialRecord | undefined,
  measure: string,
  step: string,
) {
  const pruned = shown.filter(({ state }) => state === 'pruned').map(trial => reports(trial)[reports(trial).length - 1]!.step)
  const silent = trials.length - shown.length
  const said = [`${measure} by ${step.toLowerCase()} in ${trialsText(shown)}`]
  if (best) {
    const way = reports(best)
    said.push(
      `the best, trial ${best.number}, went from ${readable(way[0]!.value)} to ${readable(way[way.length - 1]!.value)} and was valued ${readable(best.value!)}`,
    )
  }
  if (pruned.length > 0) {
    const [first, last] = [Math.min(...pruned), Math.max(...pruned)]
    said.push(`pruned at ${step.toLowerCase()} ${first === last ? readable(first) : `${readable(first)} to ${readable(last)}`}`)
  }
  if (silent > 0) said.push(`${readable(silent)} without a report left out`)
  return `${said.join('; ')}.`
}

const reports = (trial: TrialRecord) => trial.intermediate.filter(({ step, value }) => Number.isFinite(step) && Number.isFinite(value))

/** Lines of one look as a single trace, with a gap between them. */
function lines(trials: readonly TrialRecord[]): Plot {
  const x: (number | null)[] = []
  const y: (number | null)[] = []
  const text: string[] = []
  trials.forEach((trial, order) => {
    if (order > 0) for (const list of [x, y]) list.push(null)
    if (order > 0) text.push('')
    for (const { step, value } of reports(trial)) {
      x.push(step)
      y.push(value)
      text.push(`trial ${trial.number}: ${readable(value)}`)
    }
  })
  return { x, y, text, type: 'scatter', hoverinfo: 'text', connectgaps: false }
}

function ends(trials: readonly TrialRecord[]): Plot {
  const last = trials.map(trial => reports(trial)[reports(trial).length - 1]!)
  return {
    x: last.map(({ step }) => step),
    y: last.map(({ value }) => value),
    text: trials.map(({ number, state }, order) => `trial ${number}, ${state}: ${readable(last[order]!.value)}`),
    type: 'scatter',
    hoverinfo: 'text',
  }
}
