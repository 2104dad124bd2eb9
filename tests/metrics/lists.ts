/** Random ranked lists and relevant sets for the ranking metrics' tests. */
import fc from 'fast-check'

export const items = 20
const item = fc.integer({ min: 0, max: items - 1 })

/** A ranked list without duplicates, a set of relevant items, and a cut-off. */
export const ranking = fc.record({
  ranked: fc.uniqueArray(item, { maxLength: items }),
  relevant: fc.uniqueArray(item, { maxLength: items }).map(ids => new Set(ids)),
  k: fc.integer({ min: 1, max: items + 5 }),
})

/** What every metric over a ranked list refuses. */
export const badLists: readonly [string, number[], number, string][] = [
  ['k 0', [1, 2], 0, 'k is 0'],
  ['k 1.5', [1, 2], 1.5, 'k is 1.5'],
  ['k NaN', [1, 2], Number.NaN, 'k is NaN'],
  ['a duplicate', [3, 1, 3], 2, 'item 3 stands twice'],
  ['NaN as an id', [3, Number.NaN], 2, 'ranked[1] is NaN'],
]
