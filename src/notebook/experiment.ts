/**
 * Predict, then look: an experiment with one slider. The reader says first what will happen; only then can the slider be moved, and wherever
 * it is let go the experiment is run, over several seeds, and drawn beside what was seen before.
 */
import { pairedDifference } from '../evaluate/paired-difference'
import type { AgentRow } from '../evaluate/scores-by-seed'
import { bySetting, type SettingMeasure, settingPoints } from '../figures/by-setting'
import type { Figure } from '../figures/figure'
import { INK, QUIET, readable, signed } from '../figures/theme'
import { experimentSvg } from './experiment-svg'
import { escapeHtml } from './table'
import { button, hbox, html, slider, vbox, type Widget } from './widgets'

/** What a run gives: a row for each seed, with the columns that are measured. */
export type SeedRow = { readonly seed: number }

export interface ExperimentOptions<Value extends number | string> {
  /** Of the figure. */
  readonly title: string
  /** What the reader predicts, and the answers to choose from: two to five. */
  readonly question: string
  readonly choices: readonly string[]
  /** What the one slider sets, the values it has in order, and the one that all others are compared with, where it also stands at first. */
  readonly setting: string
  readonly values: readonly Value[]
  readonly usual: Value
  /** A value as people read it. */
  readonly words?: (value: Value) => string
  readonly measures: readonly SettingMeasure[]
  /** Runs the experiment; the same seeds for every value. */
  readonly run: (value: Value) => readonly SeedRow[] | Promise<readonly SeedRow[]>
}

export interface Experiment {
  /** To show: `experiment.panel().show()`. */
  panel(): Widget
  /** The result for all values. */
  figure(): Promise<Figure>
  /** Each measure of each other value against the usual one, a line each: the mean difference over the seeds with its 95 % interval. */
  differences(): Promise<string>
}

/** @throws RangeError for choices, values or measures that make no experiment */
export function experiment<Value extends number | string>(options: ExperimentOptions<Value>): Experiment {
  const { title, choices, setting, values, usual, measures } = options
  const words = options.words ?? ((value: Value) => (typeof value === 'number' ? readable(value) : value))
  const names = values.map(words)
  if (choices.length < 2 || choices.length > 5) throw new RangeError(`choices has ${choices.length}; a prediction needs two to five`)
  if (values.length < 2) throw new RangeError(`values has ${values.length}; a slider needs at least two`)
  if (new Set(names).size < names.length) throw new RangeError(`two of the values read alike: ${names.join(', ')}`)
  if (!values.includes(usual)) throw new RangeError(`usual is ${usual}; it must be one of the values ${names.join(', ')}`)
  const known = new Map<Value, AgentRow[]>()

  /** The rows of one value, run once. */
  async function rowsOf(value: Value): Promise<AgentRow[]> {
    const rows = known.get(value) ?? (await options.run(value)).map(row => ({ ...row, agent: words(value) }))
    if (rows.length === 0) throw new RangeError(`${setting} ${words(value)} gave no rows; run must give one for each seed`)
    known.set(value, rows)
    return rows
  }

  async function all(): Promise<AgentRow[]> {
    const rows: AgentRow[] = []
    for (const value of values) rows.push(...(await rowsOf(value)))
    return rows
  }

  /** '+3.1 (+2.0 to +4.2), more' for one measure of one value against the usual one. */
  function compared(rows: readonly AgentRow[], value: Value, { column }: SettingMeasure): string {
    const { estimate, low, high } = pairedDifference(rows, words(value), words(usual), { measure: column })
    const verdict = low > 0 ? 'more' : high < 0 ? 'less' : 'no difference that these seeds can show'
    return `${signed(estimate)} (${signed(low)} to ${signed(high)}), ${verdict}`
  }

  return {
    panel: () => panelOf({ ...options, names, known, rowsOf, compared }),
    figure: async () => bySetting(await all(), { title, setting, measures }),
    async differences() {
      const rows = await all()
      const others = values.filter(value => value !== usual)
      return measures
        .flatMap(measure => [
          `${measure.title}, against ${setting} ${words(usual)} (mean difference, 95 % interval)`,
          ...others.map(value => `  ${words(value)}: ${compared(rows, value, measure)}`),
        ])
        .join('\n')
    },
  }
}

