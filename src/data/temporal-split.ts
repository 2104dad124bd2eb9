/**
 * Train, validation and test parts of the interactions by time: what is learned from lies before what is tested on (no leakage).
 *
 * Interactions of one moment stay on one side, so a part may be larger than asked by those that share the border's timestamp.
 */
import { checkNumber } from './check'
import type { Interactions, ShopTables } from './tables'

export interface TemporalSplit {
  readonly train: Interactions
  readonly validation: Interactions
  readonly test: Interactions
}

/**
 * @param shares shares of the rows, 0 to 1, together at most 1; a fifth for the test, a tenth for validation
 * @throws RangeError for shares out of range
 */
export function temporalSplit(
  { interactions }: Pick<ShopTables, 'interactions'>,
  { test = 0.2, validation = 0.1 }: { readonly test?: number; readonly validation?: number } = {},
): TemporalSplit {
  checkNumber('test', test, 0, 1)
  // Rounded, since .9 and .1 are together more than 1 in binary.
  checkNumber('validation', validation, 0, Number((1 - test).toFixed(12)))
  const testFrom = border(interactions, Math.round(interactions.count * (1 - test)))
  const validationFrom = border(interactions, Math.min(testFrom, Math.max(0, Math.round(interactions.count * (1 - test - validation)))))
  return {
    train: rowsOf(interactions, 0, validationFrom),
    validation: rowsOf(interactions, validationFrom, testFrom),
    test: rowsOf(interactions, testFrom, interactions.count),
  }
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
