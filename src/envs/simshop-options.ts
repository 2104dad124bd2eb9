/** Simshop's options: what may be set, the defaults of each preset, and what is allowed. */
import { checkFlag, checkKeys, checkNumber, checkWhole, checkWord } from '../data/check'
import { checkFolder } from '../data/shop-table'
import { simshopCatalogue } from '../data/simshop-catalogue'
import { readSimshopTables } from '../data/simshop-tables'
import { type SimshopType, simshopTypes } from './simshop-shoppers'

export const simshopPresets = ['corrected', 'published'] as const

export const candidateDraws = ['fresh', 'near-static'] as const

export interface SimshopOptions {
  /** `published` keeps the original's defects and its way of drawing candidates; 'corrected'. */
  readonly preset?: (typeof simshopPresets)[number]
  /** Who comes: one type, a list (one of them is drawn for each visit, a name given twice twice as often), or 'all' six; 'all'. */
  readonly userTypes?: SimshopType | 'all' | readonly SimshopType[]
  /** Share of the visits in which the shop does not see who came, 0 to 1: zeros for the user's one-hot; 0. */
  readonly newShoppers?: number

  /** A folder with the catalogue's items.csv (src/data/simshop-tables.ts). Left out, a catalogue is generated from the next three. */
  readonly tables?: string
  /** Items in the catalogue, 1 to 100,000; 250. Not with `tables`. */
  readonly items?: number
  /** Seed of the catalogue (not of who comes: that is `reset`'s); 42. Not with `tables`. */
  readonly dataSeed?: number
  /** Share of the catalogue that is new, 0 to 1: popularity 0, released today; 0. Not with `tables`. */
  readonly newItems?: number

  /** Items of a visit that a page can be made of, at most `items`; 50, or all items where there are fewer. */
  readonly candidates?: number
  /** Items on a page, at most `candidates` and 256; 5, or all candidates where there are fewer. */
  readonly pageSize?: number
  /** Where a visit's candidates come from: 'fresh' in `corrected`, 'near-static' in `published`; see simshop.ts. */
  readonly candidateDraw?: (typeof candidateDraws)[number]
  /** Pairs that exchange their places, with 'near-static' alone, 0 to half of the items; 2, or as many as there are. */
  readonly exchangedPairs?: number
  /** Visits from one exchange to the next, with 'near-static' alone, 1 to 1,000,000; 20. */
  readonly exchangeEvery?: number

  /** Pages after which the shopper goes, 1 to 1,000,000; 10. */
  readonly horizon?: number
  /** Pages running without a click after which the shopper goes, at least 1; 3. */
  readonly patience?: number
  /** Clicks in a visit after which the shopper goes, at least 1; 10. */
  readonly mostClicks?: number
  /** Purchases in a visit after which the shopper goes, at least 1; 5. */
  readonly mostPurchases?: number
  /** Visits of the familiarity_seeker, who must be among `userTypes`, after which everything seen is forgotten, 1 to 1,000,000; 10. */
  readonly memoryVisits?: number

  /** Last clicked items in the observation, 1 to 1,000; 5. */
  readonly historyLength?: number
  /** A context block that says how far the visit is; false. */
  readonly progress?: boolean
  /** Margin of a purchase, as a share of its price, 0 to 1; .4. */
  readonly marginShare?: number
}

const allowed = [
  'preset,userTypes,newShoppers,tables,items,dataSeed,newItems,candidates,pageSize,candidateDraw,exchangedPairs,exchangeEvery',
  'horizon,patience,mostClicks,mostPurchases,memoryVisits,historyLength,progress,marginShare',
].flatMap(names => names.split(','))

const many = 1_000_000

/**
 * @returns settings: every option with a value, `userTypes` as a list; catalogue: what is sold; options: those of them that do something, which make the same shop again
 * @throws RangeError naming the option, its value and what is allowed
 */
