/**
 * The hits of many users, one after the other: everything is checked, and nothing is allocated for a user.
 *
 * Each item has a mark, which is the user's own: 2 · user + 1 once it is known to be relevant, 2 · user + 2 once it stood in the list.
 * So nothing has to be cleared between users, and a duplicate is an item that is already marked.
 */
import { checkWhole } from '../data/check'
import { Hits } from './hits'
import { checkColumn, checkRelevant, markRelevant, outside, type RelevantItems, twice } from './relevant-items'

/** The lists of many users, item ids from 0. */
export interface RankedLists {
  readonly users: number
  /** Places of a list, at least 1. */
  readonly width: number
  /** Best first, no item twice in a list, [users, width]; -1 marks empty places, all at the end of a list. */
  readonly items: Int32Array
}

export interface UserHitsOptions {
  /** How many of a user's greatest relevances are kept, at most. */
  readonly depth: number
  /** The greatest relevance allowed. */
  readonly greatest: number
  /** Items there are, ids 0 to catalogue - 1; without it whatever ids are found. */
  readonly catalogue?: number
}

/**
 * Calls `visit` with each user's hits, which are overwritten by the next user's.
 *
 * The marks take 4 bytes for each id up to the greatest, with gains 12; number the items from 0, without great gaps.
 *
 * @param lists  as `checkLists` lets them pass
 * @throws RangeError naming the user, the place (from 0), the value and what is allowed
 */
export function eachUserHits(
  lists: RankedLists,
  relevant: RelevantItems,
  { depth, greatest, catalogue }: UserHitsOptions,
  visit: (hits: Hits, user: number) => void,
): void {
  const most = checkRelevant(relevant, lists.users)
  const { users, width, items } = lists
  const { offsets, items: wanted, gains } = relevant
  const size =
    catalogue === undefined ? Math.max(greatestId(items), greatestId(wanted)) + 1 : checkWhole('catalogue', catalogue, 1, 2 ** 31)
  const marks = new Int32Array(size)
  const gainOf = gains && new Float64Array(size)
  const hits = new Hits(width, Math.min(depth, most))
  // Without gains every user's ideal is a row of ones.
  if (!gains) hits.ideal.fill(1)
  // Under tsx an imported name is read through getters.
  const mark = markRelevant
  for (let user = 0; user < users; user++) {
    const relevantMark = 2 * user + 1
    const shownMark = relevantMark + 1
    mark(relevant, user, marks, relevantMark, greatest)
    const from = offsets[user]!
    const to = offsets[user + 1]!
    hits.count = 0
    hits.relevant = gains ? 0 : to - from
    if (gains) {
      for (let at = from; at < to; at++) {
        gainOf![wanted[at]!] = gains[at]!
        hits.addRelevant(gains[at]!)
      }
    }
    const start = user * width
    for (let place = 0; place < width; place++) {
      const item = items[start + place]!
      if (item === -1) {
        checkEmpty(lists, user, place)
        break
      }
      if (item < 0 || item >= size) throw outside('lists', user, place, item, size)
      const before = marks[item]
      if (before === shownMark) throw twice('lists', user, place, item)
      marks[item] = shownMark
      if (before !== relevantMark) continue
      const gain = gainOf ? gainOf[item]! : 1
      if (gain > 0) hits.add(place, gain)
    }
    visit(hits, user)
  }
}

/** @throws RangeError when a number is out of range or the items are not as many as there must be */
export function checkLists({ users, width, items }: RankedLists): void {
  // The marks go up to 2 · users, in 32 bits.
  checkWhole('lists.users', users, 1, 2 ** 30 - 1)
  checkWhole('lists.width', width, 1, 2 ** 31 - 1)
  checkColumn('lists.items', items, 'Int32Array', users * width)
}

function checkEmpty({ width, items }: RankedLists, user: number, empty: number): void {
  for (let place = empty + 1; place < width; place++) {
    const item = items[user * width + place]
    if (item === -1) continue
    throw new RangeError(`lists: user ${user} has item ${item} at place ${place} after an empty one; empty places stand at the end`)
  }
}

function greatestId(items: Int32Array): number {
  let greatest = 0
  for (let at = 0; at < items.length; at++) if (items[at]! > greatest) greatest = items[at]!
  return greatest
}
