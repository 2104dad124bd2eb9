import type { EventTotals } from './event-totals'

/** What the messages cost to send, in money; their events have it as their price. */
export function messageCost(totals: Pick<EventTotals, 'price'>): number {
  return totals.price('message')
}
