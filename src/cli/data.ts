/** `shoplab data`: the data of a made-up shop as files, or those of a real one fetched. */
import { join } from 'node:path'
import { generateTables } from '../data/generate-tables'
import { generateInteractionLog } from '../data/interaction-log'
import { generateMarketplaceTables, writeMarketplaceTables } from '../data/marketplace-tables'
import { behaviourFeatures, featureRows } from '../data/offers-features'
import { generateBehaviour } from '../data/offers-generate'
import { writeBehaviourWorkbook } from '../data/offers-write-workbook'
import { fetchOpenBandit } from '../data/open-bandit-fetch'
import { writeRows } from '../data/rows-file'
import { simshopCatalogue } from '../data/simshop-catalogue'
import { simshopTables, writeSimshopTables } from '../data/simshop-tables'
import { UserError } from '../data/user-error'
import { writeTables } from '../data/write-tables'
import { writeJson } from './write-json'

export interface DataOptions {
  readonly shop: 'candy-store' | 'interaction-log' | 'offers' | 'marketplace' | 'simshop' | 'open-bandit'
  readonly seed: number
  readonly users?: number
  readonly items?: number
  readonly interactions?: number
  readonly out?: string
  readonly json?: boolean
}

type MadeUp = Exclude<DataOptions['shop'], 'open-bandit'>

type Sizes = Readonly<Record<string, number>>

interface Written {
  readonly sizes: Sizes
  readonly files: readonly string[]
}

const writers: Readonly<Record<MadeUp, (options: DataOptions, folder: string) => Written>> = {
  'candy-store': tables,
  'interaction-log': tables,
  offers: behaviour,
  marketplace: products,
  simshop: catalogue,
}

export function data(options: DataOptions): void {
  const { shop, out, json } = options
  const folder = out ?? (shop === 'candy-store' ? 'data' : join('data', shop))
  const { said, files, ...answer } = shop === 'open-bandit' ? fetched(options, folder) : made(shop, options, folder)
  if (json) writeJson({ shop, ...answer, files })
  else process.stdout.write(`${said}\n${files.map(file => `  ${file}\n`).join('')}`)
}

function made(shop: MadeUp, options: DataOptions, folder: string) {
  const { seed } = options
  const { sizes, files } = writers[shop](options, folder)
  const counted = Object.entries(sizes).map(([what, count]) => `${count} ${what}`)
  return { said: `${shop}, seed ${seed}: ${counted.join(', ')}`, seed, ...sizes, files }
}

/** Real data have no seed and no sizes. */
function fetched(options: DataOptions, folder: string) {
  refuse(options, ['users', 'items', 'interactions'], 'its data are rounds, 10,000 of each log')
  const { fetched, files } = fetchOpenBandit(folder)
  return { said: `open-bandit: ${fetched ? 'fetched' : 'was there already'}`, fetched, files }
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
