import type { EventTotals } from './event-totals'

/** Revenue: what shoppers paid, the prices of all purchases, in money. */
export function revenue(totals: Pick<EventTotals, 'price'>): number {
  return totals.price('purchase')
}
