/**
 * The business metrics of recorded sessions, as tidy rows: all sessions together, by segment or one by one. Every column's formula stands
 * in a file of its own name.
 *
 * DataFrames and files come in as `recordedFromRows(frameRows(frame))` and go out as `toDataFrame(rows)`, `writeRows(file, rows)`.
 */
import { checkWord } from '../data/check'
import { averageOrderValue } from './average-order-value'
import { buyThroughRate } from './buy-through-rate'
import { clickThroughRate } from './click-through-rate'
import { conversionRate } from './conversion-rate'
import { type EventTotals, eventTotals } from './event-totals'
import { allSessions, bySegment, bySession, type SessionGroups } from './group-sessions'
import { messageCost } from './message-cost'
import { profit } from './profit'
import { purchaseFunnel } from './purchase-funnel'
import { purchaseMargin } from './purchase-margin'
import type { RecordedEvents } from './recorded-events'
import { revenue } from './revenue'
import { sessionLength } from './session-length'
import { sessionReturnRate } from './session-return-rate'

/** Counts and money are sums over the sessions; what a shop does not have is 0. */
export interface BusinessMetrics {
  readonly sessions: number
  /** Mean return of a session, bonuses left out. */
  readonly reward: number
  /** Mean steps of a session. */
  readonly sessionLength: number
  readonly impressions: number
  readonly clicks: number
  readonly clickThroughRate: number
  readonly buyThroughRate: number
  readonly conversionRate: number
  /** The funnel: counts of events, and the share that came from each stage to the next (1 less the drop-off). */
  readonly views: number
  readonly likes: number
  readonly carts: number
  readonly purchases: number
  readonly viewToLike: number
  readonly likeToCart: number
  readonly cartToPurchase: number
  /** Money. */
  readonly revenue: number
  readonly margin: number
  readonly messageCost: number
  readonly profit: number
  readonly averageOrderValue: number
  /** Share of the sessions after which the shopper came back. */
  readonly returnRate: number
}

/** @throws RangeError when there is no session */
export function businessMetrics(events: RecordedEvents): BusinessMetrics {
  checkEvents(events)
  return metricsOfGroups(events, allSessions(events))[0]!
}

/**
 * A row for each segment, in the order in which they first appear, or for each session: { segment, … } and { session, segment, … }.
 *
 * @throws RangeError when there is no session, or `by` is another word
 */
export function businessMetricsBy(events: RecordedEvents, by: 'segment'): (BusinessMetrics & { readonly segment: string })[]
export function businessMetricsBy(
  events: RecordedEvents,
  by: 'session',
): (BusinessMetrics & { readonly session: number; readonly segment: string })[]
export function businessMetricsBy(events: RecordedEvents, by: 'segment' | 'session'): (BusinessMetrics & { readonly segment: string })[] {
  checkEvents(events)
  checkWord('by', by, ['segment', 'session'])
  return by === 'segment' ? metricsOfGroups(events, bySegment(events)) : metricsOfGroups(events, bySession(events))
}

function checkEvents({ sessions }: RecordedEvents): void {
  if (sessions?.number === undefined) {
    throw new RangeError('events are no recorded events; playSessions and eventRecorder make them, and recordedFromRows(rows) of rows')
  }
  if (sessions.count === 0) throw new RangeError('events has no session; record at least one')
}

function metricsOfGroups<Name>(events: RecordedEvents, { group, names }: SessionGroups<Name>): (Name & BusinessMetrics)[] {
  const lengths: number[][] = names.map(() => [])
  group.forEach((to, row) => {
    lengths[to]!.push(events.sessions.length[row]!)
  })
  return eventTotals(events, group, names.length).map((totals, at) => ({ ...names[at]!, ...metricsOf(totals, lengths[at]!) }))
}

function metricsOf(totals: EventTotals, lengths: readonly number[]): BusinessMetrics {
  const { count, sessions } = totals
  const [impressions, clicks, views, likes, carts, purchases] = [
    count('impression'),
    count('click'),
    count('view'),
    count('like'),
    count('cart'),
    count('purchase'),
  ]
  const [, like, cart, purchase] = purchaseFunnel({ view: views, like: likes, cart: carts, purchase: purchases })
  return {
    sessions,
    reward: totals.reward / sessions,
    sessionLength: sessionLength(lengths),
    impressions,
    clicks,
    clickThroughRate: clickThroughRate(clicks, impressions),
    buyThroughRate: buyThroughRate(purchases, impressions),
    conversionRate: conversionRate(purchases, clicks),
    views,
    likes,
    carts,
    purchases,
    viewToLike: like!.rate,
    likeToCart: cart!.rate,
    cartToPurchase: purchase!.rate,
    revenue: revenue(totals),
    margin: purchaseMargin(totals),
    messageCost: messageCost(totals),
    profit: profit(totals),
    averageOrderValue: averageOrderValue(revenue(totals), purchases),
    returnRate: sessionReturnRate(count('return'), sessions),
  }
}
