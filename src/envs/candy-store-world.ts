/** The candy store's fixed part: who may come, what is sold, in embeddings; from tables, or drawn as the published probe does. */
import { findUser } from '../data/find-row'
import { generateTables } from '../data/generate-tables'
import { readTables } from '../data/read-tables'
import type { ShopTables } from '../data/tables'
import { normal, permutation } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import type { CandyStoreSettings } from './candy-store-options'
import type { Items } from './env'

export interface World {
  /** [shoppers, width] */
  readonly shoppers: Float64Array
  readonly shopperIds: readonly string[]
  /** [items, width] */
  readonly features: Float64Array
  /** [items, width]: what the shop knows of them, zeros for a new item. */
  readonly knownFeatures: Float64Array
  /** [items]: row of the item's kind in `kindNames`. */
  readonly kinds: Int32Array
  /** None where embeddings are drawn by chance: there a kind is but a word. */
  readonly kindNames: readonly string[]
  readonly price: Float64Array
  readonly width: number
  /** Rows of the shoppers who come. */
  readonly visitors: Int32Array
  /** [shoppers, width]: what the shop knows of them, zeros for a new shopper. */
  readonly knownShoppers: Float32Array
  readonly items: Items
  /** `tables`, `dataSeed`, `users` and `items` as they make this world again. */
  readonly options: Readonly<Record<string, unknown>>
}

export function candyStoreWorld(settings: CandyStoreSettings): World {
  const tables = tablesOf(settings)
  const { users, items, width } = tables
  if (width === 0) throw new RangeError('tables has no embeddings, which a candy store lives on; a log without them is for interaction-log')
  checkSize('users', settings.users, users.count)
  checkSize('items', settings.items, items.count)
  const options = optionsOf(tables)
  const published = settings.preset === 'published'
  const shoppers = published ? standardNormal(settings.dataSeed, 'users', users.count * width) : users.embeddings
  const features = published ? standardNormal(settings.dataSeed, 'items', items.count * width) : items.embeddings
  const seed = Number(options.dataSeed ?? settings.dataSeed)
  const knownFeatures = withoutNew(features, width, settings.newItems, stream(seed, 'candy-store', 'new items'))
  const kindNames = published ? [] : [...new Set(items.categories)]
  return {
    shoppers,
    shopperIds: users.ids,
    features,
    knownFeatures,
    kinds: Int32Array.from(items.categories, category => kindNames.indexOf(category)),
    kindNames,
    price: items.price,
    width,
    visitors: visitorsOf(users.ids, settings.onlyUsers),
    knownShoppers: Float32Array.from(withoutNew(shoppers, width, settings.newShoppers, stream(seed, 'candy-store', 'new shoppers'))),
    items: { features: Float32Array.from(knownFeatures), width, labels: items.titles },
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

/**
 * Rows of embeddings with zeros for a share of them. A larger share has the new ones of a smaller one and more, so that shops of several
 * shares can be compared.
 */
function withoutNew(rows: Float64Array, width: number, share: number, generator: Generator): Float64Array {
  if (share === 0) return rows
  const known = rows.slice()
  const count = rows.length / width
  for (const row of permutation(generator, count).subarray(0, Math.round(share * count))) known.fill(0, row * width, (row + 1) * width)
  return known
}
