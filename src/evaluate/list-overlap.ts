/** How far ranked lists agree: of two lists, how many items stand in both, on average over all pairs of lists. For networks asked the same question. */

/**
 * @param lists item ids, no duplicates within a list; at least two lists
 * @throws RangeError with fewer than two lists
 */
export function listOverlap(lists: readonly ArrayLike<number>[]): number {
  if (lists.length < 2) throw new RangeError(`there are ${lists.length} lists; at least two are needed to compare them`)
  let [shared, pairs] = [0, 0]
  lists.forEach((list, at) => {
    const items = new Set(Array.from(list))
    for (const other of lists.slice(at + 1)) {
      shared += Array.from(other).filter(item => items.has(item)).length
      pairs++
    }
  })
  return shared / pairs
}
