/** What there is in a shop's tables, counted: the numbers behind the figures about its data. */
import { max, mean, min } from 'simple-statistics'
import { hourOf, weekdayOf } from '../data/calendar'
import { splitSessions } from '../data/sessions'
import type { ShopTables } from '../data/tables'

/** Bars of a histogram: where they stand and how high they are. */
export interface Bins {
  readonly middles: number[]
  readonly counts: number[]
}

export interface ShopCounts {
  readonly ages: Bins
  readonly youngest: number
  readonly oldest: number
  /** Words with how often each occurs, the most frequent first. */
  readonly genders: [string, number][]
  readonly locations: [string, number][]
  readonly categories: [string, number][]
  readonly prices: Bins
  readonly highestPrice: number
  readonly ratings: Bins
  readonly meanRating: number
  /** [items]: interactions of each item, the most popular first. */
  readonly popularity: number[]
  /** [users]: interactions of each shopper, the busiest first. */
  readonly activity: number[]
  /** Interactions that are there, or 1, to divide by. */
  readonly total: number
  /** By the codes of `interactionEvents`: ignored, clicked, bought. */
  readonly byEvent: number[]
  /** [24], UTC */
  readonly byHour: number[]
  /** [7], Sunday first, UTC */
  readonly byWeekday: number[]
  /** Sessions by their number of interactions. */
  readonly sessions: Bins
  readonly sessionCount: number
  readonly meanSession: number
}

const AGE_BIN = 5
const PRICE_BINS = 12
const RATING_BIN = 0.25
const MOST_LENGTHS = 20

export function shopCounts({ users, items, interactions }: ShopTables): ShopCounts {
  const byItem = new Float64Array(items.count)
  const byUser = new Float64Array(users.count)
  const byEvent = [0, 0, 0]
  const byHour = new Array<number>(24).fill(0)
  const byWeekday = new Array<number>(7).fill(0)
  for (let row = 0; row < interactions.count; row++) {
    byItem[interactions.item[row]!]! += 1
    byUser[interactions.user[row]!]! += 1
    if (interactions.event.length > 0) byEvent[interactions.event[row]!]! += 1
    byHour[hourOf(interactions.timestamp[row]!)]! += 1
    byWeekday[weekdayOf(interactions.timestamp[row]!)]! += 1
  }
  const ages = Array.from(users.age)
  const highestPrice = largest(items.price)
  const { lengths } = splitSessions(interactions)
  return {
    ages: histogram(ages, AGE_BIN),
    youngest: ages.length ? min(ages) : Number.NaN,
    oldest: largest(ages),
    genders: counted(users.gender),
    locations: counted(users.location),
    categories: counted(items.categories),
    prices: histogram(items.price, niceWidth(highestPrice / PRICE_BINS)),
    highestPrice,
    ratings: histogram(items.rating, RATING_BIN),
    meanRating: average(items.rating),
    popularity: Array.from(byItem).sort((a, b) => b - a),
    activity: Array.from(byUser).sort((a, b) => b - a),
    total: interactions.count || 1,
    byEvent,
    byHour,
    byWeekday,
    sessions: wholeNumbers(lengths),
    sessionCount: lengths.length,
    meanSession: average(lengths),
  }
}

/** What the first fifth has of the whole, from 0 to 1; `sorted` with the largest first. */
export function shareOfTopFifth(sorted: readonly number[]): number {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  return sum(sorted.slice(0, Math.ceil(sorted.length / 5))) / (sum(sorted) || 1)
}

/** Counts in bins [0, width), [width, 2 width) and so on, from the first that holds something to the last. */
function histogram(values: ArrayLike<number>, width: number): Bins {
  const bins = Array.from(values, value => Math.floor(value / width))
  if (bins.length === 0) return { middles: [], counts: [] }
  const first = min(bins)
  const counts = new Array<number>(max(bins) - first + 1).fill(0)
  for (const bin of bins) counts[bin - first]! += 1
  return { middles: counts.map((_, at) => Number(((first + at + 0.5) * width).toPrecision(6))), counts }
}

/** A bar for each whole number while there are few of them; wider bars where there are many. */
function wholeNumbers(values: ArrayLike<number>): Bins {
  const width = niceWidth(largest(values) / MOST_LENGTHS)
  if (width > 1) return histogram(values, width)
  const { middles, counts } = histogram(values, 1)
  return { middles: middles.map(Math.floor), counts }
}

/** The nearest width above that people count in: 1, 2 or 5 times a power of ten. */
function niceWidth(width: number): number {
  if (!(width > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(width))
  return power * ([1, 2, 5].find(step => step * power >= width) ?? 10)
}

function counted(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Array.from(counts).sort((a, b) => b[1] - a[1])
}

const largest = (values: ArrayLike<number>): number => (values.length ? max(Array.from(values)) : Number.NaN)
const average = (values: ArrayLike<number>): number => (values.length ? mean(Array.from(values)) : Number.NaN)
