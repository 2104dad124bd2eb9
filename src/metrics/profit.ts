import { eventKinds } from '../envs/events'
import type { EventTotals } from './event-totals'

/**
 * Profit: the margins of all events, in money. A purchase has a margin, a message has what it cost as a negative one, so profit is
 * the margin of the purchases less the cost of the messages; `evaluate`'s `profits` are the same of each visit.
 */
export function profit(totals: Pick<EventTotals, 'margin'>): number {
  return eventKinds.reduce((sum, kind) => sum + totals.margin(kind), 0)
}
