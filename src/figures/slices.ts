/** The value against each hyperparameter by itself, in small panels: what a search tried, and what came of it. */
import type { SearchSpace } from '../sweep/search-space'
import type { Direction, TrialRecord } from '../sweep/trial-record'
import type { Figure, Plot } from './figure'
import { type HyperparameterAxis, hyperparameterAxes, strewn, wrapLabel } from './hyperparameter-axis'
import {
  bestFirst,
  type CompleteTrial,
  completeTrials,
  configurationText,
  needComplete,
  type StudyTrials,
  trialsText,
} from './study-trials'
import { agentColours, axis, layout, QUIET, readable, translucent } from './theme'

export interface SlicesOptions {
  readonly space: SearchSpace
  /** Which values are good: the study's direction. */
  readonly direction: Direction
  readonly title?: string
  /** What the value is: 'Return (reward)'. */
  readonly measure?: string
  /** Which hyperparameters, and in which order; all of the space unless told. */
  readonly hyperparameters?: readonly string[]
}

// Dark is late; the light end still shows on white.
const EARLY_TO_LATE: [number, string][] = [
  [0, '#A8CBE2'],
  [0.5, '#3A86BD'],
  [1, '#08306B'],
]
const SPREAD = 0.5 // how wide the dots of one choice are strewn, as a share of the room between choices

/**
 * One panel a hyperparameter, all with the same upright axis. The trials of one study are coloured by their number, several studies
 * each by its own colour; the best trial of all wears a ring.
 *
 * @throws RangeError when no trial is complete, the space is empty, lacks a name, or a trial does not fit it
 */
export function slices(trials: readonly TrialRecord[] | readonly StudyTrials[], options: SlicesOptions): Figure {
  const { direction, title = 'Value by hyperparameter', measure = 'Value' } = options
  const studies = asStudies(trials)
  const all = studies.flatMap(study => study.trials)
  const complete = needComplete(all, 'slices')
  const panels = hyperparameterAxes(options.space, complete, options.hyperparameters)
  const best = bestFirst(complete, direction)[0]!
  const colours = agentColours(studies.map(({ name }) => name))
  const named = studies.length > 1
  const columns = panels.length === 4 ? 2 : Math.min(3, panels.length)
  const rows = Math.ceil(panels.length / columns)
  const height = named ? 118 + 220 * rows : 90 + 220 * rows
  const top = named ? 106 : 84
  const frame = layout(
    title,
    `${measure}, to ${direction}, by ${panels.map(({ name }) => name).join(', ')}: ${trialsText(all)}, ${rangeOf(complete)}. Best ${readable(best.value)}, trial ${best.number}${named ? ` of ${studies.find(study => study.trials.includes(best))!.name}` : ''}: ${configurationText(
      best,
      panels.map(({ name }) => name),
    )}.`,
    { height, showlegend: named, margin: { l: 64, r: named ? 24 : 78, t: top, b: 60 } },
    named ? 'dot: a complete trial; ring: the best' : 'dot: a complete trial, dark: late; ring: the best',
  )
  if (!named) {
    const last = Math.max(1, ...complete.map(({ number }) => number))
    Object.assign(frame, {
      coloraxis: {
        colorscale: EARLY_TO_LATE,
        cmin: 0,
        cmax: last,
        colorbar: {
          title: { text: 'Trial' },
          thickness: 12,
          outlinewidth: 0,
          ...(last < 6 ? { dtick: 1 } : { nticks: 5 }),
          len: Math.min(1, 1.4 / rows),
        },
      },
    })
  }
  const data: Plot[] = []
  panels.forEach((panel, order) => {
    const at = order === 0 ? '' : String(order + 1)
    const place = { xaxis: `x${at}`, yaxis: `y${at}` }
    const room = domain(order, columns, rows, height - top - 60)
    Object.assign(frame, {
      [`xaxis${at}`]: across(panel, { domain: room.x, anchor: `y${at}` as 'y2' }, columns),
      [`yaxis${at}`]: axis(order % columns === 0 ? wrapLabel(measure, 20) : '', {
        domain: room.y,
        anchor: `x${at}` as 'x2',
        nticks: 5,
        showticklabels: order % columns === 0,
        ...(order > 0 && { matches: 'y' as const }),
      }),
    })
    for (const study of studies) {
      const dots = scatter(panel, completeTrials(study.trials))
      const colour = named ? { color: translucent(colours.get(study.name)!, 0.6) } : { color: dots.numbers, coloraxis: 'coloraxis' }
      data.push({
        ...dots.plot,
        ...place,
        name: study.name,
        legendgroup: study.name,
        showlegend: named && order === 0,
        marker: { size: 7, ...colour } as Plot['marker'],
      })
    }
    const ring = { size: 13, symbol: 'circle-open', color: '#D55E00', line: { width: 2.5 } }
    data.push({ ...scatter(panel, [best]).plot, ...place, name: 'best', showlegend: false, hoverinfo: 'skip', marker: ring })
  })
  return { data, layout: frame }
}

