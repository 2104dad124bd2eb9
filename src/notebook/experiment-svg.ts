/** The result of an experiment inside its panel, as SVG text: the places of the slider that were looked at, the others still empty. */
import { crowded, measureColour, type SettingMeasure, type SettingPoint } from '../figures/by-setting'
import { FIGURE_WIDTH, INK, QUIET, readable, translucent } from '../figures/theme'
import { escapeHtml } from './table'

const HEIGHT = 250
const TOP = 44
const BOTTOM = 200

/** What was measured of one thing, and where. */
export interface MeasuredPanel extends SettingMeasure {
  readonly points: readonly SettingPoint[]
}

/**
 * Panels side by side, 700 by 250 in all.
 *
 * @param setting what the slider sets
 * @param values  all its places, in words
 * @param current the place it stands at
 */
export function experimentSvg(setting: string, values: readonly string[], current: string, panels: readonly MeasuredPanel[]): string {
  const room = FIGURE_WIDTH / panels.length
  const words = panels.map(
    ({ title, points }) => `${title}: ${points.map(({ value, estimate }) => `${value} ${readable(estimate)}`).join(', ')}`,
  )
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${FIGURE_WIDTH} ${HEIGHT}" width="${FIGURE_WIDTH}" height="${HEIGHT}" style="max-width:100%;height:auto" role="img" ` +
    `aria-label="${escapeHtml(`By ${setting}. ${words.join('. ')}`)}" font-family="DejaVu Sans, Verdana, Arial, sans-serif" font-size="12">` +
    `<rect width="100%" height="100%" fill="#FFFFFF"/>${panels.map((panel, place) => drawn(panel, place, { room, setting, values, current })).join('')}</svg>`
  )
}

interface Frame {
  readonly room: number
  readonly setting: string
  readonly values: readonly string[]
  readonly current: string
}

function drawn({ title, points }: MeasuredPanel, place: number, { room, setting, values, current }: Frame): string {
  const left = room * place + 52
  const right = room * (place + 1) - 14
  const all = points.flatMap(({ seeds, low, high }) => [...seeds, low, high])
  const [lowest, highest] = padded(Math.min(...all), Math.max(...all))
  const step = (right - left) / values.length
  const x = (value: string) => left + step * (values.indexOf(value) + 0.5)
  const y = (value: number) => BOTTOM - ((BOTTOM - TOP) * (value - lowest)) / (highest - lowest)
  const colour = measureColour(place)
  const text = (words: string, at: number, down: number, more: string) =>
    `<text x="${fixed(at)}" y="${fixed(down)}" ${more}>${escapeHtml(words)}</text>`
  const ticks = ticksOf(lowest, highest).map(
    tick =>
      `<path d="M${fixed(left)},${fixed(y(tick))}H${fixed(right)}" stroke="#E6E6E6"/>` +
      text(readable(tick), left - 6, y(tick) + 4, `text-anchor="end" fill="${QUIET}" font-size="11"`),
  )
  const slanted = crowded(values, right - left)
  const names = values.map(value => {
    const down = BOTTOM + (slanted ? 14 : 17)
    const turned = slanted ? `text-anchor="end" transform="rotate(-35 ${fixed(x(value) + 4)} ${down})"` : 'text-anchor="middle"'
    const look = value === current ? `fill="${INK}" font-weight="bold"` : `fill="${QUIET}"`
    return text(value, x(value) + (slanted ? 4 : 0), down, `${turned} font-size="11" ${look}`)
  })
  const marks = points.map(({ value, estimate, low, high, seeds }) => {
    const at = fixed(x(value))
    const here = value === current
    const dots = seeds.map(
      seed => `<circle cx="${at}" cy="${fixed(y(seed))}" r="3" fill="${translucent(colour, seeds.length > 10 ? 0.12 : 0.3)}"/>`,
    )
    const [up, down, beside] = [fixed(y(estimate) - 7), fixed(y(estimate) + 7), 6]
    return (
      dots.join('') +
      `<path d="M${at},${fixed(y(low))}V${fixed(y(high))}" stroke="${colour}" stroke-width="${here ? 3 : 2}"/>` +
      `<path d="M${at},${up}L${fixed(x(value) + beside)},${fixed(y(estimate))}L${at},${down}L${fixed(x(value) - beside)},${fixed(y(estimate))}Z" fill="${here ? colour : '#FFFFFF'}" stroke="${colour}" stroke-width="2"/>`
    )
  })
  return (
    `${text(title, left, 24, `fill="${INK}" font-weight="bold"`)}${ticks.join('')}` +
    `<path d="M${fixed(left)},${TOP}V${BOTTOM}H${fixed(right)}" fill="none" stroke="${QUIET}"/>${names.join('')}` +
    `${text(setting, (left + right) / 2, BOTTOM + (slanted ? 46 : 38), `text-anchor="middle" fill="${INK}"`)}${marks.join('')}`
  )
}

const fixed = (place: number) => place.toFixed(1)

/** A little room above and below; a single value gets some as well. */
function padded(low: number, high: number): [number, number] {
  const spread = high - low || Math.abs(high) || 1
  return [low >= 0 && low < 0.1 * spread ? 0 : low - 0.08 * spread, high + 0.08 * spread]
}

/** Three to six round numbers. */
function ticksOf(low: number, high: number): number[] {
  const rough = (high - low) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map(factor => factor * power).find(candidate => candidate >= rough)!
  const first = Math.ceil(low / step)
  const last = Math.floor(high / step)
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)))
}
