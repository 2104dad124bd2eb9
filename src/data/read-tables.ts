/** A shop's tables from users.csv, items.csv and interactions.csv; a file with anything wrong in it is refused whole. */

import { join } from 'node:path'
import { readSheet, type Sheet } from './csv'
import { inOrderOfTime } from './in-order-of-time'
import { interactionEvents, type ShopTables } from './tables'
import { UserError } from './user-error'

/** The columns of each file, besides the embedding's e0, e1, … */
export const tableColumns = {
  users: ['user_id', 'age', 'gender', 'location', 'signup_date'],
  items: ['item_id', 'title', 'category', 'price', 'rating'],
  interactions: ['user_id', 'item_id', 'timestamp', 'weight', 'event'],
} as const

/** What the files must have; what is not asked for is read where it stands. */
export interface TablesNeeded {
  /** Columns e0, e1, … in users.csv and items.csv; true. */
  readonly embeddings?: boolean
  /** The column event in interactions.csv; true. */
  readonly events?: boolean
}

/**
 * @param folder holds the three files; formats as `writeTables` writes them, interactions in any order
 * @param needed left out, the candy store's: everything
 * @throws UserError naming file, line, column, value and what is allowed
 */
export function readTables(folder: string, { embeddings = true, events = true }: TablesNeeded = {}): ShopTables {
  const file = (name: keyof typeof tableColumns) => join(folder, `${name}.csv`)
  const firstOfEmbedding = embeddings ? ['e0'] : []
  const users = readSheet(file('users'), [...tableColumns.users, ...firstOfEmbedding])
  const items = readSheet(file('items'), [...tableColumns.items, ...firstOfEmbedding])
  const log = readSheet(file('interactions'), logColumns(events))
  if (users.rows === 0) throw new UserError(`${file('users')} has a header and no users; there must be at least one`)
  if (items.rows === 0) throw new UserError(`${file('items')} has a header and no items; there must be at least one`)
  const width = embeddingColumns(users)
  if (embeddingColumns(items) !== width) {
    throw new UserError(
      `${file('items')} has embeddings of ${embeddingColumns(items)} numbers and ${file('users')} of ${width}; they must be equally long`,
    )
  }

  const userIds = users.ids('user_id')
  const itemIds = items.ids('item_id')
  const rowOf = (ids: readonly string[]) => new Map(ids.map((id, row) => [id, row]))
  const user = log.codes('user_id', rowOf(userIds), `a user_id of ${file('users')}`)
  const item = log.codes('item_id', rowOf(itemIds), `an item_id of ${file('items')}`)
  const codes = new Map(interactionEvents.map((name, code) => [name, code]))
  const event = log.has('event') ? log.codes('event', codes, `one of ${interactionEvents.join(', ')}`) : undefined
  const timestamp = log.wholes('timestamp', 0, 1e11)
  const weight = log.numbers('weight', 0, 1)

  return {
    users: {
      count: users.rows,
      ids: userIds,
      age: Uint8Array.from(users.wholes('age', 0, 150)),
      gender: users.texts('gender'),
      location: users.texts('location'),
      signupDate: users.wholes('signup_date', 0, 1e11),
      embeddings: embeddingsOf(users, width),
    },
    items: {
      count: items.rows,
      ids: itemIds,
      titles: items.texts('title'),
      categories: items.texts('category'),
      price: items.numbers('price', 0, 1e9),
      rating: items.numbers('rating', 1, 5),
      embeddings: embeddingsOf(items, width),
    },
    interactions: inOrderOfTime({ user, item, timestamp, weight, event: event ? Uint8Array.from(event) : new Uint8Array(0) }),
    width,
    source: { folder },
  }
}

/** The columns of interactions.csv, with the event or without. */
export function logColumns(events: boolean): readonly string[] {
  return events ? tableColumns.interactions : tableColumns.interactions.filter(name => name !== 'event')
}

/** How many of e0, e1, … follow each other without a gap. */
function embeddingColumns(sheet: Sheet): number {
  let width = 0
  while (sheet.has(`e${width}`)) width++
  return width
}

function embeddingsOf(sheet: Sheet, width: number): Float64Array {
  const embeddings = new Float64Array(sheet.rows * width)
  for (let at = 0; at < width; at++) {
    sheet.numbers(`e${at}`, -1e6, 1e6).forEach((value, row) => {
      embeddings[row * width + at] = value
    })
  }
  return embeddings
}
