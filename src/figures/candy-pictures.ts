/**
 * The pictures of the first level: six candies, the robot, a child, a star. Drawn here as SVG on a square of 64 by 64, because not every
 * machine has a font with pictures in it, and because a page and a file must show the same.
 */
import { PALETTE, QUIET } from './theme'

/** What the small store sells, in the order of the actions. */
export const candyNames = ['chocolate', 'gummy bear', 'lolly', 'sour drop', 'mint', 'toffee'] as const

export type RobotMood = 'happy' | 'puzzled' | 'curious' | 'plain'

const dark = '#2B2B2B'
const gold = '#F2B705'
const ring = '#C9C9C9'

const circle = (x: number, y: number, radius: number, fill: string, more = '') =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" ${more}/>`
const oval = (x: number, y: number, across: number, down: number, fill: string, more = '') =>
  `<ellipse cx="${x}" cy="${y}" rx="${across}" ry="${down}" fill="${fill}" ${more}/>`
const box = (x: number, y: number, width: number, height: number, round: number, fill: string, more = '') =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${fill}" ${more}/>`
const line = (path: string, colour = dark, width = 2.5) =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`

const candyDrawings: Readonly<Record<(typeof candyNames)[number], string>> = {
  chocolate: `<g transform="rotate(-8 32 32)">${box(13, 6, 38, 52, 4, '#6B3710')}${[0, 1, 2, 3, 4, 5]
    .map(at => box(17 + 16 * (at % 2), 10 + 11 * Math.floor(at / 2), 14, 9, 2, '#8D5324'))
    .join(
      '',
    )}<path d="M11 42l5-4 6 4 5-4 5 4 6-4 5 4 5-4 5 4v18H11z" fill="${PALETTE[1]}"/><path d="M11 50h42" stroke="#FFD9B8" stroke-width="3"/></g>`,
  'gummy bear': [
    ...[20, 44].map(x => circle(x, 12, 7, '#00805D')),
    ...[14, 50].map(x => oval(x, 38, 6, 9, '#00805D')),
    ...[22, 42].map(x => oval(x, 57, 9, 6, '#00805D')),
    oval(32, 44, 16, 15, PALETTE[2]),
    circle(32, 21, 15, PALETTE[2]),
    oval(27, 40, 4, 7, '#5CC9A7'),
    ...[26, 38].map(x => circle(x, 19, 2.2, dark)),
    line('M28 26q4 4 8 0'),
  ].join(''),
  lolly: `${box(30, 38, 4, 25, 2, '#E8E2D4', `stroke="${QUIET}" stroke-width=".8"`)}${circle(32, 23, 21, PALETTE[3])}${line('M32 23q4-5 8 0q2 8-8 10q-12 0-12-11q1-13 14-13q15 1 15 15q-1 10-9 14', '#FFFFFF', 3.5)}`,
  'sour drop': `<g transform="rotate(-25 32 32)">${oval(32, 32, 25, 18, '#F2D11B')}${circle(6, 32, 5, '#F2D11B')}${circle(58, 32, 5, '#F2D11B')}</g>${line('M22 26l6 3-6 3M42 26l-6 3 6 3')}${line('M24 41q2-3 4 0t4 0 4 0 4 0')}${[
    [16, 38],
    [34, 19],
    [46, 17],
    [50, 32],
    [20, 46],
  ]
    .map(([x, y]) => circle(x!, y!, 1.6, '#FFFFFF'))
    .join('')}`,
  mint: `${circle(32, 32, 25, '#FFFFFF', `stroke="${ring}" stroke-width="1.5"`)}${[0, 60, 120, 180, 240, 300]
    .map(turn => `<path d="M32 32Q40 14 32 7A25 25 0 0 1 45 11Q46 24 32 32" fill="#D62839" transform="rotate(${turn} 32 32)"/>`)
    .join('')}${circle(32, 32, 25, 'none', `stroke="${ring}" stroke-width="1.5"`)}`,
  toffee: `<path d="M20 32L3 19v26zM44 32l17-13v26z" fill="${PALETTE[5]}"/><path d="M6 25l10 6M6 39l10-6M58 25l-10 6M58 39l-10-6" stroke="#2F7FB0" stroke-width="1.5"/>${box(15, 19, 34, 26, 11, '#B5651D')}${line('M25 20v24M32 19v26M39 20v24', '#D9944A', 3)}`,
}

const eyes: Readonly<Record<RobotMood, string>> = {
  happy: line('M19 31q4-6 8 0M37 31q4-6 8 0', PALETTE[0], 3),
  puzzled: circle(23, 30, 3, PALETTE[0]) + circle(41, 30, 4.5, PALETTE[0]) + line('M36 22l9-2', PALETTE[0]),
  curious: [23, 41].map(x => circle(x, 30, 5.5, PALETTE[0]) + circle(x + 1.5, 28.5, 1.7, '#FFFFFF')).join(''),
  plain: [23, 41].map(x => circle(x, 30, 4, PALETTE[0])).join(''),
}
const mouths: Readonly<Record<RobotMood, string>> = {
  happy: '<path d="M22 39h20q-2 9-10 9t-10-9z" fill="#0072B2"/>',
  puzzled: line('M23 44q3-5 6 0t6 0 6-2', PALETTE[0], 3),
  curious: circle(32, 43, 3.5, PALETTE[0]),
  plain: line('M25 43h14', PALETTE[0], 3),
}

const robotDrawing = (mood: RobotMood): string =>
  `${line('M32 14V6', QUIET, 3)}${circle(32, 5, 4, mood === 'happy' ? gold : PALETTE[1])}${box(3, 27, 7, 14, 3, '#7C93A6')}${box(54, 27, 7, 14, 3, '#7C93A6')}` +
  `${box(8, 13, 48, 44, 10, '#9FB6C8')}${box(13, 19, 38, 33, 7, '#F3F8FB')}${eyes[mood]}${mouths[mood]}`

const childDrawing = (happy: boolean): string =>
  `${circle(32, 34, 23, '#F4C9A0')}<path d="M9 32Q8 9 32 8q25 1 23 25-6-12-16-14-6 7-18 6-7 1-12 7z" fill="#6B3F1D"/>${circle(24, 36, 2.6, dark)}${circle(41, 36, 2.6, dark)}` +
  `${circle(18, 43, 3.5, '#F0A98B')}${circle(47, 43, 3.5, '#F0A98B')}${happy ? '<path d="M23 43h18q-2 9-9 9t-9-9z" fill="#B3432B"/>' : line('M26 48q6-4 12 0')}`

const starShape = 'M32 4l8.6 18.4 20 2.6-14.8 13.9 3.9 20L32 49.1 14.3 58.9l3.9-20L3.4 25l20-2.6z'

/** The tiny lights that stand for a network: three rows, some of them bright. */
const lightsDrawing = (() => {
  const rows = [
    [14, 32, 50],
    [8, 24, 40, 56],
    [20, 44],
  ].map((places, row) => places.map(x => [x, 12 + 20 * row] as const))
  const wires = rows.slice(1).flatMap((row, at) => row.flatMap(([x, y]) => rows[at]!.map(([u, v]) => `M${u} ${v}L${x} ${y}`)))
  const lamps = rows.flat().map(([x, y], at) => circle(x, y, 5.5, at % 3 === 1 ? gold : '#FFF3C4', `stroke="${QUIET}" stroke-width="1"`))
  return line(wires.join(''), ring, 1) + lamps.join('')
})()

const eyesDrawing = [18, 46]
  .map(
    x =>
      oval(x, 32, 13, 17, '#FFFFFF', `stroke="${dark}" stroke-width="2"`) +
      circle(x + 3, 35, 6.5, PALETTE[0]) +
      circle(x + 5, 33, 2, '#FFFFFF'),
  )
  .join('')

const drawings = {
  ...candyDrawings,
  'happy robot': robotDrawing('happy'),
  'puzzled robot': robotDrawing('puzzled'),
  'curious robot': robotDrawing('curious'),
  'plain robot': robotDrawing('plain'),
  'happy child': childDrawing(true),
  child: childDrawing(false),
  star: `<path d="${starShape}" fill="${gold}" stroke="#B98900" stroke-width="2.5" stroke-linejoin="round"/>`,
  'no star': circle(32, 32, 20, 'none', `stroke="${ring}" stroke-width="6"`),
  lights: lightsDrawing,
  eyes: eyesDrawing,
}

export type PictureName = keyof typeof drawings

/** A picture as SVG text, to stand in HTML. `size` in pixels. */
export function picture(name: PictureName, size: number): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="${size}" height="${size}" role="img" aria-label="${name}" ` +
    `style="vertical-align:middle">${drawings[name]}</svg>`
  )
}

/** The same as an address, for figures. */
export function pictureAddress(name: PictureName): string {
  return `data:image/svg+xml,${encodeURIComponent(picture(name, 128))}`
}
