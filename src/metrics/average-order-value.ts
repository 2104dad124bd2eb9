import { checkNumber } from '../data/check'
import { rate } from './rate'

/**
 * Average order value: revenue / orders, in money. 0 without an order.
 *
 * Every purchase is an order here, as every event of a purchase has a price of its own.
 *
 * @throws RangeError when the revenue or the number of orders is negative or NaN
 */
export function averageOrderValue(revenue: number, orders: number): number {
  return rate(checkNumber('revenue', revenue, 0, Number.MAX_VALUE), orders, ['revenue', 'orders'])
}
