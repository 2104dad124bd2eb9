import { rate } from './rate'

/**
 * Conversion rate: purchases / clicks (the guide, "Online Metrics"). 0 without a click.
 *
 * @throws RangeError when a count is negative or NaN
 */
export function conversionRate(purchases: number, clicks: number): number {
  return rate(purchases, clicks, ['purchases', 'clicks'])
}
