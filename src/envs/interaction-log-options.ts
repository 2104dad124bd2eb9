/** The interaction log's options: what may be set, the defaults, and what is allowed. */
import { checkKeys, checkNumber, checkWhole, checkWord } from '../data/check'
import { logPresets } from '../data/interaction-log-options'
import type { ShopTables, TablesSource } from '../data/tables'

export const interactionLogVariants = ['user', 'session'] as const

export interface InteractionLogOptions {
  /** corrected (default): a recommendation pays with the pair's affinity; published: where the logged weight is 1, so never. */
  readonly preset?: (typeof logPresets)[number]
  /** user (default): the state is the user's id; session: the user's segment and the category shown last. Not with `published`. */
  readonly variant?: (typeof interactionLogVariants)[number]
  /**
   * The log: tables, a folder with their CSV files, or the `source` of generated tables. Left out, a log is generated from the next five.
   * The truth behind a log of `generateInteractionLog` is known; that behind any other is estimated (src/data/interaction-log-estimate.ts).
   */
  readonly tables?: ShopTables | string | TablesSource
  /** Seed of the generated log (not of who comes: that is `reset`'s); 42. Not with `tables`. */
  readonly dataSeed?: number
  /** Users of the log; 1,000. */
  readonly users?: number
  /** Items of the log; 500. */
  readonly items?: number
  /** Rows of the log; 10,000. */
  readonly interactions?: number
  /** Share of the users who sign up late, 0 to .5; at most that share of the rows is theirs; .05, in `published` 0. Not with `tables`. */
  readonly lateUsers?: number

  /** Recommendations in an episode, all to one user; 20. */
  readonly horizon?: number
  /** Share of the clicks that become a purchase, 0 to 1; .1. Not in `published` with a generated log, where nothing is clicked. */
  readonly purchaseShare?: number
  /** Margin of a purchase, as a share of its price, 0 to 1; .4. Not in `published` with a generated log either. */
  readonly marginShare?: number

  /** Session alone, as are the next three: how often a segment's best item is clicked by somebody fresh, 0 to 1; .9. */
  readonly bestClick?: number
  /** Share of the clicks that a full shopper leaves out, 0 to 1; .08. */
  readonly satiation?: number
  /** Share of the clicks that a second item of one category loses, 0 to 1; .3. */
  readonly repeatSatiation?: number
  /** How often a full shopper leaves after an item not clicked, 0 to 1; .4. */
  readonly leaving?: number
}

/** Every option with a value, but for those that describe a log, which are as given. */
export type InteractionLogSettings = Readonly<ReturnType<typeof interactionLogSettings>>

const allowed = [
  'preset,variant,tables,dataSeed,users,items,interactions,lateUsers,horizon,purchaseShare,marginShare',
  'bestClick,satiation,repeatSatiation,leaving',
].flatMap(names => names.split(','))

const ofSession = ['bestClick', 'satiation', 'repeatSatiation', 'leaving']
const ofPurchases = ['purchaseShare', 'marginShare']

/** Why an option does nothing in this shop; undefined where it does something. */
function whyIdle(name: string, { preset, variant, tables }: Pick<InteractionLogOptions, 'preset' | 'variant' | 'tables'>) {
  if (variant === 'user' && ofSession.includes(name)) return 'variant is "user"'
  if (preset === 'published' && isGeneratedLog(tables) && ofPurchases.includes(name)) {
    return 'in a generated log no weight is 1, so with preset "published" nothing is bought'
  }
  return undefined
}

/** A log of `generateInteractionLog`: left out, its tables, or their source. */
function isGeneratedLog(tables: InteractionLogOptions['tables']): boolean {
  return tables === undefined || 'preset' in Object((tables as ShopTables | null)?.source ?? tables)
}

/** The options that do something in this shop, for its spec. */
export function appliedOptions(settings: InteractionLogSettings): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => whyIdle(name, settings) === undefined))
}

/** @throws RangeError naming the option, its value and what is allowed; the log's own are checked as it is made */
export function interactionLogSettings(options: InteractionLogOptions) {
  checkKeys('interaction-log', options, allowed)
  const preset = checkWord('preset', options.preset ?? 'corrected', logPresets)
  const variant = checkWord('variant', options.variant ?? 'user', interactionLogVariants)
  if (preset === 'published' && variant === 'session') {
    throw new RangeError('variant is "session"; with preset "published" it must be "user": rewards that are always 0 have no session')
  }
  for (const [name, value] of Object.entries(options)) {
    const why = value === undefined ? undefined : whyIdle(name, { preset, variant, tables: options.tables })
    if (why) throw new RangeError(`${name} is ${value}, but ${why}; leave ${name} out`)
  }
  for (const name of ['dataSeed', 'lateUsers'] as const) {
    if (options.tables === undefined || options[name] === undefined) continue
    throw new RangeError(`${name} is ${options[name]}, but tables are given; leave ${name} out, it counts for a generated log alone`)
  }
  if (options.dataSeed !== undefined) {
    if (preset === 'published') checkWhole('dataSeed', options.dataSeed, 0, 2 ** 32 - 1)
    else checkNumber('dataSeed', options.dataSeed, -Number.MAX_VALUE, Number.MAX_VALUE)
  }
  const share = (name: keyof InteractionLogOptions, usual: number) => checkNumber(name, options[name] ?? usual, 0, 1)
  return {
    preset,
    variant,
    tables: options.tables,
    dataSeed: options.dataSeed,
    users: options.users,
    items: options.items,
    interactions: options.interactions,
    lateUsers: options.lateUsers,
    horizon: checkWhole('horizon', options.horizon ?? 20, 1, 1_000_000),
    purchaseShare: share('purchaseShare', 0.1),
    marginShare: share('marginShare', 0.4),
    bestClick: share('bestClick', 0.9),
    satiation: share('satiation', 0.08),
    repeatSatiation: share('repeatSatiation', 0.3),
    leaving: share('leaving', 0.4),
  }
}
