/** The candy store's options: what may be set, the defaults of each preset, and what is allowed. */
import { checkFlag, checkKeys, checkNumber, checkWhole, checkWord } from '../data/check'
import { guidePreference, purchaseShare } from '../data/preference'
import type { ShopTables } from '../data/tables'
import { drift } from './candy-store-drift'

export const candyStorePresets = ['guide', 'published'] as const

export interface CandyStoreOptions {
  readonly preset?: (typeof candyStorePresets)[number]
  /** The shop: tables, or a folder with their CSV files. Left out, tables are generated from the next three. Not with `published`. */
  readonly tables?: ShopTables | string
  /** Seed of the generated shop (not of who comes: that is `reset`'s); 42. */
  readonly dataSeed?: number
  /** Shoppers that exist; 500. */
  readonly users?: number
  /** Items that exist; 100. */
  readonly items?: number
  /** Only these shoppers come: ids (`user_42`) or row numbers. Left out, everybody. */
  readonly onlyUsers?: readonly (string | number)[]
  /** Share of the shoppers whom the shop does not know, 0 to 1: agents see zeros for their embedding, their taste stays; 0. */
  readonly newShoppers?: number
  /** Share of the items that the shop does not know, 0 to 1: agents see zeros for their features, the shoppers' taste for them stays; 0. */
  readonly newItems?: number
  /** Engagement moves the taste and bores, so that looking ahead pays (candy-store-drift.ts); false. Not with `published`. */
  readonly drifting?: boolean

  /** Steps in an episode; 10. */
  readonly horizon?: number
  /** The last step terminates, as the guide's text has it, instead of truncating; false. */
  readonly endsSession?: boolean
  /** Engaged items remembered; 10. */
  readonly historyLength?: number

  /** Reward of an engagement; 1. */
  readonly engagedReward?: number
  /** Reward of an ignored item; -.1. */
  readonly ignoredReward?: number
  /** Added when the item is among the last `repeatWindow` engaged with; -.2. */
  readonly repeatReward?: number
  /** At most `historyLength`; 3. */
  readonly repeatWindow?: number

  /** Engagement: wish = scale · preference + shift; .3 and -1.8 in `guide`, 1 and 0 in `published`. */
  readonly scale?: number
  readonly shift?: number
  /** Standard deviation of the noise in engagement, 0 to 2; .1. */
  readonly noise?: number

  /** Weight of u·v against the cosine of shopper and item: true = .7, false (default) = u·v alone. */
  readonly hybrid?: boolean | number
  /** Weight of the bonus -weight · sum of the cosines with the items in the history: true = .1; false. */
  readonly diversity?: boolean | number
  /** Weight of the bonus weight / sqrt(times this copy showed the item before + 1): true = .1; false. */
  readonly exploration?: boolean | number
  /** The history block weighs an item by this to the power of its age: true = .8; false = the plain mean, usual but with `drifting`: .5. */
  readonly recency?: boolean | number
  /** Hour and weekday of the visit in the context; false. */
  readonly timeFeatures?: boolean

  /** Share of the engagements that become a purchase; .25. */
  readonly purchaseShare?: number
  /** The shopper comes back with probability returnBase + returnSlope · share of the steps engaged with; .1 and .6. */
  readonly returnBase?: number
  readonly returnSlope?: number
  /** Margin of a purchase, as a share of its price; .4. */
  readonly marginShare?: number
}

/** Every option with a value, switches as their weights; the shop's own (`tables`, `users`, `items`, `onlyUsers`) as given. */
export type CandyStoreSettings = Readonly<ReturnType<typeof candyStoreSettings>>

const allowed = [
  'preset,tables,dataSeed,users,items,onlyUsers,newShoppers,newItems,drifting,horizon,endsSession,historyLength,engagedReward,ignoredReward,repeatReward,repeatWindow',
  'scale,shift,noise,hybrid,diversity,exploration,recency,timeFeatures,purchaseShare,returnBase,returnSlope,marginShare',
].flatMap(names => names.split(','))

