/** A visit as it unfolds: the value of the best items before every step, which of them is shown, and whether the shopper takes it. */
import type { SessionStep } from '../train/follow-session'
import type { Figure, Frame, Layout, Plot } from './figure'
import { axis, layout, PALETTE, QUIET, readable, signed } from './theme'

export interface SessionValuesOptions {
  /** [items] */
  readonly labels: readonly string[]
  /** Items that have a bar; more where more were shown. 12. */
  readonly top?: number
  readonly title?: string
  /** What a value is: 'Q-value (expected return)'. */
  readonly measure?: string
  /** Milliseconds from one step to the next while it plays. */
  readonly pace?: number
}

const REST = '#B9C4CC'
const TAKEN = PALETTE[2]
const IGNORED = PALETTE[1]
/** Pixels: the margin that holds the items' names, and where lines of text begin. */
const LEFT = 194
const INDENT = 16
const LONGEST_NAME = 24
/** Steps that the description goes through one by one. */
const MOST_TOLD = 12
/** Pixels from a slider's end to its first place, and between its first and last at 700 pixels: the steps stand above their places. */
const SLIDER = { inset: 10, length: 462 }

/**
 * Bars of the items with the highest value at any step, all that are shown among them, in the order of their values at the start, and below
 * them the steps so far. Frames play in the page, without a kernel: buttons, and a slider over the steps.
 *
 * @throws RangeError without steps, or where a label is missing
 */
export function sessionValues(steps: readonly SessionStep[], options: SessionValuesOptions): Figure {
  const { labels, top = 12, title = 'Values during one visit', measure = 'Q-value (expected return)', pace = 1200 } = options
  if (steps.length === 0) throw new RangeError('sessionValues needs at least one step')
  const items = steps[0]!.values.length
  if (labels.length < items) throw new RangeError(`labels has ${labels.length} names for ${items} items; give one for each`)
  const rows = itemsDrawn(steps, top)
  const places = rows.map((_, place) => place)
  const names = rows.map(item => shortened(labels[item]!))
  const drawn = steps.flatMap(({ values }) => rows.map(item => values[item]!))
  const low = Math.min(0, ...drawn)
  const high = Math.max(0, ...drawn)
  const room = (high - low || 1) * 0.28 // for the words behind a bar
  let sum = 0
  const returns = steps.map(({ reward }) => (sum += reward))

  const bars = ({ values, shown, taken, reward }: SessionStep): Plot => {
    const said = rows.map(item => (item === shown ? `<b>${taken ? 'taken' : 'ignored'}, ${signed(reward)}</b>` : readable(values[item]!)))
    return {
      x: rows.map(item => exact(values[item]!)),
      y: places,
      type: 'bar',
      orientation: 'h',
      name: 'Value',
      marker: { color: rows.map(item => (item === shown ? (taken ? TAKEN : IGNORED) : REST)) },
      text: said,
      textposition: 'outside',
      cliponaxis: false,
      hovertext: rows.map(item => `${labels[item]}: ${readable(values[item]!)}`),
      hoverinfo: 'text',
      width: places.map(() => 0.72),
    }
  }
  const course = (now: number): Plot => ({
    x: steps.map((_, at) => at + 1),
    y: steps.map(() => 0),
    type: 'scatter',
    mode: 'markers',
    xaxis: 'x2',
    yaxis: 'y2',
    name: 'Steps so far',
    marker: {
      size: steps.map((_, at) => (at === now ? 18 : 12)),
      color: steps.map(({ taken }, at) => (at > now ? '#FFFFFF' : taken ? TAKEN : IGNORED)),
      symbol: steps.map(({ taken }, at) => (at <= now && !taken ? 'x' : 'circle')),
      line: { width: 1, color: QUIET },
      opacity: 1,
    },
    cliponaxis: false,
    hovertext: steps.map(({ shown, taken, reward }, at) => `step ${at + 1}: ${labels[shown]}, ${outcome(taken)} (${signed(reward)})`),
    hoverinfo: 'text',
  })
  const caption = (at: number): Layout['annotations'] => {
    const { shown, taken, reward } = steps[at]!
    const words = `Step ${at + 1} of ${steps.length}: <b>${shortened(labels[shown]!)}</b> ${outcome(taken)} (${signed(reward)}), return so far ${signed(returns[at]!)}`
    const place = {
      xref: 'paper',
      yref: 'paper',
      x: 0,
      xshift: INDENT - LEFT,
      y: 1,
      yshift: 6,
      xanchor: 'left',
      yanchor: 'bottom',
    } as const
    return [{ ...place, text: words, showarrow: false, font: { size: 14 } }]
  }
  const frames = steps.map(
    (step, at): Frame => ({ name: String(at + 1), data: [bars(step), course(at)], traces: [0, 1], layout: { annotations: caption(at)! } }),
  )
  const barsHeight = 24 * rows.length
  const height = barsHeight + 294
  const inside = barsHeight + 92 // what the margins leave
  const margin = steps.length === 1 ? 0.5 : ((steps.length - 1) * SLIDER.inset) / SLIDER.length
  const taken = steps.filter(step => step.taken).length
  const story = steps.slice(0, MOST_TOLD).map(told).join('; ')
  const look = layout(
    title,
    `${steps.length} steps, ${taken} of them taken, return ${readable(sum)}. ${story}${steps.length > MOST_TOLD ? '; …' : ''}.`,
    {
      height,
      margin: { l: LEFT, r: 24, t: 92, b: 110 },
      showlegend: false,
      barmode: 'overlay',
      annotations: caption(0)!,
      xaxis: axis(measure, { domain: [0, 1], anchor: 'y', range: [low < 0 ? low - room : 0, high > 0 || low === 0 ? high + room : 0] }),
      yaxis: axis('', {
        domain: [1 - barsHeight / inside, 1],
        anchor: 'x',
        tickmode: 'array',
        tickvals: places,
        ticktext: names,
        range: [rows.length - 0.5, -0.5],
        ticks: '',
        showgrid: false,
        automargin: false,
      }),
      xaxis2: axis('', {
        domain: [0, 1],
        anchor: 'y2',
        range: [1 - margin, steps.length + margin],
        showgrid: false,
        showticklabels: false,
        ticks: '',
        showline: false,
      }),
      yaxis2: axis('', {
        domain: [0, 28 / inside],
        anchor: 'x2',
        range: [-1, 1],
        showgrid: false,
        showline: false,
        ticks: '',
        tickmode: 'array',
        tickvals: [0],
        ticktext: ['Steps so far\u00a0\u00a0'],
        automargin: false,
      }),
      ...controls(
        frames.map(({ name }) => name),
        pace,
      ),
    },
    'bars: value of an item before the step; green: shown and taken, orange: shown and ignored',
  )
  // Names take the left quarter; the lines of text above begin at the edge.
  Object.assign(look.title as object, { xref: 'container', x: 0, pad: { t: 26, l: INDENT } })
  return { data: frames[0]!.data, frames, layout: look }

  function told({ shown, taken, reward, values }: SessionStep, at: number): string {
    return `${at + 1}: ${labels[shown]}, value ${readable(values[shown]!)}, ${outcome(taken)} (${signed(reward)})`
  }
}

