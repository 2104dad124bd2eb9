/**
 * Reading an agent's options: defaults filled in, and whatever does not fit refused in words that a user can act on.
 *
 * zod does the work. It is loaded with the first agent, and what we use of it is described here: loading it, and its types in a notebook,
 * takes longer than everything else that a first cell imports.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UserError } from '../data/user-error'

/** What an option may be. */
export interface Field {
  /** The value of an option that is left out. */
  default(value: unknown): Field
  optional(): Field
}

interface NumberField extends Field {
  min(low: number, words: Words): NumberField
  max(high: number, words: Words): NumberField
  gt(low: number, words: Words): NumberField
}

interface Words {
  readonly error: string
}

interface Issue {
  readonly code: string
  readonly message: string
  readonly path: readonly PropertyKey[]
  readonly keys?: readonly string[]
}

interface Zod {
  number(words: Words): NumberField
  int(words: Words): NumberField
  boolean(words: Words): Field
  enum(values: readonly string[], words: Words): Field
  array(of: Field, words: Words): Field
  looseObject(fields: Readonly<Record<string, Field>>, words: Words): Field
  strictObject(fields: Readonly<Record<string, Field>>): {
    safeParse(given: unknown): { readonly data?: unknown; readonly error?: { readonly issues: readonly Issue[] } }
  }
}

let loaded: Zod | undefined

function zod(): Zod {
  const specifier = 'zod'
  loaded ??= (createRequire(typeof __filename === 'string' ? __filename : join(process.cwd(), 'package.json'))(specifier) as { z: Zod }).z
  return loaded
}

/** A number from `low` to `high`, both allowed. */
export function between(low: number, high: number): Field {
  const error = `a number from ${low} to ${high}`
  return zod().number({ error }).min(low, { error }).max(high, { error })
}

/** A number of at least `low`, which may be left out of what is allowed. */
export function atLeast(low: number, { excluded = false } = {}): Field {
  const error = excluded ? `a number above ${low}` : `a number of at least ${low}`
  const number = zod().number({ error })
  return excluded ? number.gt(low, { error }) : number.min(low, { error })
}

/** A whole number of at least `low`, and at most `high` where memory sets a limit. */
export function whole(low: number, high?: number): Field {
  const error = high === undefined ? `a whole number of at least ${low}` : `a whole number from ${low} to ${high}`
  const number = zod().int({ error }).min(low, { error })
  return high === undefined ? number : number.max(high, { error })
}

/** One of a few words. */
export function oneOf(words: readonly string[]): Field {
  return zod().enum(words, { error: `one of ${words.join(', ')}` })
}

export function flag(): Field {
  return zod().boolean({ error: 'true or false' })
}

/** A list of whole numbers, each from `low` to `high`. */
export function wholes(low: number, high: number): Field {
  return zod().array(whole(low, high), { error: `a list of whole numbers, each from ${low} to ${high}` })
}

/** The options of another agent, which that one checks. */
export function othersOptions(): Field {
  return zod().looseObject({}, { error: 'an object of options' })
}

/** Any finite number. */
export function seed(): Field {
  return zod().number({ error: 'a finite number' })
}

/**
 * The options with their defaults.
 *
 * @param agent    the agent's name in `makeAgent`
 * @param fieldsOf makes what may be set, each with a default
 * @throws UserError naming every option that is unknown or out of range, its value and what is allowed
 */
export function readOptions<Options>(
  agent: string,
  fieldsOf: () => Readonly<Record<keyof Options & string, Field>>,
  given: unknown,
): Options {
  const fields = fieldsOf()
  const { data, error } = zod()
    .strictObject(fields)
    .safeParse(given ?? {})
  if (!error) return data as Options
  const complaints = error.issues.map(issue => {
    if (issue.code === 'unrecognized_keys') {
      return `${agent} has no option ${issue.keys!.map(key => `'${key}'`).join(', ')}; its options are ${Object.keys(fields).join(', ')}`
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
