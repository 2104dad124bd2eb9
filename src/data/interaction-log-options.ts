/** The options of a generated interaction log, with their defaults and bounds. */
import { checkKeys, checkNumber, checkWhole, checkWord } from './check'
import type { LogSource } from './tables'

export const logPresets = ['corrected', 'published'] as const

export interface InteractionLogDataOptions {
  /** corrected (default): weights follow from a taste; published: the original's log, number for number. */
  readonly preset?: (typeof logPresets)[number]
  /** Any finite number; for `published` a whole number between 0 and 2^32 - 1; 42, the original's. */
  readonly seed?: number
  /** 1 to 100,000; 1,000. */
  readonly users?: number
  /** 1 to 100,000; 500. Users times items: at most 50,000,000. */
  readonly items?: number
  /** 0 to 10,000,000; 10,000. */
  readonly interactions?: number
  /**
   * Share of the users who sign up in the last weeks of the records, 0 to .5; .05, and always 0 in `published`. At most that share of the
   * rows is theirs, so in a log of few rows not all of them come.
   */
  readonly lateUsers?: number
}

/** @throws RangeError naming the option, its value and what is allowed */
export function logSource(options: InteractionLogDataOptions): LogSource {
  checkKeys('generateInteractionLog', options, ['preset', 'seed', 'users', 'items', 'interactions', 'lateUsers'])
  const preset = checkWord('preset', options.preset ?? 'corrected', logPresets)
  const published = preset === 'published'
  const { seed = 42, users = 1000, items = 500, interactions = 10_000, lateUsers = published ? 0 : 0.05 } = options
  if (published) checkWhole('seed', seed, 0, 2 ** 32 - 1)
  else checkNumber('seed', seed, -Number.MAX_VALUE, Number.MAX_VALUE)
  checkWhole('users', users, 1, 100_000)
  checkWhole('items', items, 1, 100_000)
  checkPairs(users, items)
  checkWhole('interactions', interactions, 0, 10_000_000)
  checkNumber('lateUsers', lateUsers, 0, published ? 0 : 0.5)
  return { preset, seed, users, items, interactions, lateUsers }
}

/** A number for every pair must fit into memory. */
export function checkPairs(users: number, items: number): void {
  if (users * items <= 50_000_000) return
  throw new RangeError(`users × items is ${users} × ${items}; it must be at most 50,000,000 pairs`)
}
