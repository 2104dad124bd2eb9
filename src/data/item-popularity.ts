/** How often each item was wanted: the count behind popularity rankings and novelty. */
import type { Interactions } from './tables'

/**
 * @param items how many items there are
 * @returns [items]: interactions with a weight above 0
 */
export function itemPopularity(interactions: Interactions, items: number): Int32Array {
  const counts = new Int32Array(items)
  for (let row = 0; row < interactions.count; row++) if (interactions.weight[row]! > 0) counts[interactions.item[row]!]!++
  return counts
}
