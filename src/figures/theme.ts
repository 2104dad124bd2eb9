/**
 * One look for all figures: fonts, margins, axes and colours, legible at 700 pixels.
 *
 * The colours are those of Okabe & Ito (2008, "Color universal design"), told apart by people with any kind of colour vision; the yellow
 * is left out, as it drowns on white. An agent has the same colour in every figure.
 */
import type { FigureLayout, Layout } from './figure'

/** Pixels: the width figures are drawn for, and the width of their pictures in files. */
export const FIGURE_WIDTH = 700

export const PALETTE = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'] as const
export const INK = '#2B2B2B'
export const QUIET = '#7A7A7A'
const GRID = '#E6E6E6'

// The references every figure has; other agents take a colour by their name.
const KNOWN: Readonly<Record<string, string>> = {
  'double dqn': '#0072B2',
  linucb: '#D55E00',
  popularity: '#009E73',
  random: QUIET,
}

/** Names as people and factories write them: 'double-dqn', 'Double DQN' and 'doubleDqn' are one agent. */
function plainName(agent: string): string {
  return agent
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_\s]+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/^lin ucb$/, 'linucb')
}

/**
 * The colours of several agents in one figure: the known ones keep theirs, every other takes the one its name leads to, or the next free.
 * With more agents than colours, colours repeat.
 */
export function agentColours(agents: readonly string[]): Map<string, string> {
  const colours = new Map<string, string>()
  const taken = new Set<string>()
  const give = (agent: string, colour: string) => {
    colours.set(agent, colour)
    taken.add(colour)
  }
  for (const agent of agents) {
    const known = KNOWN[plainName(agent)]
    if (known) give(agent, known)
  }
  for (const agent of agents) {
    if (colours.has(agent)) continue
    let place = 0
    for (const letter of plainName(agent)) place = (place * 31 + letter.charCodeAt(0)) % 997
    const inOrder = PALETTE.map((_, offset) => PALETTE[(place + offset) % PALETTE.length]!)
    give(agent, inOrder.find(colour => !taken.has(colour)) ?? inOrder[0]!)
  }
  return colours
}

/** The same colour, seen through: `opacity` from 0 (nothing) to 1 (solid). */
export function translucent(colour: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
  return `rgba(${red},${green},${blue},${opacity})`
}

/** An axis with its title, unit included: axis('Return per episode (clicks)'). */
export function axis(title: string, more: Partial<NonNullable<Layout['xaxis']>> = {}): NonNullable<Layout['xaxis']> {
  return {
    title: { text: title, standoff: 8, font: { size: 14, color: INK, family: FONT } },
    gridcolor: GRID,
    linecolor: QUIET,
    showline: true,
    zeroline: false,
    ticks: 'outside',
    tickcolor: QUIET,
    automargin: true,
    ...more,
  }
}

const FONT = 'DejaVu Sans, Verdana, Arial, sans-serif'

/**
 * The layout every figure starts from.
 *
 * @param title       what the figure shows, in a few words
 * @param description what it says, in a sentence or two, with its numbers: the text readers get who do not see it
 * @param note        a quiet line under the title: how to read the marks
 */
export function layout(title: string, description: string, more: Layout = {}, note = ''): FigureLayout {
  const heading = note ? `${title}<br><span style="font-size:13px;color:${QUIET}">${note}</span>` : title
  const top = 58 + (note ? 20 : 0) + (more.showlegend === false ? 0 : 28)
  return {
    title: {
      text: heading,
      x: 0,
      xref: 'paper',
      xanchor: 'left',
      y: 1,
      yref: 'container',
      yanchor: 'top',
      pad: { t: note ? 26 : 18 },
      font: { size: 18, color: INK, family: FONT },
    },
    font: { family: FONT, size: 13, color: INK },
    height: 420,
    margin: { l: 64, r: 24, t: top, b: 60 },
    paper_bgcolor: '#FFFFFF',
    plot_bgcolor: '#FFFFFF',
    colorway: [...PALETTE],
    hovermode: 'closest',
    legend: { orientation: 'h', x: 0, y: 1.02, xanchor: 'left', yanchor: 'bottom' },
    ...more,
    meta: { description },
  }
}

/** A number as people read it: 1,234 and 0.0123, never more than `digits` significant digits after the point has begun to matter. */
export function readable(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return 'none'
  if (Number.isInteger(value) || Math.abs(value) >= 10 ** digits) return Math.round(value).toLocaleString('en-GB')
  return String(Number(value.toPrecision(digits)))
}

/** The same with its sign, as differences and rewards are told: +1, −0.1, 0. */
export function signed(value: number): string {
  return value > 0 ? `+${readable(value)}` : value < 0 ? `−${readable(-value)}` : '0'
}
