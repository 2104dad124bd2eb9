/** A shopper's features in the document's words. */
import { messageChannels } from '../data/offers-behaviour'
import { featureCount } from '../data/offers-features'
import { preferredChannel } from '../data/offers-rfm'

/** A discount sensitivity from which on a shopper is called sensitive: half of the purchases with a discount. */
const sensitiveFrom = 0.5

/**
 * The lines of the document's sample output:
 *
 * ```
 * State Features:
 * - Recency: 2.00 days
 * - Frequency: 8 sessions
 * - Monetary Value: $142.50
 * - Engagement Score: 0.82
 * - Discount Sensitive: Yes
 * - Preferred Channel: email
 * ```
 *
 * @param row the ten features as they are, not standardised: a row of `behaviourFeatures(...).table`, or `shopperFeatures` of the shop
 */
export function describeFeatures(row: ArrayLike<number>): string {
  if (row.length !== featureCount) throw new RangeError(`row has ${row.length} numbers; it must have the ${featureCount} features`)
  return [
    'State Features:',
    `- Recency: ${row[0]!.toFixed(2)} days`,
    `- Frequency: ${Math.round(row[1]!)} sessions`,
    `- Monetary Value: $${row[2]!.toFixed(2)}`,
    `- Engagement Score: ${row[3]!.toFixed(2)}`,
    `- Discount Sensitive: ${row[4]! >= sensitiveFrom ? 'Yes' : 'No'}`,
    `- Preferred Channel: ${messageChannels[preferredChannel(row)]}`,
  ].join('\n')
}
