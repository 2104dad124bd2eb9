/**
 * Reading an agent's options: defaults filled in, and whatever does not fit refused in words that a user can act on.
 *
 * zod does the work. It is loaded with the first agent, and what we use of it is described here: loading it, and its types in a notebook,
 * takes longer than everything else that a first cell imports.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { didYouMean } from '../data/nearest-word'
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
  string(words: Words): TextField
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

interface TextField extends Field {
  min(low: number, words: Words): Field
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

/** Letters, at least one. */
export function text(what = 'a text'): Field {
  return zod().string({ error: what }).min(1, { error: what })
}

/** Any finite number. */
export function seed(): Field {
  return zod().number({ error: 'a finite number' })
}

/** What is wrong with one of the values given. */
export interface Complaint {
  /** The keys, and places in lists, that lead to it; [] for all that was given. */
  readonly path: readonly PropertyKey[]
  /** What is allowed; undefined where the key itself is not known. */
  readonly allowed?: string
}

/**
 * What is given, with defaults filled in, or everything that is wrong with it.
 *
 * @param fields what may be given; what has a default or is optional may be left out
 */
export function readFields<Values>(
  fields: Readonly<Record<string, Field>>,
  given: unknown,
): { readonly values: Values; readonly complaints: readonly Complaint[] } {
  const { data, error } = zod().strictObject(fields).safeParse(given)
  const complaints = (error?.issues ?? []).flatMap(({ code, message, path, keys }): Complaint[] => {
    // The unknown keys of one place come together.
    if (code === 'unrecognized_keys') return keys!.map(key => ({ path: [...path, key] }))
    return [{ path, allowed: path.length === 0 ? `an object with ${Object.keys(fields).join(', ')}` : message }]
  })
  return { values: data as Values, complaints }
}

/** An option as a list of them shows it. */
export interface FieldFacts {
  /** undefined where there is none. */
  readonly default: unknown
  /** In words: 'a number from 0 to 1'. */
  readonly allowed: string
}

/** What may be set, with defaults and what is allowed, as the fields themselves say it. */
export function describeFields(fieldsOf: () => Readonly<Record<string, Field>>): Readonly<Record<string, FieldFacts>> {
  // No field takes a symbol, so each says what it would take.
  const nothing = Symbol('no value of any option')
  return Object.fromEntries(
    Object.entries(fieldsOf()).map(([name, field]) => {
      const { values } = readFields<Readonly<Record<string, unknown>>>({ [name]: field }, {})
      const { complaints } = readFields({ [name]: field }, { [name]: nothing })
      return [name, { default: values?.[name], allowed: complaints[0]?.allowed ?? 'anything' }]
    }),
  )
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
  const { values, complaints } = readFields<Options>(fields, given ?? {})
  if (complaints.length === 0) return values
  const names = Object.keys(fields)
  const isUnknown = ({ allowed }: Complaint) => allowed === undefined
  const lines = complaints.flatMap(complaint => {
    const { path, allowed } = complaint
    if (path.length === 0) return `the options of ${agent} are ${JSON.stringify(given)}; an object is needed`
    return isUnknown(complaint) ? [] : `${agent}: ${path.join('.')} is ${shown(valueAt(given, path))}; it must be ${allowed}`
  })
  const unknown = complaints.filter(isUnknown).map(({ path }) => String(path.at(-1)))
  if (unknown.length > 0) {
    const said = unknown.map(key => `'${key}'`).join(', ')
    lines.push(`${agent} has no option ${said}; its options are ${names.join(', ')}${didYouMean(unknown, names)}`)
  }
  throw new UserError(lines.join('\n'))
}

/**
 * That one option is at most another one.
 *
 * @throws UserError when it is more
 */
export function checkAtMost<Name extends string>(agent: string, options: Readonly<Record<Name, number>>, name: Name, limit: Name): void {
  if (options[name] <= options[limit]) return
  throw new UserError(`${agent}: ${name} is ${options[name]}; it must be at most ${limit}, ${options[limit]}`)
}

/** What stands at a path of something given. */
export function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((from, key) => (from as Record<PropertyKey, unknown> | null | undefined)?.[key], given)
}

/** A value as errors show it. */
export function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
}