function asStudies(trials: readonly TrialRecord[] | readonly StudyTrials[]): readonly StudyTrials[] {
  const first = trials[0]
  return first && 'trials' in first ? (trials as readonly StudyTrials[]) : [{ name: 'Trials', trials: trials as readonly TrialRecord[] }]
}

function rangeOf(complete: readonly CompleteTrial[]): string {
  const values = complete.map(({ value }) => value)
  return `values ${readable(Math.min(...values))} to ${readable(Math.max(...values))}`
}

/** Trials that lack the hyperparameter are left out. */
function scatter(panel: HyperparameterAxis, trials: readonly CompleteTrial[]): { plot: Plot; numbers: number[] } {
  const shown = trials.filter(trial => panel.placeOf(trial) !== undefined)
  const plot: Plot = {
    x: shown.map(trial => panel.placeOf(trial)! + (panel.categorical ? SPREAD * strewn(trial.number) : 0)),
    y: shown.map(({ value }) => value),
    text: shown.map(trial => `trial ${trial.number}: ${readable(trial.value)}, ${configurationText(trial, [panel.name])}`),
    type: 'scatter',
    mode: 'markers',
    hoverinfo: 'text',
  }
  return { plot, numbers: shown.map(({ number }) => number) }
}

function across(panel: HyperparameterAxis, where: Parameters<typeof axis>[1], columns: number) {
  const margin = panel.logarithmic ? 0.04 * Math.log10(panel.high / panel.low) || 0.5 : 0.04 * (panel.high - panel.low) || 0.5
  const ends = panel.logarithmic ? [Math.log10(panel.low), Math.log10(panel.high)] : [panel.low, panel.high]
  const wide = panel.categorical ? 0.5 : margin
  const letters = Math.floor((columns === 1 ? 80 : columns === 2 ? 36 : 24) / (panel.categorical ? panel.ticks.length : 1))
  return axis(panel.title, {
    ...where,
    ...(panel.logarithmic && { type: 'log' as const }),
    tickmode: 'array',
    tickvals: panel.ticks.map(({ value }) => value),
    ticktext: panel.ticks.map(({ text }) => (panel.categorical ? wrapLabel(text, Math.max(4, letters)) : text)),
    tickangle: 0,
    tickfont: { size: 11, color: QUIET },
    range: [ends[0]! - wide, ends[1]! + wide],
    showgrid: !panel.categorical,
  })
}

/** Where the panel stands, in shares of the drawing; between rows there is room for ticks and a title. */
function domain(order: number, columns: number, rows: number, pixels: number): { x: [number, number]; y: [number, number] } {
  const between = 0.05
  const width = (1 - between * (columns - 1)) / columns
  const left = (order % columns) * (width + between)
  const gap = rows > 1 ? 84 / pixels : 0
  const tall = (1 - gap * (rows - 1)) / rows
  const top = 1 - Math.floor(order / columns) * (tall + gap)
  return { x: [left, Math.min(1, left + width)], y: [Math.max(0, top - tall), top] }
}
