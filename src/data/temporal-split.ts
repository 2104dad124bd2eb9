/**
 * Train, validation and test parts of the interactions by time: what is learned from lies before what is tested on (no leakage).
 *
 * Interactions of one moment stay on one side, so a part may be larger than asked by those that share the border's timestamp.
 *
 * Cold start: some users (and items) of the test part are met nowhere before; `newcomers` names them. A log may have few of them. Where a
 * share is asked for and time alone does not give it, those of the test part whom the log met last lose the rows of the other parts.
 */
import { checkNumber } from './check'
import type { Interactions, ShopTables } from './tables'

export interface TemporalSplit {
  readonly train: Interactions
  readonly validation: Interactions
  readonly test: Interactions
}

export interface TemporalSplitOptions {
  /** Shares of the rows, 0 to 1, together at most 1; .2 and .1. */
  readonly test?: number
  readonly validation?: number
  /** The least share of the test part's users, and of its items, that no other part has met, 0 to 1; 0: as it comes, no row is lost. */
  readonly newUsers?: number
  readonly newItems?: number
}

/** @throws RangeError for shares out of range */
export function temporalSplit(
  { interactions }: Pick<ShopTables, 'interactions'>,
  { test = 0.2, validation = 0.1, newUsers = 0, newItems = 0 }: TemporalSplitOptions = {},
): TemporalSplit {
  checkNumber('test', test, 0, 1)
  // Rounded, since .9 and .1 are together more than 1 in binary.
  checkNumber('validation', validation, 0, Number((1 - test).toFixed(12)))
  checkNumber('newUsers', newUsers, 0, 1)
  checkNumber('newItems', newItems, 0, 1)
  const testFrom = border(interactions, Math.round(interactions.count * (1 - test)))
  const validationFrom = border(interactions, Math.min(testFrom, Math.max(0, Math.round(interactions.count * (1 - test - validation)))))
  const split = {
    train: rowsOf(interactions, 0, validationFrom),
    validation: rowsOf(interactions, validationFrom, testFrom),
    test: rowsOf(interactions, testFrom, interactions.count),
  }
  return withNew(withNew(split, 'user', newUsers), 'item', newItems)
}

/** Rows of users and items, ascending. */
export interface Newcomers {
  readonly users: Int32Array
  readonly items: Int32Array
}

/** The users and the items of the test part that neither train nor validation has met. */
export function newcomers({ train, validation, test }: TemporalSplit): Newcomers {
  const unmet = (column: 'user' | 'item') => {
    const met = new Set([...train[column], ...validation[column]])
    return Int32Array.from(new Set(test[column].filter(row => !met.has(row)))).sort()
  }
  return { users: unmet('user'), items: unmet('item') }
}

/** The split with at least this share of new users, or items, in the test part. */
function withNew(split: TemporalSplit, column: 'user' | 'item', share: number): TemporalSplit {
  const { train, validation, test } = split
  const tested = new Set(test[column])
  // In the order in which they were met.
  const known = Array.from(new Set([...train[column], ...validation[column]])).filter(row => tested.has(row))
  // Rounded, since a share of a count may come out a hair above a whole number.
  const lacking = Math.ceil(Number((share * tested.size).toFixed(9))) - (tested.size - known.length)
  if (lacking <= 0) return split
  const hidden = new Set(known.slice(-lacking))
  const without = (part: Interactions) => rowsWhere(part, row => !hidden.has(part[column][row]!))
  return { train: without(train), validation: without(validation), test }
}

/**
 * What each shopper wanted: the items with a weight above 0, for ranking metrics.
 *
 * @param users how many shoppers there are
 * @returns a set of item rows for each shopper; empty where nothing was wanted
 */
export function relevantItems(interactions: Interactions, users: number): Set<number>[] {
  const sets = Array.from({ length: users }, () => new Set<number>())
  for (let row = 0; row < interactions.count; row++)
    if (interactions.weight[row]! > 0) sets[interactions.user[row]!]!.add(interactions.item[row]!)
  return sets
}

/** The first row at or before `row` of the same moment as it. */
function border({ timestamp, count }: Interactions, row: number): number {
  while (row > 0 && row < count && timestamp[row - 1] === timestamp[row]) row--
  return row
}

function rowsOf(all: Interactions, from: number, to: number): Interactions {
  return {
    count: to - from,
    user: all.user.slice(from, to),
    item: all.item.slice(from, to),
    timestamp: all.timestamp.slice(from, to),
    weight: all.weight.slice(from, to),
    event: all.event.slice(from, to),
  }
}

function rowsWhere(all: Interactions, keep: (row: number) => boolean): Interactions {
  const isKept = (_: number, row: number) => keep(row)
  const user = all.user.filter(isKept)
  return {
    count: user.length,
    user,
    item: all.item.filter(isKept),
    timestamp: all.timestamp.filter(isKept),
    weight: all.weight.filter(isKept),
    event: all.event.filter(isKept),
  }
}
