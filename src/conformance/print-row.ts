/** A row of conformance in words, as tables and the failures of tests show it. */
import type { ConformanceRow } from './published-figure'

export interface PrintedRow {
  readonly figure: string
  readonly published: string
  /** With its standard error, where it has one. */
  readonly ours: string
  readonly difference: string
  readonly allowed: string
  readonly verdict: 'agrees' | 'differs' | 'shown, not tested'
}

export function printRow({ what, note, published, ours, error, difference, allowed, agrees }: ConformanceRow): PrintedRow {
  const digits = Math.max(...published.map(decimals))
  // Two digits of the error where there is one, and two more than published where ours is another.
  const own = error > 0 ? Math.max(0, 1 - Math.floor(Math.log10(error))) : agrees ? digits : digits + 2
  const spread = error > 0 ? ` ± ${short(error, own)}` : ''
  return {
    figure: note ? `${what} (${note})` : what,
    published: published.map(number => short(number, digits)).join(' '),
    ours: ours.map(number => short(number, own)).join(' ') + spread,
    difference: twoDigits(difference),
    allowed: allowed === undefined ? '' : twoDigits(allowed),
    verdict: agrees === undefined ? 'shown, not tested' : agrees ? 'agrees' : 'differs',
  }
}

/** Digits after the point of a number as it is written. */
function decimals(number: number): number {
  const [digits, exponent = '0'] = String(number).split('e') as [string, string?]
  return Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent))
}

function short(number: number, digits: number): string {
  return String(Number(number.toFixed(Math.min(digits, 20))))
}

function twoDigits(number: number): string {
  return String(Number(number.toPrecision(2)))
}
