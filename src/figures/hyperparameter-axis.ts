/** A hyperparameter as an axis: its values as numbers, the range they lie in, and ticks that people can read. */
import type { Choice, Dimension, SearchSpace } from '../sweep/search-space'
import type { TrialRecord } from '../sweep/trial-record'
import { choiceText } from './study-trials'

const GOLDEN = 0.618033988749895

export interface Tick {
  readonly value: number
  readonly text: string
}

export interface HyperparameterAxis {
  readonly name: string
  /** The name, and whether the axis is logarithmic. */
  readonly title: string
  readonly logarithmic: boolean
  /** Choices have no order: they lie at 0, 1, 2, … */
  readonly categorical: boolean
  readonly low: number
  readonly high: number
  readonly ticks: readonly Tick[]
  /** The number at which a trial lies on this axis; undefined where its configuration lacks the hyperparameter. */
  placeOf(trial: TrialRecord): number | undefined
}

/**
 * One axis for each hyperparameter asked for, all of the space unless told. Values outside the space, as of a trial that was enqueued
 * by hand, widen the axis.
 *
 * @throws RangeError when the space is empty, lacks a name, or a trial's value does not fit its dimension
 */
export function hyperparameterAxes(
  space: SearchSpace,
  trials: readonly TrialRecord[],
  names: readonly string[] = Object.keys(space),
): HyperparameterAxis[] {
  if (names.length === 0) throw new RangeError('the search space is empty; it needs at least one hyperparameter to draw')
  return names.map(name => {
    const dimension = space[name]
    if (!dimension) throw new RangeError(`the search space has no '${name}'; it has ${Object.keys(space).join(', ') || 'none at all'}`)
    return dimension.kind === 'categorical' ? categories(name, dimension.choices, trials) : numbers(name, dimension, trials)
  })
}

/**
 * How far to move a trial off the place of its choice, from -0.5 to 0.5: marks of one choice would hide each other. Multiples of the
 * golden ratio spread evenly, and the same way every time.
 */
export function strewn(number: number): number {
  return Number((((number * GOLDEN) % 1) - 0.5).toFixed(3))
}

/** Where a value lies on its axis, from 0 (low end) to 1 (high end); in the middle if the axis is a point. */
export function share({ low, high, logarithmic }: Pick<HyperparameterAxis, 'low' | 'high' | 'logarithmic'>, value: number): number {
  if (!(high > low)) return 0.5
  return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
}

/** Round numbers from low to high, both allowed, about `count` of them. */
export function roundTicks(low: number, high: number, count = 5): Tick[] {
  if (!(high > low)) return [tick(low)]
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const width = power * [1, 2, 5, 10].find(step => step * power >= rough * 0.999)!
  const ticks: Tick[] = []
  for (let at = Math.ceil(low / width - 1e-9); at <= high / width + 1e-9; at++) ticks.push(tick(at * width))
  return ticks
}

function categories(name: string, choices: readonly Choice[], trials: readonly TrialRecord[]): HyperparameterAxis {
  const met = trials.map(({ configuration }) => configuration[name]).filter((choice): choice is Choice => choice !== undefined)
  const all = new Map([...choices, ...met].map(choice => [JSON.stringify(choice), choice]))
  const ordered = [...all.values()]
  // Numbers are read more easily when they rise, whatever order they were listed in.
  if (ordered.every(choice => typeof choice === 'number')) ordered.sort((a, b) => Number(a) - Number(b))
  const places = new Map(ordered.map((choice, place) => [JSON.stringify(choice), place]))
  return {
    name,
    title: name,
    logarithmic: false,
    categorical: true,
    low: 0,
    high: ordered.length - 1,
    ticks: ordered.map((choice, value) => ({ value, text: choiceText(choice) })),
    placeOf: ({ configuration }) => places.get(JSON.stringify(configuration[name])),
  }
}

function numbers(name: string, dimension: Exclude<Dimension, { kind: 'categorical' }>, trials: readonly TrialRecord[]): HyperparameterAxis {
  const logarithmic = dimension.log === true
  const placeOf = ({ configuration, number }: TrialRecord) => {
    const choice = configuration[name]
    if (choice === undefined) return undefined
    if (typeof choice === 'number' && Number.isFinite(choice) && !(logarithmic && choice <= 0)) return choice
    const wanted = `a finite number${logarithmic ? ' above 0, as its axis is logarithmic' : ''}`
    throw new RangeError(`${name} of trial ${number} is ${JSON.stringify(choice)}; the search space wants ${wanted}`)
  }
  if (logarithmic && !(dimension.low > 0)) {
    throw new RangeError(`${name} is logarithmic from ${dimension.low}; its low end must lie above 0`)
  }
  const met = trials.map(placeOf).filter((value): value is number => value !== undefined)
  const low = Math.min(dimension.low, ...met)
  const high = Math.max(dimension.high, ...met)
  const ticks = logarithmic ? logarithmicTicks(low, high) : roundTicks(low, high)
  const whole = dimension.kind === 'int' ? ticks.filter(({ value }) => Number.isInteger(value)) : ticks
  return { name, title: logarithmic ? `${name} (log)` : name, logarithmic, categorical: false, low, high, ticks: whole, placeOf }
}

/** Powers of ten; where there are fewer than two of them powers of two, or 1, 2 and 5 times a power of ten. */
export function logarithmicTicks(low: number, high: number): Tick[] {
  const within = (value: number) => value >= low * 0.999999 && value <= high * 1.000001
  const first = Math.floor(Math.log10(low))
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, at) => first + at)
  const decades = powers.map(power => 10 ** power).filter(within)
  if (decades.length > 2) return decades.filter((_, at) => at % Math.ceil(decades.length / 6) === 0).map(tick)
  if (Number.isInteger(Math.log2(low)) && high / low <= 64) {
    return Array.from({ length: 7 }, (_, at) => low * 2 ** at)
      .filter(within)
      .map(tick)
  }
  const series = powers.flatMap(power => [1, 2, 5].map(step => step * 10 ** power)).filter(within)
  return series.length > 1 ? series.map(tick) : [low, high].map(tick)
}

function tick(value: number): Tick {
  const clean = Number(value.toPrecision(6))
  return { value: clean, text: clean !== 0 && Math.abs(clean) < 1e-4 ? clean.toExponential() : String(clean) }
}

/** A label broken into lines of about `room` letters: at blanks and commas, and before the capitals of a joinedName. */
export function wrapLabel(text: string, room: number): string {
  const lines: string[] = []
  for (const part of text.split(/(?<=[\s,])|(?<=[a-z\d])(?=[A-Z])/)) {
    const last = lines[lines.length - 1]
    if (last !== undefined && (last + part).trim().length <= room) lines[lines.length - 1] = last + part
    else lines.push(part)
  }
  return lines.map(line => line.trim()).join('<br>')
}
