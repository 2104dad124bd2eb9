/**
 * Observation rows as networks want them: an id becomes a one among zeros, as many as there are ids; a plain number stays as it is.
 *
 * Where a shop shows the candidates of a slate, a row falls apart into the candidates and the rest (shopper, history, context), and each
 * can be had by itself: `rest` and `candidate` for networks that score one candidate at a time, `meanCandidate` for networks that look at
 * all of them at once without minding their order.
 *
 *   row [2.5 | 1, 7 | 0, 8], user [1] and candidates [2, 2] of categories [3, 0]:
 *   whole [2.5, 0 1 0, 7, 1 0 0, 8]   rest [2.5]   candidate 1 [1 0 0, 8]   meanCandidate [.5 .5 0, 7.5]
 *
 * Nothing is allocated after it is made. Every method writes from out[at] on, and throws a RangeError for an id that there is not.
 */
import type { Block, Spec } from '../envs/env'
import { slateCandidates } from './spaces'

export interface ObservationFeatures {
  /** Numbers that a whole row becomes. */
  readonly width: number
  /** Row number `row` of `observations` [rows, spec.width]. */
  whole(observations: Float32Array, row: number, out: Float32Array, at: number): void
}

export interface SlateFeatures extends ObservationFeatures {
  /** How many candidates there are, and how many of them are shown. */
  readonly candidates: number
  readonly size: number
  /** Numbers that the row without its candidates becomes; 0 where there is nothing else. */
  readonly restWidth: number
  /** Numbers that one candidate becomes. */
  readonly candidateWidth: number
  rest(observations: Float32Array, row: number, out: Float32Array, at: number): void
  candidate(observations: Float32Array, row: number, candidate: number, out: Float32Array, at: number): void
  /** [candidateWidth]: the mean of what all candidates become. */
  meanCandidate(observations: Float32Array, row: number, out: Float32Array, at: number): void
}

/** Some columns of a row: where they stand, how many ids each has (0: a plain number), and how many numbers they become. */
interface Columns {
  readonly at: Int32Array
  readonly ids: Int32Array
  readonly width: number
}

/** For every shop. */
export function observationFeatures(spec: Spec): ObservationFeatures {
  const all = columnsOf(categoriesOf(spec), () => true)
  return {
    width: all.width,
    whole: (observations, row, out, at) => write(all, observations, row * spec.width, out, at),
  }
}

/**
 * For shops whose slates are chosen from candidates that the row shows.
 *
 * @param agent its name, for the error
 * @throws UserError for other shops
 */
export function slateFeatures(agent: string, spec: Spec): SlateFeatures {
  const { candidates, size, offset, width } = slateCandidates(agent, spec)
  const categories = categoriesOf(spec)
  const end = offset + candidates * width
  const rest = columnsOf(categories, column => column < offset || column >= end)
  const one = columnsOf(categories, column => column >= offset && column < offset + width)
  const share = 1 / candidates
  return {
    ...observationFeatures(spec),
    candidates,
    size,
    restWidth: rest.width,
    candidateWidth: one.width,
    rest: (observations, row, out, at) => write(rest, observations, row * spec.width, out, at),
    candidate: (observations, row, candidate, out, at) => write(one, observations, row * spec.width + candidate * width, out, at),
    meanCandidate(observations, row, out, at) {
      for (let place = at; place < at + one.width; place++) out[place] = 0
      for (let candidate = 0; candidate < candidates; candidate++) {
        add(one, observations, row * spec.width + candidate * width, share, out, at)
      }
    },
  }
}

/** [width]: how many ids each column of a row has, 0 for a plain number. */
function categoriesOf({ layout, width }: Spec): Int32Array {
  const ids = new Int32Array(width)
  for (const { offset, shape, categories } of layout) if (categories) repeat(ids, offset, shape, categories)
  return ids
}

function repeat(ids: Int32Array, offset: number, shape: Block['shape'], categories: readonly number[]): void {
  const size = shape.reduce((product, length) => product * length, 1)
  for (let at = 0; at < size; at++) ids[offset + at] = categories[at % categories.length]!
}

function columnsOf(categories: Int32Array, wanted: (column: number) => boolean): Columns {
  const at = Int32Array.from([...categories.keys()].filter(wanted))
  const ids = at.map(column => categories[column]!)
  return { at, ids, width: ids.reduce((sum, count) => sum + Math.max(1, count), 0) }
}

function write(columns: Columns, observations: Float32Array, from: number, out: Float32Array, at: number): void {
  out.fill(0, at, at + columns.width)
  add(columns, observations, from, 1, out, at)
}

/** Adds the columns of a row that begins at `from`, times `share`. */
function add({ at: columns, ids }: Columns, observations: Float32Array, from: number, share: number, out: Float32Array, at: number): void {
  for (let column = 0; column < columns.length; column++) {
    const value = observations[from + columns[column]!]!
    const count = ids[column]!
    if (count === 0) {
      out[at++]! += share * value
      continue
    }
    if (!(value >= 0 && value < count && Number.isInteger(value))) throw noSuchId(columns[column]!, value, count)
    out[at + value]! += share
    at += count
  }
}

function noSuchId(column: number, value: number, count: number): RangeError {
  return new RangeError(`number ${column} of an observation is ${value}; it is an id, so it must be a whole number from 0 to ${count - 1}`)
}