interface Inside<Value extends number | string> extends ExperimentOptions<Value> {
  readonly names: readonly string[]
  readonly known: ReadonlyMap<Value, AgentRow[]>
  rowsOf(value: Value): Promise<AgentRow[]>
  compared(rows: readonly AgentRow[], value: Value, measure: SettingMeasure): string
}

const letters = ['A', 'B', 'C', 'D', 'E'] as const

function panelOf<Value extends number | string>(inside: Inside<Value>): Widget {
  const { question, choices, setting, values, names, usual, measures, known, rowsOf, compared } = inside
  let prediction: number | undefined
  let wanted = values.indexOf(usual)
  let working = false
  /** Places that this panel has shown, whatever else was run. */
  const seen = new Set<Value>()

  const listed = choices.map((choice, at) => `<div><b>${letters[at]}</b> ${escapeHtml(choice)}</div>`).join('')
  const asked = html(card(`<div style="font-weight:bold">${escapeHtml(question)}</div>${listed}`))
  const told = html(quiet('Predict first: press a letter. Then the slider can be moved.'))
  const place = html(placeWords())
  const result = html()
  const handle = slider({ label: setting, min: 0, max: values.length - 1, value: wanted, step: 1, onChange: moved })
  // Heard when it is let go, not on the way; its number is only a place in the list, so the value stands beside it in words.
  handle.model.set({ continuous_update: false, readout: false, disabled: true })

  function placeWords(): string {
    return `<b>${escapeHtml(`${setting}: ${names[wanted]}`)}</b>`
  }

  async function predict(choice: number): Promise<void> {
    if (prediction !== undefined) {
      told.value = predicted(prediction, ' It stands: the result is known now.')
      return
    }
    prediction = choice
    told.value = predicted(choice, ' Now move the slider through all its places.')
    handle.model.set({ disabled: false })
    await look()
  }

  function predicted(choice: number, more: string): string {
    return `<span>You predicted <b>${letters[choice]}</b>: ${escapeHtml(choices[choice]!)}.${more}</span>`
  }

  async function moved(at: number): Promise<void> {
    wanted = at
    place.value = placeWords()
    if (prediction !== undefined) await look()
  }

  /** Runs where the slider stands; if it was moved on meanwhile, there as well. */
  async function look(): Promise<void> {
    if (working) return
    working = true
    try {
      for (let at = -1; at !== wanted; ) {
        at = wanted
        const value = values[at]!
        if (!known.has(value)) {
          result.value = quiet(`Trying ${setting} ${names[at]} …`)
          // The page is told before the work begins.
          await new Promise(resolve => setImmediate(resolve))
        }
        await rowsOf(value)
        seen.add(value)
      }
    } finally {
      working = false
    }
    draw(values[wanted]!)
  }

  function draw(value: Value): void {
    const rows = values.filter(other => seen.has(other)).flatMap(other => known.get(other)!)
    const panels = measures.map(measure => ({ ...measure, points: settingPoints(rows, measure.column) }))
    const name = names[values.indexOf(value)]!
    const here = panels.map(({ title, points }) => {
      const { estimate, low, high, seeds } = points.find(point => point.value === name)!
      return `${escapeHtml(title)}: <b>${readable(estimate)}</b> (95 % interval ${readable(low)} to ${readable(high)}, ${seeds.length} seeds)`
    })
    const against =
      value === usual || !seen.has(usual)
        ? []
        : [
            `Against ${escapeHtml(`${setting} ${names[values.indexOf(usual)]}`)}, same seeds:`,
            ...measures.map(measure => escapeHtml(`${measure.title}: ${compared(rows, value, measure)}`)),
          ]
    const left = values.length - seen.size
    result.value =
      experimentSvg(setting, names, name, panels) +
      card([...here, ...against].map(line => `<div>${line}</div>`).join('')) +
      quiet(left ? `${left} of ${values.length} places not looked at yet.` : 'You have seen all places. Were you right?')
  }

  return vbox([
    asked,
    hbox(choices.map((_, at) => button({ label: letters[at]!, onClick: () => predict(at) }))),
    told,
    hbox([handle, place]),
    result,
  ])
}

const card = (inner: string) =>
  `<div style="background:#FFFFFF;color:${INK};line-height:1.45;padding:8px 12px;border:1px solid #DADADA;border-radius:8px;max-width:680px;white-space:normal">${inner}</div>`

const quiet = (words: string) => `<div style="color:${QUIET}">${escapeHtml(words)}</div>`
