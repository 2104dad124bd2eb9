/** The candy store's fixed part: who may come, what is sold, in embeddings; from tables, or drawn as the published probe does. */
import { generateTables } from '../data/generate-tables'
import { readTables } from '../data/read-tables'
import type { ShopTables } from '../data/tables'
import { UserError } from '../data/user-error'
import { normal, permutation } from '../random/draws'
import { stream } from '../random/generator'
import type { CandyStoreSettings } from './candy-store-options'
import type { Items } from './env'

export interface World {
  /** [shoppers, width] */
  readonly shoppers: Float64Array
  readonly shopperIds: readonly string[]
  /** [items, width] */
  readonly features: Float64Array
  readonly price: Float64Array
  readonly width: number
  /** Rows of the shoppers who come. */
  readonly visitors: Int32Array
  /** [shoppers]: 1 for those whom the shop does not know. */
  readonly strangers: Uint8Array
  readonly items: Items
  /** `tables`, `dataSeed`, `users` and `items` as they make this world again. */
  readonly options: Readonly<Record<string, unknown>>
}

export function candyStoreWorld(settings: CandyStoreSettings): World {
  const tables = tablesOf(settings)
  const { users, items, width } = tables
  checkSize('users', settings.users, users.count)
  checkSize('items', settings.items, items.count)
  const options = optionsOf(tables)
  const published = settings.preset === 'published'
  const features = published ? standardNormal(settings.dataSeed, 'items', items.count * width) : items.embeddings
  return {
    shoppers: published ? standardNormal(settings.dataSeed, 'users', users.count * width) : users.embeddings,
    shopperIds: users.ids,
    features,
    price: items.price,
    width,
    visitors: visitorsOf(users.ids, settings.onlyUsers),
    strangers: strangersOf(users.count, settings.newShoppers, Number(options.dataSeed ?? settings.dataSeed)),
    items: { features: Float32Array.from(features), width, labels: items.titles },
    options,
  }
}

function tablesOf({ tables, dataSeed, users = 500, items = 100 }: CandyStoreSettings): ShopTables {
  return typeof tables === 'string' ? readTables(tables) : (tables ?? generateTables({ seed: dataSeed, users, items, interactions: 0 }))
}

/** A size given beside tables must be theirs. */
function checkSize(name: string, asked: number | undefined, found: number): void {
  if (asked !== undefined && asked !== found) {
    throw new RangeError(`${name} is ${asked}, but the tables given have ${found}; leave ${name} out, it counts for generated tables alone`)
  }
}

/** Tables given as an object are named by where they came from, since a record of a run has no room for them. */
function optionsOf({ source, users, items }: ShopTables): Record<string, unknown> {
  const counts = { users: users.count, items: items.count }
  return 'folder' in source ? { tables: source.folder, ...counts } : { tables: undefined, dataSeed: source.seed, ...counts }
}

function standardNormal(seed: number, whose: string, length: number): Float64Array {
  const generator = stream(seed, 'candy-store', 'published', whose)
  return Float64Array.from({ length }, () => normal(generator))
}

function visitorsOf(ids: readonly string[], only: CandyStoreSettings['onlyUsers']): Int32Array {
  if (only === undefined) return Int32Array.from(ids.keys())
  if (!Array.isArray(only)) throw new RangeError(`onlyUsers is ${String(only)}; it must be a list of user ids or row numbers`)
  if (only.length === 0) throw new RangeError('onlyUsers is an empty list; name at least one user, or leave it out for everybody')
  return Int32Array.from(only, user => findUser(ids, user))
}

/** A larger share has the strangers of a smaller one and more, so that shops of several shares can be compared. */
function strangersOf(count: number, share: number, seed: number): Uint8Array {
  const strangers = new Uint8Array(count)
  if (share === 0) return strangers
  const order = permutation(stream(seed, 'candy-store', 'new shoppers'), count)
  for (const shopper of order.subarray(0, Math.round(share * count))) strangers[shopper] = 1
  return strangers
}

/**
 * The row of an item, by title or by row number.
 *
 * @throws UserError when nothing is called so
 */
export function findItem(titles: readonly string[], item: string | number): number {
  const row = typeof item === 'number' ? item : titles.indexOf(item)
  if (Number.isInteger(row) && row >= 0 && row < titles.length) return row
  const last = titles.length - 1
  throw new UserError(
    `there is no item ${JSON.stringify(item)}; give a title, such as ${JSON.stringify(titles[0])}, or a row number from 0 to ${last}`,
  )
}

/**
 * The row of a shopper, by id (`user_42`) or by row number (42 or '42').
 *
 * @throws UserError when nobody has this id: the one thing here that people type
 */
export function findUser(ids: readonly string[], user: string | number): number {
  let row = typeof user === 'number' ? user : ids.indexOf(user)
  // From a command line a row number comes as text; an id that reads the same goes first.
  if (row === -1 && /^\d+$/.test(String(user))) row = Number(user)
  if (Number.isInteger(row) && row >= 0 && row < ids.length) return row
  const last = ids.length - 1
  throw new UserError(`there is no user ${JSON.stringify(user)}; ids run from ${ids[0]} to ${ids[last]}, row numbers from 0 to ${last}`)
}