/** @throws RangeError naming the option, its value and what is allowed */
export function candyStoreSettings(options: CandyStoreOptions) {
  checkKeys('candy-store', options, allowed)
  const preset = checkWord('preset', options.preset ?? 'guide', candyStorePresets)
  const preference = preset === 'guide' ? guidePreference : { scale: 1, shift: 0, noise: 0.1 }
  if (preset === 'published' && options.tables !== undefined) {
    throw new RangeError(
      'tables is given with preset "published", which draws embeddings of its own; leave tables out or use preset "guide"',
    )
  }
  const drifting = checkFlag('drifting', options.drifting ?? false)
  if (preset === 'published' && drifting) {
    throw new RangeError('drifting is true with preset "published", whose items have no kinds to be bored by; use preset "guide"')
  }
  const number = (name: keyof CandyStoreOptions, usual: number, low: number, high: number) =>
    checkNumber(name, options[name] ?? usual, low, high)
  const whole = (name: keyof CandyStoreOptions, usual: number, low: number, high: number) =>
    checkWhole(name, options[name] ?? usual, low, high)
  const size = (name: 'users' | 'items') => (options[name] === undefined ? undefined : checkWhole(name, options[name], 1, 100_000))
  const flag = (name: keyof CandyStoreOptions) => checkFlag(name, options[name] ?? false)
  const weight = (name: keyof CandyStoreOptions, usual: number, low: number, high: number) =>
    weightOf(name, options[name], usual, low, high)
  const historyLength = whole('historyLength', 10, 1, 1000)
  return {
    preset,
    tables: tablesOf(options.tables),
    dataSeed: number('dataSeed', 42, -Number.MAX_VALUE, Number.MAX_VALUE),
    users: size('users'),
    items: size('items'),
    onlyUsers: options.onlyUsers,
    newShoppers: number('newShoppers', 0, 0, 1),
    newItems: number('newItems', 0, 0, 1),
    drifting,
    horizon: whole('horizon', 10, 1, 1_000_000),
    endsSession: flag('endsSession'),
    historyLength,
    engagedReward: number('engagedReward', 1, -1e6, 1e6),
    ignoredReward: number('ignoredReward', -0.1, -1e6, 1e6),
    repeatReward: number('repeatReward', -0.2, -1e6, 1e6),
    repeatWindow: whole('repeatWindow', Math.min(3, historyLength), 0, historyLength),
    scale: number('scale', preference.scale, -1000, 1000),
    shift: number('shift', preference.shift, -1000, 1000),
    noise: number('noise', preference.noise, 0, 2),
    hybrid: weight('hybrid', 0.7, 0, 1),
    diversity: weight('diversity', 0.1, 0, 1e6),
    exploration: weight('exploration', 0.1, 0, 1e6),
    recency: drifting && options.recency === undefined ? 1 - drift.pull : weight('recency', 0.8, 0, 1),
    timeFeatures: flag('timeFeatures'),
    purchaseShare: number('purchaseShare', purchaseShare, 0, 1),
    returnBase: number('returnBase', 0.1, 0, 1),
    returnSlope: number('returnSlope', 0.6, 0, 1),
    marginShare: number('marginShare', 0.4, 0, 1),
  }
}

/** Looked at only as far as a typing error goes; files are checked as they are read. */
function tablesOf(tables: unknown): CandyStoreOptions['tables'] {
  const given = tables as Partial<ShopTables> | null | undefined
  if (given === undefined || typeof given === 'string' || (given?.users && given.items)) return given as CandyStoreOptions['tables']
  throw new RangeError(`tables is ${JSON.stringify(tables)}; it must be a shop's tables or a folder with their CSV files`)
}

function weightOf(name: string, value: unknown, usual: number, low: number, high: number): number | false {
  if (value === undefined || value === false) return false
  return value === true ? usual : checkNumber(name, value, low, high)
}
