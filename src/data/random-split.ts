/**
 * The split that one should not make of a log: rows dealt to train, validation and test at random, so that what is learned from lies before and
 * after what is tested on. It is here to be compared with `temporalSplit`; it flatters whatever the future would have told.
 */
import { permutation } from '../random/draws'
import { stream } from '../random/generator'
import { checkKeys, checkNumber } from './check'
import type { Interactions, ShopTables } from './tables'
import type { TemporalSplit } from './temporal-split'

export interface RandomSplitOptions {
  /** Shares of the rows, 0 to 1, together at most 1; .2 and .1. */
  readonly test?: number
  readonly validation?: number
  readonly seed?: number
}

/**
 * Parts as `temporalSplit` gives them, each in the order of time; the same seed deals the same.
 *
 * @throws RangeError for shares out of range
 */
export function randomSplit({ interactions }: Pick<ShopTables, 'interactions'>, options: RandomSplitOptions = {}): TemporalSplit {
  checkKeys('randomSplit', options, ['test', 'validation', 'seed'])
  const { test = 0.2, validation = 0.1, seed = 0 } = options
  checkNumber('test', test, 0, 1)
  // Rounded, since .9 and .1 are together more than 1 in binary.
  checkNumber('validation', validation, 0, Number((1 - test).toFixed(12)))
  const dealt = permutation(stream(seed, 'random split'), interactions.count)
  const tests = Math.round(interactions.count * test)
  const validations = Math.min(interactions.count - tests, Math.round(interactions.count * validation))
  return {
    test: rowsOf(interactions, dealt.slice(0, tests)),
    validation: rowsOf(interactions, dealt.slice(tests, tests + validations)),
    train: rowsOf(interactions, dealt.slice(tests + validations)),
  }
}

/** Rows by number, back in the order of time. */
function rowsOf(all: Interactions, rows: Int32Array): Interactions {
  rows.sort()
  return {
    count: rows.length,
    user: Int32Array.from(rows, row => all.user[row]!),
    item: Int32Array.from(rows, row => all.item[row]!),
    timestamp: Float64Array.from(rows, row => all.timestamp[row]!),
    weight: Float64Array.from(rows, row => all.weight[row]!),
    event: all.event.length === 0 ? all.event : Uint8Array.from(rows, row => all.event[row]!),
  }
}
