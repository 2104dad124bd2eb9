/** The marketplace's options: what may be set, the defaults, and what is allowed. */
import { checkKeys, checkNumber, checkWhole, checkWord } from '../data/check'
import { checkFolder } from '../data/shop-table'

export const marketplacePresets = ['corrected', 'published'] as const

export interface MarketplaceOptions {
  /** `corrected` (default): the shopper changes with what is shown; `published`: the shopper never changes. */
  readonly preset?: (typeof marketplacePresets)[number]
  /** A folder with items.csv and users.csv (src/data/marketplace-tables.ts). Left out, the shop is generated from the next five. */
  readonly tables?: string
  /** Seed of the shop: its products and its shoppers (not of who comes: that is `reset`'s); 42. */
  readonly dataSeed?: number
  /** Products, which are the actions: 1 to 2,000; 200. */
  readonly products?: number
  /** Shoppers that exist, 1 to 100,000; 500. */
  readonly users?: number
  /** Share of the products that are new, 0 to 1: their popularity is 0; 0. */
  readonly newItems?: number
  /** Share of the shoppers whom the shop does not know, 0 to 1: agents see zeros for the user block, their taste stays; 0. */
  readonly newShoppers?: number
  /** Steps in an episode, 1 to 1,000,000; 50. */
  readonly horizon?: number
  /** Margin of a purchase, as a share of its price, 0 to 1; .4. */
  readonly marginShare?: number

  // The rest counts in `corrected` alone; the formulas are in the opening comment of marketplace.ts.

  /** What a shopper has to spend in a session, in prices that suit best (50 b each), .1 to 1,000; 3. */
  readonly budget?: number
  /** Products that a cart holds, 1 to 100; 8. */
  readonly cartSize?: number
  /** How many times as readily a product is bought that is in the cart, 0 to 100; 2. */
  readonly cartBoost?: number
  /** Probability that the newest product is taken out of a cart over budget, 0 to 1; .5. */
  readonly removeChance?: number
  /** Part of the way to 1 that the fatigue with a category goes when the category is shown, 0 to 1; .2. */
  readonly fatigueGain?: number
  /** Part of the fatigue with every other category that is gone after a step, 0 to 1; .08. */
  readonly fatigueRecovery?: number
  /** Part of the way that style and preferences go towards a product liked or better, 0 to 1; .05. */
  readonly tasteRate?: number
  /** Part of the engagement that is gone at the end of a session, 0 to 1; .1. */
  readonly timeDecay?: number
  /** Added to the reward of like, cart, purchase and share, times the product's quality, -1,000 to 1,000; .3. */
  readonly qualityBonus?: number
  /** The same, times its popularity; .1. */
  readonly popularityBonus?: number
  /** Annoyance by a category of which the shopper is wholly tired, 0 to 1; .15. */
  readonly boredom?: number
  /** Annoyance by a dislike and by a product taken out of the cart; a complaint brings three times as much; 0 to 1; .05. */
  readonly irritation?: number
  /** Part of the annoyance that is gone after a step, 0 to 1; .1. */
  readonly calming?: number
  /** The shopper leaves with probability leaveBase + leaveSlope · annoyance², but at most 1; .005 and .2, 0 to 1 each. */
  readonly leaveBase?: number
  readonly leaveSlope?: number
}

/** The weights of the preset `corrected`: default, lowest and highest. */
const bounds = {
  budget: [3, 0.1, 1000],
  cartSize: [8, 1, 100],
  cartBoost: [2, 0, 100],
  removeChance: [0.5, 0, 1],
  fatigueGain: [0.2, 0, 1],
  fatigueRecovery: [0.08, 0, 1],
  tasteRate: [0.05, 0, 1],
  timeDecay: [0.1, 0, 1],
  qualityBonus: [0.3, -1000, 1000],
  popularityBonus: [0.1, -1000, 1000],
  boredom: [0.15, 0, 1],
  irritation: [0.05, 0, 1],
  calming: [0.1, 0, 1],
  leaveBase: [0.005, 0, 1],
  leaveSlope: [0.2, 0, 1],
} as const

type Weight = keyof typeof bounds
export type MarketplaceWeights = Readonly<Record<Weight, number>>

const generatedOnly = ['dataSeed', 'products', 'users', 'newItems', 'newShoppers'] as const
const common = ['preset', 'tables', ...generatedOnly, 'horizon', 'marginShare']

/** Where products and shoppers come from. */
export type MarketplaceSource = { readonly tables: string } | Readonly<Record<(typeof generatedOnly)[number], number>>

/** The options of both presets, with values. */
export type MarketplaceShop = MarketplaceSource & {
  readonly preset: (typeof marketplacePresets)[number]
  readonly horizon: number
  readonly marginShare: number
}

export interface MarketplaceSettings {
  readonly shop: MarketplaceShop
  /** In `published` at their defaults, and without effect. */
  readonly weights: MarketplaceWeights
  /** Every option that counts in the preset: enough to build the same shop again. */
  readonly options: MarketplaceShop | (MarketplaceShop & MarketplaceWeights)
}

/** @throws RangeError naming the option, its value and what is allowed */
export function marketplaceSettings(options: MarketplaceOptions): MarketplaceSettings {
  const names = Object.keys(bounds) as Weight[]
  checkKeys('marketplace', options, [...common, ...names])
  const preset = checkWord('preset', options.preset ?? 'corrected', marketplacePresets)
  const misplaced = preset === 'published' ? names.find(name => options[name] !== undefined) : undefined
  if (misplaced !== undefined) {
    throw new RangeError(
      `${misplaced} is ${options[misplaced]} with preset "published", in which the shopper never changes; leave it out or use preset "corrected"`,
    )
  }
  const shop = {
    preset,
    ...sourceOf(options),
    horizon: checkWhole('horizon', options.horizon ?? 50, 1, 1_000_000),
    marginShare: checkNumber('marginShare', options.marginShare ?? 0.4, 0, 1),
  }
  const weights = Object.fromEntries(names.map(name => [name, weightOf(name, options[name])])) as MarketplaceWeights
  return { shop, weights, options: preset === 'corrected' ? { ...shop, ...weights } : shop }
}

function sourceOf(options: MarketplaceOptions): MarketplaceSource {
  if (options.tables !== undefined) {
    const tables = checkFolder(options.tables)
    const other = generatedOnly.find(name => options[name] !== undefined)
    if (other === undefined) return { tables }
    throw new RangeError(`${other} is ${options[other]} with tables, which are the shop; leave it out, it counts for a generated one alone`)
  }
  return {
    dataSeed: checkNumber('dataSeed', options.dataSeed ?? 42, -Number.MAX_VALUE, Number.MAX_VALUE),
    products: checkWhole('products', options.products ?? 200, 1, 2000),
    users: checkWhole('users', options.users ?? 500, 1, 100_000),
    newItems: checkNumber('newItems', options.newItems ?? 0, 0, 1),
    newShoppers: checkNumber('newShoppers', options.newShoppers ?? 0, 0, 1),
  }
}

function weightOf(name: Weight, given: number | undefined): number {
  const [usual, low, high] = bounds[name]
  const check = name === 'cartSize' ? checkWhole : checkNumber
  return check(name, given ?? usual, low, high)
}
