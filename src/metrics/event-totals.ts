/** Counts, prices and margins of events, added up by group and kind in one pass: what every business metric is a formula of. */
import { type EventKind, eventCode, eventKinds } from '../envs/events'
import type { RecordedEvents } from './recorded-events'

export interface EventTotals {
  /** How many sessions, and how many steps they had. */
  readonly sessions: number
  readonly steps: number
  /** Sum of the rewards, bonuses left out. */
  readonly reward: number
  /** How many events of a kind. */
  count(kind: EventKind): number
  /** The sum of their prices, and of their margins, in money. */
  price(kind: EventKind): number
  margin(kind: EventKind): number
}

/**
 * @param group  [sessions]: the group of each session, 0 to groups - 1
 * @returns [groups]
 */
export function eventTotals(events: RecordedEvents, group: ArrayLike<number>, groups: number): EventTotals[] {
  const kinds = eventKinds.length
  const [counts, prices, margins] = [0, 1, 2].map(() => new Float64Array(groups * kinds)) as [Float64Array, Float64Array, Float64Array]
  const { session, kind, price, margin, sessions, rewards } = events
  for (let at = 0; at < events.count; at++) {
    const cell = group[session[at]!]! * kinds + kind[at]!
    counts[cell]!++
    prices[cell]! += price[at]!
    margins[cell]! += margin[at]!
  }
  const [many, steps, reward] = [0, 1, 2].map(() => new Float64Array(groups)) as [Float64Array, Float64Array, Float64Array]
  let place = 0
  for (let row = 0; row < sessions.count; row++) {
    const to = group[row]!
    many[to]!++
    steps[to]! += sessions.length[row]!
    for (const end = place + sessions.length[row]!; place < end; place++) reward[to]! += rewards[place]!
  }
  return Array.from({ length: groups }, (_, at) => {
    const of = (sums: Float64Array) => (kind: EventKind) => sums[at * kinds + eventCode[kind]]!
    return { sessions: many[at]!, steps: steps[at]!, reward: reward[at]!, count: of(counts), price: of(prices), margin: of(margins) }
  })
}
