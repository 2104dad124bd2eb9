import { countShown } from './count-shown'

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
  return countShown(ranked, items, k).filter(times => times > 0).length / items
}
