/**
 * What every ranking metric asks of its input: ids that are whole numbers, none twice, and a cut-off of at least 1.
 *
 * A ranked list has no ties: whoever makes it from scores has to choose between equal ones.
 */

/**
 * @param ranked  item ids, best first
 * @param k       cut-off
 * @throws RangeError when k is not a whole number of at least 1, an id is not a whole number, or an item stands in the list twice
 */
export function checkRanked(ranked: ArrayLike<number>, k: number): void {
  checkCutOff(k)
  const seen = new Set<number>()
  for (let rank = 0; rank < ranked.length; rank++) {
    const item = ranked[rank]!
    if (!Number.isInteger(item)) throw new RangeError(`ranked[${rank}] is ${item}; item ids are whole numbers`)
    if (seen.has(item))
      throw new RangeError(`item ${item} stands twice in the ranked list, again at position ${rank}; remove the duplicate`)
    seen.add(item)
  }
}

/** @throws RangeError when k is not a whole number of at least 1 */
export function checkCutOff(k: number): void {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k is ${k}; the cut-off is a whole number of at least 1`)
}

/** @throws RangeError when there are no lists, or not one set of relevant items for each */
export function checkUsers(ranked: readonly unknown[], relevant: readonly unknown[]): void {
  if (ranked.length === 0) throw new RangeError('ranked holds no list; give one for each user')
  if (ranked.length !== relevant.length) {
    throw new RangeError(`ranked holds ${ranked.length} lists and relevant ${relevant.length} sets; give one of each for every user`)
  }
}
