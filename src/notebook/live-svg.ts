/** The frames of the live chart: small SVG panels, because a page redraws those in place, which it does not do with Plotly. */

import { FIGURE_WIDTH, PALETTE, QUIET, readable, translucent } from '../figures/theme'
import { thin, windowFor } from '../figures/thin'
import { movingAverage } from '../metrics/moving-average'
import { escapeHtml } from './table'

/** Curves by finished episode, and how many episodes there will be. */
export interface LiveCurves {
  readonly returns: ArrayLike<number>
  readonly epsilons: ArrayLike<number>
  readonly losses: ArrayLike<number>
  readonly episodes: number // Infinity where the end is not known in episodes
}

interface Panel {
  readonly title: string
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly values: ArrayLike<number>
  readonly colour: string
  /** The axis holds nought. */
  readonly fromNought: boolean
  /** Drawn faintly behind, as dots. */
  readonly dots?: ArrayLike<number>
}

const HEIGHT = 330
const MOST_POINTS = 300

/** Return with its moving average, exploration and loss, as one SVG of 700 by 330. */
export function liveSvg(title: string, curves: LiveCurves): string {
  const finished = curves.returns.length
  const window = windowFor(finished)
  const average = movingAverage(curves.returns, window)
  const panels: Panel[] = [
    {
      title: `Return per episode, mean of ${window}${finished ? `: ${readable(average[finished - 1]!)}` : ''}`,
      left: 50,
      top: 56,
      width: 630,
      height: 130,
      values: average,
      colour: PALETTE[0],
      fromNought: false,
      dots: curves.returns,
    },
    small('Exploration (epsilon)', 50, curves.epsilons, PALETTE[4]),
    small('Loss', 390, curves.losses, PALETTE[1]),
  ]
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${FIGURE_WIDTH} ${HEIGHT}" width="${FIGURE_WIDTH}" height="${HEIGHT}" role="img" aria-label="${escapeHtml(title)}" ` +
    `font-family="DejaVu Sans, Verdana, Arial, sans-serif" font-size="12"><rect width="100%" height="100%" fill="#FFFFFF"/>` +
    `<text x="50" y="24" font-size="16" fill="#2B2B2B">${escapeHtml(title)}</text>${panels.map(panel => drawn(panel, curves.episodes)).join('')}</svg>`
  )
}

const small = (title: string, left: number, values: ArrayLike<number>, colour: string): Panel => {
  const last = Array.from(values).filter(Number.isFinite).pop()
  return {
    title: last === undefined ? title : `${title}: ${readable(last)}`,
    left,
    top: 232,
    width: 290,
    height: 64,
    values,
    colour,
    fromNought: true,
  }
}

function drawn({ title, left, top, width, height, values, colour, fromNought, dots }: Panel, episodes: number): string {
  const places = thin(values.length, MOST_POINTS)
  const finite = places.flatMap(at => [values[at]!, ...(dots ? [dots[at]!] : [])]).filter(Number.isFinite)
  if (fromNought) finite.push(0)
  const low = finite.length ? Math.min(...finite) : 0
  const high = finite.length ? Math.max(...finite) : 1
  const spread = high - low || 1
  const room = Math.max(1, values.length, Number.isFinite(episodes) ? episodes : 0)
  const x = (at: number) => (left + (width * (at + 1)) / room).toFixed(1)
  const y = (value: number) => (top + height - (height * (value - low)) / spread).toFixed(1)
  const line = places.filter(at => Number.isFinite(values[at])).map(at => `${x(at)},${y(values[at]!)}`)
  const faint = dots ? places.map(at => `<circle cx="${x(at)}" cy="${y(dots[at]!)}" r="2"/>`).join('') : ''
  const label = (text: string, at: string, down: number, anchor: string) =>
    `<text x="${at}" y="${down}" text-anchor="${anchor}" fill="${QUIET}" font-size="11">${text}</text>`
  return (
    `<text x="${left}" y="${top - 8}" fill="#2B2B2B">${escapeHtml(title)}</text>` +
    `<path d="M${left},${top}V${top + height}H${left + width}" fill="none" stroke="${QUIET}"/>` +
    label(readable(high), String(left - 5), top + 9, 'end') +
    label(readable(low), String(left - 5), top + height, 'end') +
    label(`${readable(room)} episodes`, String(left + width), top + height + 15, 'end') +
    `<g fill="${translucent(colour, 0.25)}">${faint}</g>` +
    (line.length ? `<polyline points="${line.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>` : '')
  )
}
