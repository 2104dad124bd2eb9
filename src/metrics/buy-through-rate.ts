import { rate } from './rate'

/**
 * Buy-through rate: purchases / impressions, as SimShop counts it beside the click-through rate (src/envs/simshop.ts: its published BTR and
 * its reward). So it is the click-through rate times the conversion rate, where all purchases follow clicks. 0 without an impression.
 *
 * @throws RangeError when a count is negative or NaN
 */
export function buyThroughRate(purchases: number, impressions: number): number {
  return rate(purchases, impressions, ['purchases', 'impressions'])
}
