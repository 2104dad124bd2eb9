import { checkRanked } from './ranked-list'

/**
 * Catalogue coverage at k: the share of the catalogue that appears in at least one user's first k
 * (Ge, Delgado-Battenfeld & Jannach 2010; the guide, "Diversity Metrics").
 *
 * Between 0 (no recommendations) and 1 (every item is shown to somebody).
 *
 * @param ranked  one list of item ids for each user, best first, no duplicates
 * @param items   items in the catalogue; ids are 0 to items - 1
 * @param k       cut-off, at least 1
 * @throws RangeError when k is below 1, a list holds an item twice, or an id lies outside the catalogue
 */
export function catalogueCoverage(ranked: readonly ArrayLike<number>[], items: number, k: number): number {
  if (!Number.isInteger(items) || items < 1) throw new RangeError(`items is ${items}; a catalogue holds a whole number of at least 1`)
  const shown = new Set<number>()
  for (const list of ranked) {
    checkRanked(list, k)
    for (let rank = 0; rank < Math.min(k, list.length); rank++) {
      const item = list[rank]!
      if (item < 0 || item >= items) throw new RangeError(`item ${item} lies outside the catalogue; ids are 0 to ${items - 1}`)
      shown.add(item)
    }
  }
  return shown.size / items
}
