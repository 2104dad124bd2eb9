/** The interaction log's fixed part: the log, and how likely each user engages with each item. */
import { checkNumber, checkWhole } from '../data/check'
import { differentCell } from '../data/different-cell'
import { generateTables } from '../data/generate-tables'
import { correctedLog, generateInteractionLog } from '../data/interaction-log'
import { type Categories, categoriesOf } from '../data/interaction-log-categories'
import { estimateAffinity } from '../data/interaction-log-estimate'
import { checkPairs, logSource } from '../data/interaction-log-options'
import { readTables } from '../data/read-tables'
import type { ShopTables, TablesSource } from '../data/tables'
import type { Items } from './env'
import type { InteractionLogSettings } from './interaction-log-options'

export interface LogWorld {
  readonly tables: ShopTables
  /** [users, items]: the chance of a click, between 0 and 1. */
  readonly affinity: Float32Array
  readonly categories: Categories
  readonly items: Items
  /** `tables`, `dataSeed`, sizes and `lateUsers` as they make this world again. */
  readonly options: Readonly<Record<string, unknown>>
}

/** @throws RangeError for an option out of range; UserError for files that cannot be read and for an empty log of one's own */
export function logWorld(settings: InteractionLogSettings): LogWorld {
  const { tables, affinity, claimed } = settings.tables === undefined ? generated(settings) : given(settings.tables)
  checkTables(tables, settings)
  if (claimed) checkClaim(tables, claimed)
  const categories = categoriesOf(tables.items.categories)
  return {
    tables,
    affinity: settings.preset === 'published' ? logged(tables) : (affinity ?? estimateAffinity(tables)),
    categories,
    items: itemsOf(tables, categories),
    options: optionsOf(tables, settings.tables !== undefined),
  }
}

interface Log {
  readonly tables: ShopTables
  /** Left out where the truth is not known. */
  readonly affinity?: Float32Array
  /** Of tables given that say they were generated: what their source gives. */
  readonly claimed?: ShopTables
}

function generated({ preset, dataSeed, users, items, interactions, lateUsers }: InteractionLogSettings): Log {
  return fromSource(logSource({ preset, seed: dataSeed, users, items, interactions, lateUsers }))
}

function given(tables: NonNullable<InteractionLogSettings['tables']>): Log {
  if (typeof tables === 'string') return fromSource({ folder: tables })
  if (!isTables(tables)) return fromSource(tables)
  if ('folder' in tables.source) return { tables }
  const { tables: claimed, ...truth } = fromSource(tables.source)
  return { ...truth, tables, claimed }
}

function isTables(tables: ShopTables | TablesSource): tables is ShopTables {
  if (tables !== null && typeof tables === 'object') {
    if ('folder' in tables || 'seed' in tables) return false
    if (tables.interactions?.user && tables.users?.ids && tables.items?.ids && tables.source) return true
  }
  throw new RangeError(`tables is ${typeof tables}; it must be a shop's tables, a folder with their CSV files, or the source of tables`)
}

function fromSource(source: TablesSource): Log {
  if ('folder' in source && typeof source.folder !== 'string') {
    throw new RangeError(`the folder of tables is ${source.folder}; it must be a path`)
  }
  if ('folder' in source) return { tables: readTables(source.folder, { embeddings: false, events: false }) }
  if (!('preset' in source)) return { tables: generateTables(source) }
  const checked = logSource(source)
  return checked.preset === 'corrected' ? correctedLog(checked) : { tables: generateInteractionLog(checked) }
}

/** Tables may come from a program: what the shop relies on is looked at, and what they say of themselves must be true. */
function checkTables({ users, items, interactions, source }: ShopTables, settings: InteractionLogSettings): void {
  checkPairs(users.count, items.count)
  for (const [name, { count }] of Object.entries({ users, items, interactions })) {
    const asked = settings[name as 'users' | 'items' | 'interactions']
    if (asked !== undefined && asked !== count) {
      throw new RangeError(
        `${name} is ${asked}, but the tables given have ${count}; leave ${name} out, it counts for a generated log alone`,
      )
    }
    const said = 'folder' in source ? count : source[name as 'users' | 'items' | 'interactions']
    if (said !== count) {
      throw new RangeError(`tables have ${count} ${name}, but were generated with ${said}; write them with writeTables and give the folder`)
    }
  }
  checkWhole('users of the tables', users.count, 1, 100_000)
  checkWhole('items of the tables', items.count, 1, 100_000)
  for (let row = 0; row < interactions.count; row++) {
    checkWhole(`the user of interaction ${row}`, interactions.user[row], 0, users.count - 1)
    checkWhole(`the item of interaction ${row}`, interactions.item[row], 0, items.count - 1)
    checkNumber(`the weight of interaction ${row}`, interactions.weight[row], 0, 1)
  }
}

/** The truth behind generated tables, and the shop made again, are those of their source, so they must be as it gave them. */
function checkClaim(tables: ShopTables, claimed: ShopTables): void {
  for (const name of ['users', 'items', 'interactions'] as const) {
    const cell = differentCell(tables[name], claimed[name])
    if (!cell) continue
    const what = `tables have ${cell.given} as ${cell.column} of row ${cell.row} of ${name}, but their source gives ${cell.expected}`
    throw new RangeError(`${what}; write the tables with writeTables and give the folder`)
  }
}

/** As published: 1 where the weight of a pair is exactly 1, by its latest row; else 0. */
function logged({ users, items, interactions }: ShopTables): Float32Array {
  const ones = new Float32Array(users.count * items.count)
  for (let row = 0; row < interactions.count; row++) {
    ones[interactions.user[row]! * items.count + interactions.item[row]!] = interactions.weight[row] === 1 ? 1 : 0
  }
  return ones
}

/** For each item its category one-hot, its price against the highest, and its rating against 5. */
function itemsOf({ items }: ShopTables, { names, of }: Categories): Items {
  const width = names.length + 2
  const highest = items.price.reduce((high, price) => Math.max(high, price), 0) || 1
  const features = new Float32Array(items.count * width)
  for (let item = 0; item < items.count; item++) {
    features[item * width + of[item]!] = 1
    features[item * width + width - 2] = items.price[item]! / highest
    features[item * width + width - 1] = items.rating[item]! / 5
  }
  return { features, width, labels: items.titles }
}

/** Tables given as an object are named by where they came from, since a record of a run has no room for them. */
function optionsOf({ source, users, items, interactions }: ShopTables, tablesGiven: boolean): Record<string, unknown> {
  const counts = { users: users.count, items: items.count, interactions: interactions.count }
  if ('folder' in source) return { tables: source.folder, ...counts }
  if (tablesGiven || !('preset' in source)) return { tables: source, ...counts }
  return { tables: undefined, dataSeed: source.seed, lateUsers: source.lateUsers, ...counts }
}
