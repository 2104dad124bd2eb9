/** The options of offers: what may be set, the defaults, and what is allowed. */
import { checkFlag, checkKeys, checkNumber, checkWhole, checkWord } from '../data/check'
import type { Behaviour } from '../data/offers-behaviour'

export const offersPresets = ['default'] as const

export interface OffersOptions {
  /** The document publishes no formulas, so there is one preset. */
  readonly preset?: (typeof offersPresets)[number]
  /**
   * What shoppers did: behaviour, or a workbook of it (an .xlsx file). Left out, it is generated from the next two. Generated behaviour
   * that was changed must be written to a workbook first.
   */
  readonly tables?: Behaviour | string
  /** Seed of the generated behaviour (not of who comes: that is `reset`'s); 42. Not with `tables`. */
  readonly dataSeed?: number
  /** Shoppers that exist, 1 to 100,000; 500. With `tables`, as many as they have. */
  readonly users?: number
  /** Only these shoppers come: ids (`user_42`) or row numbers. Left out, everybody. */
  readonly onlyUsers?: readonly (string | number)[]

  /** Days in an episode; 30. */
  readonly horizon?: number
  /** `factored`: offer, value, channel and timing, four numbers; `flat`: one number; factored. */
  readonly actions?: 'factored' | 'flat'
  /** Whether one may send nothing; true. Without it and with four timings, these are the document's 144. */
  readonly nothing?: boolean
  /** 4, or the 3 that the document lists (no next day); 4. */
  readonly timings?: 3 | 4

  /** Margin of a purchase before the offer, as a share of its price, 0 to 1; .4. */
  readonly marginShare?: number
  /** What a message costs, in dollars, 0 to 100; .02, .1 and .01. */
  readonly emailCost?: number
  readonly smsCost?: number
  readonly pushCost?: number
  /** What a message adds to fatigue, 0 to 100; 1, 1.5 and .8. */
  readonly emailFatigue?: number
  readonly smsFatigue?: number
  readonly pushFatigue?: number
  /** Share of the fatigue that is left after a day, 0 to 1; .75. */
  readonly fatigueKept?: number
  /** Factor on every shopper's tolerance of messages, above 0; 1. */
  readonly tolerance?: number
  /** Probability of unsubscribing at a message that finds fatigue at the tolerance, 0 to 1; .01. */
  readonly leaveRate?: number
}

export type OffersSettings = Readonly<ReturnType<typeof offersSettings>>

const allowed = [
  'preset,tables,dataSeed,users,onlyUsers,horizon,actions,nothing,timings,marginShare,emailCost,smsCost,pushCost',
  'emailFatigue,smsFatigue,pushFatigue,fatigueKept,tolerance,leaveRate',
].flatMap(names => names.split(','))

/** @throws RangeError naming the option, its value and what is allowed */
export function offersSettings(options: OffersOptions) {
  checkKeys('offers', options, allowed)
  const tables = tablesOf(options.tables)
  if (tables !== undefined && options.dataSeed !== undefined) {
    throw new RangeError(
      `dataSeed is ${options.dataSeed}, but tables are given; leave dataSeed out, it counts for generated behaviour alone`,
    )
  }
  const number = (name: keyof OffersOptions, usual: number, low: number, high: number) =>
    checkNumber(name, options[name] ?? usual, low, high)
  return {
    preset: checkWord('preset', options.preset ?? 'default', offersPresets),
    tables,
    dataSeed: tables === undefined ? number('dataSeed', 42, -Number.MAX_VALUE, Number.MAX_VALUE) : undefined,
    users: options.users === undefined ? undefined : checkWhole('users', options.users, 1, 100_000),
    onlyUsers: options.onlyUsers,
    horizon: checkWhole('horizon', options.horizon ?? 30, 1, 1_000_000),
    actions: checkWord('actions', options.actions ?? 'factored', ['factored', 'flat']),
    nothing: checkFlag('nothing', options.nothing ?? true),
    timings: checkWhole('timings', options.timings ?? 4, 3, 4) as 3 | 4,
    marginShare: number('marginShare', 0.4, 0, 1),
    emailCost: number('emailCost', 0.02, 0, 100),
    smsCost: number('smsCost', 0.1, 0, 100),
    pushCost: number('pushCost', 0.01, 0, 100),
    emailFatigue: number('emailFatigue', 1, 0, 100),
    smsFatigue: number('smsFatigue', 1.5, 0, 100),
    pushFatigue: number('pushFatigue', 0.8, 0, 100),
    fatigueKept: number('fatigueKept', 0.75, 0, 1),
    tolerance: number('tolerance', 1, 1e-3, 1e3),
    leaveRate: number('leaveRate', 0.01, 0, 1),
  }
}

/** Looked at only as far as a typing error goes; a workbook is checked as it is read. */
function tablesOf(tables: unknown): OffersOptions['tables'] {
  const given = tables as Partial<Behaviour> | null | undefined
  if (given === undefined || typeof given === 'string' || (given?.users && given.sessions && given.actions))
    return given as OffersOptions['tables']
  throw new RangeError(`tables is ${JSON.stringify(tables)}; it must be behaviour or the path of a workbook`)
}
