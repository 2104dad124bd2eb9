import { checkRanked } from './ranked-list'

/**
 * How often each item of the catalogue stands among the first k of a list: what coverage and its like are computed from.
 *
 * @param ranked  one list of item ids for each user, best first, no duplicates
 * @param items   items in the catalogue; ids are 0 to items - 1
 * @param k       cut-off, at least 1
 * @returns [items]
 * @throws RangeError when k is below 1, a list holds an item twice, or an id lies outside the catalogue
 */
export function countShown(ranked: readonly ArrayLike<number>[], items: number, k: number): Int32Array {
  if (!Number.isInteger(items) || items < 1) throw new RangeError(`items is ${items}; a catalogue holds a whole number of at least 1`)
  const counts = new Int32Array(items)
  for (const list of ranked) {
    checkRanked(list, k)
    for (let rank = 0; rank < Math.min(k, list.length); rank++) {
      const item = list[rank]!
      if (item < 0 || item >= items) throw new RangeError(`item ${item} lies outside the catalogue; ids are 0 to ${items - 1}`)
      counts[item]!++
    }
  }
  return counts
}
