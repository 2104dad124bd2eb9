import type { EventTotals } from './event-totals'

/** Margin: what is left of the purchases' prices for the shop, offers taken off, before messages are paid; in money. */
export function purchaseMargin(totals: Pick<EventTotals, 'margin'>): number {
  return totals.margin('purchase')
}
