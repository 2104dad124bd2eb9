/** `shoplab data`: the data of a made-up shop as files. */
import { join } from 'node:path'
import { generateTables } from '../data/generate-tables'
import { generateInteractionLog } from '../data/interaction-log'
import { generateMarketplaceTables, writeMarketplaceTables } from '../data/marketplace-tables'
import { behaviourFeatures, featureRows } from '../data/offers-features'
import { generateBehaviour } from '../data/offers-generate'
import { writeBehaviourWorkbook } from '../data/offers-write-workbook'
import { writeRows } from '../data/rows-file'
import { simshopCatalogue } from '../data/simshop-catalogue'
import { simshopTables, writeSimshopTables } from '../data/simshop-tables'
import { UserError } from '../data/user-error'
import { writeTables } from '../data/write-tables'
import { writeJson } from './write-json'

export interface DataOptions {
  readonly shop: 'candy-store' | 'interaction-log' | 'offers' | 'marketplace' | 'simshop'
  readonly seed: number
  readonly users?: number
  readonly items?: number
  readonly interactions?: number
  readonly out?: string
  readonly json?: boolean
}

type Sizes = Readonly<Record<string, number>>

interface Written {
  readonly sizes: Sizes
  readonly files: readonly string[]
}

const writers: Readonly<Record<DataOptions['shop'], (options: DataOptions, folder: string) => Written>> = {
  'candy-store': tables,
  'interaction-log': tables,
  offers: behaviour,
  marketplace: products,
  simshop: catalogue,
}

export function data(options: DataOptions): void {
  const { shop, seed, json } = options
  const folder = options.out ?? (shop === 'candy-store' ? 'data' : join('data', shop))
  const { sizes, files } = writers[shop](options, folder)
  if (json) writeJson({ shop, seed, ...sizes, files })
  else {
    const counted = Object.entries(sizes).map(([what, count]) => `${count} ${what}`)
    process.stdout.write(`${shop}, seed ${seed}: ${counted.join(', ')}\n${files.map(file => `  ${file}\n`).join('')}`)
  }
}

/** Only what was typed, so that each shop keeps its own defaults. */
function typed({ seed, users, items, interactions }: DataOptions) {
  return { seed, ...(users && { users }), ...(items && { items }), ...(interactions !== undefined && { interactions }) }
}

function tables(options: DataOptions, folder: string): Written {
  const made = (options.shop === 'interaction-log' ? generateInteractionLog : generateTables)(typed(options))
  const sizes = { users: made.users.count, items: made.items.count, interactions: made.interactions.count }
  return { sizes, files: writeTables(made, folder) }
}

/** The workbook, and beside it the features that are made of it. */
function behaviour(options: DataOptions, folder: string): Written {
  refuse(options, ['items', 'interactions'], 'its data are sessions')
  const made = generateBehaviour(typed(options))
  const [workbook, features] = [join(folder, 'user_behavior.xlsx'), join(folder, 'features.csv')]
  writeBehaviourWorkbook(made, workbook)
  writeRows(features, featureRows(behaviourFeatures(made)))
  return { sizes: { users: made.users.count, sessions: made.sessions.count, actions: made.actions.count }, files: [workbook, features] }
}

/** Products and shoppers. */
function products(options: DataOptions, folder: string): Written {
  refuse(options, ['interactions'], 'they happen in the shop, and recordLog writes them down')
  const made = generateMarketplaceTables(typed(options))
  return { sizes: { users: made.users.count, items: made.products.count }, files: writeMarketplaceTables(made, folder) }
}

function catalogue(options: DataOptions, folder: string): Written {
  refuse(options, ['users'], 'its shoppers are six types')
  refuse(options, ['interactions'], 'they happen in the shop, and recordLog writes them down')
  const { items = 250, seed } = options
  return { sizes: { items }, files: writeSimshopTables(simshopTables(simshopCatalogue(items, seed)), folder) }
}

function refuse(options: DataOptions, names: readonly ('users' | 'items' | 'interactions')[], because: string): void {
  for (const name of names) {
    if (options[name] === undefined) continue
    throw new UserError(`--${name} is ${options[name]}, but ${options.shop} has no ${name}: ${because}; leave it out`)
  }
}
