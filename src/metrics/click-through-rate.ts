import { rate } from './rate'

/**
 * Click-through rate: clicks / impressions (the guide, "Online Metrics"). 0 without an impression.
 *
 * @throws RangeError when a count is negative or NaN
 */
export function clickThroughRate(clicks: number, impressions: number): number {
  return rate(clicks, impressions, ['clicks', 'impressions'])
}
