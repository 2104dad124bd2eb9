/** The relevant items of many users on typed arrays, and the checks of them. */

/** One user's items after the other's, item ids from 0. */
export interface RelevantItems {
  /** Where each user's items begin, and where the last user's end, [users + 1]. */
  readonly offsets: Int32Array
  /** In any order, no item twice for a user. */
  readonly items: Int32Array
  /** The relevance of each item, 0 or more, [items]; without it each item's is 1. An item of relevance 0 is irrelevant. */
  readonly gains?: Float64Array
}

/**
 * @returns the most items that a user has
 * @throws RangeError when the columns are of another type or length, or the offsets fall
 */
export function checkRelevant({ offsets, items, gains }: RelevantItems, users: number): number {
  checkColumn('relevant.offsets', offsets, 'Int32Array', users + 1)
  if (offsets[0] !== 0) throw new RangeError(`relevant.offsets begins with ${offsets[0]}; the first user's items begin at 0`)
  let most = 0
  for (let user = 0; user < users; user++) {
    const count = offsets[user + 1]! - offsets[user]!
    if (count < 0) throw new RangeError(`relevant.offsets falls to ${offsets[user + 1]} after user ${user}; it never falls`)
    if (count > most) most = count
  }
  checkColumn('relevant.items', items, 'Int32Array', offsets[users]!)
  if (gains) checkColumn('relevant.gains', gains, 'Float64Array', items.length)
  return most
}

/**
 * Writes `mark` at each item of a user, whatever its relevance.
 *
 * @param marks     of each item, [items]; none may be `mark` yet
 * @param greatest  the greatest relevance allowed
 * @throws RangeError when an id lies outside the marks, an item stands twice or a relevance lies outside 0 to `greatest`
 */
export function markRelevant(
  { offsets, items, gains }: RelevantItems,
  user: number,
  marks: Int32Array,
  mark: number,
  greatest: number,
): void {
  const [from, to, size] = [offsets[user]!, offsets[user + 1]!, marks.length]
  for (let at = from; at < to; at++) {
    const item = items[at]!
    if (item < 0 || item >= size) throw outside('relevant', user, at - from, item, size)
    if (marks[item] === mark) throw twice('relevant', user, at - from, item)
    marks[item] = mark
    if (gains && !(gains[at]! >= 0 && gains[at]! <= greatest)) {
      throw new RangeError(`relevant: item ${item} of user ${user} has gain ${gains[at]}; it must be between 0 and ${greatest}`)
    }
  }
}

/** @throws RangeError when a column is of another type or length */
export function checkColumn(name: string, column: ArrayLike<number>, type: string, length: number): void {
  // Not by instanceof: a notebook's arrays are of classes of its own.
  if (Object.prototype.toString.call(column) !== `[object ${type}]`) {
    throw new RangeError(`${name} is of another type; it must be of type ${type}`)
  }
  if (column.length !== length) throw new RangeError(`${name} has ${column.length} numbers; there must be ${length}`)
}

export function outside(name: string, user: number, place: number, item: number, size: number): RangeError {
  const empty = name === 'lists' ? ', -1 marks an empty place' : ''
  return new RangeError(`${name}: user ${user} has item ${item} at place ${place}; ids are 0 to ${size - 1}${empty}`)
}

export function twice(name: string, user: number, place: number, item: number): RangeError {
  return new RangeError(`${name}: user ${user} has item ${item} twice, again at place ${place}; remove the duplicate`)
}
