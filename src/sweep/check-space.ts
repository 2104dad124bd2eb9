/** Whether a search space, and a configuration of it, is as it must be; whoever wrote a sweep file reads these messages. */
import { UserError } from '../data/user-error'
import type { Choice, Configuration, Dimension, SearchSpace } from './search-space'
import { choiceIndex, fits, slack } from './unit-interval'

const keys: Readonly<Record<Dimension['kind'], readonly string[]>> = {
  float: ['kind', 'low', 'high', 'log', 'step'],
  int: ['kind', 'low', 'high', 'log', 'step'],
  categorical: ['kind', 'choices'],
}

/** @throws UserError naming the hyperparameter, its value and what is allowed */
export function checkSpace(space: SearchSpace): void {
  if (!isObject(space)) throw new UserError(`the search space is ${show(space)}; it must have a dimension for each hyperparameter`)
  if (Object.keys(space).length === 0) throw new UserError('the search space is empty; it needs at least one hyperparameter')
  for (const [name, dimension] of Object.entries(space)) checkDimension(name, dimension)
}

/** @throws UserError naming the hyperparameter, its value and what is allowed */
export function checkDimension(name: string, dimension: Dimension): void {
  if (!isObject(dimension) || !Object.hasOwn(keys, dimension.kind)) {
    const kind = isObject(dimension) ? `kind ${show(dimension.kind)}` : show(dimension)
    throw new UserError(`${name} has ${kind}; a dimension's kind is 'float', 'int' or 'categorical'`)
  }
  for (const key of Object.keys(dimension)) {
    if (!keys[dimension.kind].includes(key)) {
      throw new UserError(`${name} has '${key}'; a ${dimension.kind} dimension has ${keys[dimension.kind].join(', ')}`)
    }
  }
  if (dimension.kind === 'categorical') checkChoices(name, dimension.choices)
  else checkRange(name, dimension)
}

/**
 * @param whole  whether every name of the space must have a value
 * @throws UserError naming the hyperparameter, its value and what is allowed
 */
export function checkConfiguration(space: SearchSpace, configuration: Configuration, whole: boolean): void {
  if (!isObject(configuration))
    throw new UserError(`the configuration is ${show(configuration)}; it must have a value for each hyperparameter`)
  for (const [name, value] of Object.entries(configuration)) {
    if (!Object.hasOwn(space, name)) {
      throw new UserError(`the configuration has '${name}', which is not in the search space; it has ${Object.keys(space).join(', ')}`)
    }
    checkValue(name, space[name]!, value)
  }
  if (!whole) return
  const missing = Object.keys(space).filter(name => !Object.hasOwn(configuration, name))
  if (missing.length > 0) throw new UserError(`the configuration lacks ${missing.join(', ')}; it needs a value for each hyperparameter`)
}

/** @throws UserError when the dimension does not have the value */
export function checkValue(name: string, dimension: Dimension, value: Choice): void {
  if (!fits(dimension, value)) throw new UserError(`${name} is ${show(value)}; it must be ${describeDimension(dimension)}`)
}

/** 'a whole number from 2 to 8 in steps of 2' */
export function describeDimension(dimension: Dimension): string {
  if (dimension.kind === 'categorical') return `one of ${dimension.choices.map(show).join(', ')}`
  const { kind, low, high, step, log } = dimension
  const steps = step === undefined ? '' : ` in steps of ${step}`
  return `a ${kind === 'int' ? 'whole ' : ''}number from ${low} to ${high}${steps}${log ? ' (logarithmic)' : ''}`
}

/** @throws UserError for an option that is not among those allowed */
export function checkOptions(what: string, options: object, allowed: readonly string[]): void {
  const unknown = Object.keys(options).find(option => !allowed.includes(option))
  if (unknown === undefined) return
  throw new UserError(`the ${what} has no option '${unknown}'; it has ${allowed.length > 0 ? allowed.join(', ') : 'none'}`)
}

/** Whether two dimensions have the same values, alike spread; `log: false` is as good as none. */
export function sameDimension(a: Dimension, b: Dimension): boolean {
  if (a.kind === 'categorical' || b.kind === 'categorical') {
    return a.kind === 'categorical' && b.kind === 'categorical' && JSON.stringify(a.choices) === JSON.stringify(b.choices)
  }
  const stepOf = ({ kind, step = kind === 'int' ? 1 : 0 }: typeof a) => step
  return a.kind === b.kind && a.low === b.low && a.high === b.high && !a.log === !b.log && stepOf(a) === stepOf(b)
}

function checkRange(name: string, dimension: Exclude<Dimension, { kind: 'categorical' }>): void {
  const { kind, low, high, log, step } = dimension
  const isNumber = kind === 'int' ? Number.isSafeInteger : Number.isFinite
  const needed = kind === 'int' ? 'a whole number' : 'a finite number'
  for (const [key, value] of Object.entries({ low, high })) {
    if (!isNumber(value)) throw new UserError(`${name} has ${key} ${show(value)}; it must be ${needed}`)
  }
  if (!(low < high)) {
    throw new UserError(`${name} has low ${low} and high ${high}; low must be below high (leave out what has one value only)`)
  }
  if (!Number.isFinite(high - low)) throw new UserError(`${name} has low ${low} and high ${high}; their distance must be a finite number`)
  if (log !== undefined && typeof log !== 'boolean') throw new UserError(`${name} has log ${show(log)}; it must be true or false`)
  if (log && low <= 0) throw new UserError(`${name} has low ${low} and log; a logarithmic range must begin above 0`)
  if (step === undefined) return
  if (!(isNumber(step) && step > 0 && step <= (high - low) * (1 + slack))) {
    throw new UserError(`${name} has step ${show(step)}; it must be ${needed} above 0, at most high - low = ${high - low}`)
  }
  if (log) throw new UserError(`${name} has log and step; it can have one of them (even steps are not even in logarithms)`)
}

function checkChoices(name: string, choices: readonly Choice[]): void {
  if (!Array.isArray(choices) || choices.length === 0)
    throw new UserError(`${name} has choices ${show(choices)}; there must be at least one`)
  choices.forEach((choice, at) => {
    if (!isChoice(choice)) {
      throw new UserError(`${name} has the choice ${show(choice)}; a choice is a finite number, a word, true, false, or a list of them`)
    }
    if (choiceIndex(choices, choice) !== at) throw new UserError(`${name} has the choice ${show(choice)} twice; each may be there once`)
  })
}

function isChoice(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(part => !Array.isArray(part) && isChoice(part))
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as it reads in a message; NaN, which JSON does not know, as well. */
function show(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
}