export function simshopSettings(options: SimshopOptions) {
  checkKeys('simshop', options, allowed)
  const whole = (name: keyof SimshopOptions, usual: number, low: number, high: number) =>
    checkWhole(name, options[name] ?? usual, low, high)
  const number = (name: keyof SimshopOptions, usual: number, low: number, high: number) =>
    checkNumber(name, options[name] ?? usual, low, high)
  const preset = checkWord('preset', options.preset ?? 'corrected', simshopPresets)
  const userTypes = typesOf(options.userTypes ?? 'all')
  const usualDraw = preset === 'published' ? 'near-static' : 'fresh'
  const candidateDraw = checkWord('candidateDraw', options.candidateDraw ?? usualDraw, candidateDraws)
  const tables = options.tables === undefined ? undefined : checkFolder(options.tables)
  const idle = idleOptions(candidateDraw, userTypes, tables)
  for (const [name, reason] of idle) {
    if (options[name] !== undefined) throw new RangeError(`${name} is ${options[name]} ${reason}`)
  }
  const dataSeed = number('dataSeed', 42, -Number.MAX_VALUE, Number.MAX_VALUE)
  const newItems = number('newItems', 0, 0, 1)
  const catalogue =
    tables === undefined ? simshopCatalogue(whole('items', 250, 1, 100_000), dataSeed, newItems) : readSimshopTables(tables).catalogue
  const items = catalogue.count
  const candidates = whole('candidates', Math.min(50, items), 1, items)
  const pairs = items >> 1
  const settings = {
    preset,
    userTypes,
    newShoppers: number('newShoppers', 0, 0, 1),
    ...(tables !== undefined && { tables }),
    items,
    dataSeed,
    newItems,
    candidates,
    pageSize: whole('pageSize', Math.min(5, candidates), 1, Math.min(candidates, 256)),
    candidateDraw,
    exchangedPairs: whole('exchangedPairs', Math.min(2, pairs), 0, pairs),
    exchangeEvery: whole('exchangeEvery', 20, 1, many),
    horizon: whole('horizon', 10, 1, many),
    patience: whole('patience', 3, 1, many),
    mostClicks: whole('mostClicks', 10, 1, many),
    mostPurchases: whole('mostPurchases', 5, 1, many),
    memoryVisits: whole('memoryVisits', 10, 1, many),
    historyLength: whole('historyLength', 5, 1, 1000),
    progress: checkFlag('progress', options.progress ?? false),
    marginShare: number('marginShare', 0.4, 0, 1),
  }
  const applied = Object.entries(settings).filter(([name]) => !idle.has(name as keyof SimshopOptions))
  return { settings, catalogue, options: Object.fromEntries(applied) }
}

/** The options that would do nothing, each with the reason. */
function idleOptions(candidateDraw: (typeof candidateDraws)[number], userTypes: readonly SimshopType[], tables: string | undefined) {
  const idle = new Map<keyof SimshopOptions, string>()
  if (tables !== undefined) {
    const reason = 'with tables, which are the catalogue; leave it out, it counts for a generated one alone'
    idle.set('items', reason).set('dataSeed', reason).set('newItems', reason)
  }
  if (candidateDraw === 'fresh') {
    const reason =
      'with candidateDraw "fresh", which draws the candidates of every visit anew; leave it out or use candidateDraw "near-static"'
    idle.set('exchangedPairs', reason).set('exchangeEvery', reason)
  }
  if (!userTypes.includes('familiarity_seeker')) {
    idle.set('memoryVisits', 'without a familiarity_seeker among userTypes, who alone remembers visits; leave it out or let one come')
  }
  return idle
}

function typesOf(userTypes: unknown): readonly SimshopType[] {
  if (userTypes === 'all') return simshopTypes
  if (!Array.isArray(userTypes)) return [checkWord('userTypes', userTypes, [...simshopTypes, 'all']) as SimshopType]
  if (userTypes.length === 0) throw new RangeError('userTypes is an empty list; name at least one type, or give "all"')
  return userTypes.map((type, at) => checkWord(`userTypes[${at}]`, type, simshopTypes))
}
