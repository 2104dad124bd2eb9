/** Reading an agent's options: defaults filled in, and whatever does not fit refused in words that a user can act on. */
import { z } from 'zod'
import { UserError } from '../data/user-error'

/** A number from `low` to `high`, both allowed. */
export function between(low: number, high: number) {
  const error = `a number from ${low} to ${high}`
  return z.number({ error }).min(low, { error }).max(high, { error })
}

/** A number of at least `low`, which may be left out of what is allowed. */
export function atLeast(low: number, { excluded = false } = {}) {
  const error = excluded ? `a number above ${low}` : `a number of at least ${low}`
  const number = z.number({ error })
  return excluded ? number.gt(low, { error }) : number.min(low, { error })
}

/** A whole number of at least `low`. */
export function whole(low: number) {
  const error = `a whole number of at least ${low}`
  return z.int({ error }).min(low, { error })
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `one of ${words.join(', ')}` })
}

export function flag() {
  return z.boolean({ error: 'true or false' })
}

/** A list of whole numbers, each of at least `low`. */
export function wholes(low: number) {
  return z.array(whole(low), { error: `a list of whole numbers, each at least ${low}` })
}

/** Any finite number. */
export function seed() {
  return z.number({ error: 'a finite number' })
}

/**
 * The options with their defaults.
 *
 * @param agent  the agent's name in `makeAgent`
 * @param fields what may be set, each with a default
 * @throws UserError naming every option that is unknown or out of range, its value and what is allowed
 */
export function readOptions<Options>(agent: string, fields: Readonly<Record<keyof Options & string, z.ZodType>>, given: unknown): Options {
  const result = z.strictObject(fields).safeParse(given ?? {})
  if (result.success) return result.data as Options
  const complaints = result.error.issues.map(issue => {
    if (issue.code === 'unrecognized_keys') {
      return `${agent} has no option ${issue.keys.map(key => `'${key}'`).join(', ')}; its options are ${Object.keys(fields).join(', ')}`
    }
    const value = issue.path.reduce<unknown>((from, key) => (from as Record<PropertyKey, unknown> | undefined)?.[key], given)
    if (issue.path.length === 0) return `the options of ${agent} are ${JSON.stringify(given)}; an object is needed`
    return `${agent}: ${issue.path.join('.')} is ${shown(value)}; it must be ${issue.message}`
  })
  throw new UserError(complaints.join('\n'))
}

function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}