/** The rows of `values` that get a bar, the highest at the start first. */
function itemsDrawn(steps: readonly SessionStep[], top: number): number[] {
  if (!(Number.isInteger(top) && top >= 1)) throw new RangeError(`top is ${top}; it must be a whole number of at least 1`)
  const first = steps[0]!.values
  const highest = Array.from(first, (_, item) => Math.max(...steps.map(({ values }) => values[item]!)))
  const drawn = new Set(steps.map(({ shown }) => shown))
  for (const item of Array.from(highest.keys()).sort((a, b) => highest[b]! - highest[a]! || a - b)) {
    if (drawn.size >= top) break
    drawn.add(item)
  }
  return Array.from(drawn).sort((a, b) => first[b]! - first[a]! || a - b)
}

/** Play, pause, and a slider with a place for each frame. */
function controls(names: readonly string[], pace: number): Pick<Layout, 'updatemenus' | 'sliders'> {
  // redraw: annotations, which say what happens, change with a frame only then.
  const moves = { frame: { duration: pace, redraw: true }, transition: { duration: 0 }, fromcurrent: true, mode: 'immediate' }
  const jump = { frame: { duration: 0, redraw: true }, transition: { duration: 0 }, mode: 'immediate' }
  return {
    updatemenus: [
      {
        type: 'buttons',
        direction: 'left',
        showactive: false,
        x: 0,
        xanchor: 'right',
        y: 0,
        yanchor: 'top',
        pad: { t: 38, r: 10 },
        buttons: [
          { label: '▶ Play', method: 'animate', args: [null, moves] },
          { label: '❚❚ Pause', method: 'animate', args: [[null], jump] },
        ],
      },
    ],
    sliders: [
      {
        active: 0,
        x: 0,
        len: 1,
        pad: { t: 30, l: 0, r: 0, b: 0 },
        currentvalue: { visible: false },
        steps: names.map(name => ({ label: name, method: 'animate' as const, args: [[name], jump] })),
      },
    ],
  }
}

const shortened = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name)
const outcome = (taken: boolean): string => (taken ? 'taken' : 'ignored')
/** Values have 32 bits; more digits than that are noise in the notebook's file. */
const exact = (value: number): number => Number(value.toPrecision(6))
