/** Checks of arguments and options: each error says the name, the value and what is allowed. */
import { didYouMean } from './nearest-word'

/** A finite number between two bounds, both allowed. */
export function checkNumber(name: string, value: unknown, low: number, high: number): number {
  if (typeof value !== 'number' || !(value >= low && value <= high)) {
    const any = low === -Number.MAX_VALUE && high === Number.MAX_VALUE
    throw new RangeError(`${name} is ${shown(value)}; it must be ${any ? 'a finite number' : `a number ${bounds(low, high)}`}`)
  }
  return value
}

/** A whole number between two bounds, both allowed. */
export function checkWhole(name: string, value: unknown, low: number, high: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || !(value >= low && value <= high)) {
    throw new RangeError(`${name} is ${shown(value)}; it must be a whole number ${bounds(low, high)}`)
  }
  return value
}

export function checkFlag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new RangeError(`${name} is ${shown(value)}; it must be true or false`)
  return value
}

/** One of a few words. */
export function checkWord<Word extends string>(name: string, value: unknown, allowed: readonly Word[]): Word {
  if (!allowed.includes(value as Word)) throw new RangeError(`${name} is ${shown(value)}; it must be one of ${allowed.join(', ')}`)
  return value as Word
}

/** No option but those named. */
export function checkKeys(owner: string, options: object, allowed: readonly string[]): void {
  if (options === null || typeof options !== 'object') {
    throw new RangeError(`the options of ${owner} are ${shown(options)}; give an object, such as { ${allowed[0] ?? ''} }`)
  }
  for (const key of Object.keys(options)) {
    if (allowed.includes(key)) continue
    const known = allowed.length === 0 ? 'it has none' : `its options are ${allowed.join(', ')}${didYouMean(key, allowed)}`
    throw new RangeError(`${owner} has no option ${JSON.stringify(key)}; ${known}`)
  }
}

function bounds(low: number, high: number): string {
  const open = high === Infinity || high === Number.MAX_VALUE
  // The least number above 0 is how 0 itself is left out.
  if (low === Number.MIN_VALUE) return open ? 'above 0' : `above 0 and at most ${high}`
  if (open) return `of at least ${low}`
  return `between ${low} and ${high}`
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value !== null && typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object'
  return String(value)
}
