import { expect, test } from 'vitest'
import { generateInteractionLog } from '../../src/data/interaction-log'
import { relevantByQuantile } from '../../src/data/interaction-log-relevance'
import { temporalSplit } from '../../src/data/temporal-split'
import { log } from './log'

// Of .1 .2 .3 .4 the quantile .75 lies at place 2.25: .3 + .25 · .1 = .325. Of .1 .3 .5 at place 1.5: .4. Of .2 alone it is .2.
const few = log([
  [0, 0, 1, 0.1],
  [0, 1, 2, 0.4],
  [0, 2, 3, 0.3],
  [0, 3, 4, 0.2],
  [1, 5, 5, 0.1],
  [1, 6, 6, 0.3],
  [1, 7, 7, 0.5],
  [2, 8, 8, 0.2],
])

test('relevant is what lies in the top quarter of the weights of a user', () => {
  expect(relevantByQuantile(few, 4)).toEqual([new Set([1]), new Set([7]), new Set([8]), new Set()])
  expect(relevantByQuantile(few, 4, { quantile: 0.5 })).toEqual([new Set([1, 2]), new Set([6, 7]), new Set([8]), new Set()])
  expect(relevantByQuantile(few, 3, { quantile: 0 })[0]).toEqual(new Set([0, 1, 2, 3]))
})

test('an item met again counts by its latest weight, and a weight of 0 is never relevant', () => {
  const again = log([
    [0, 0, 1, 0.9],
    [0, 1, 2, 0.5],
    [0, 0, 3, 0.1],
    [1, 4, 4, 0],
  ])
  expect(relevantByQuantile(again, 2)).toEqual([new Set([1]), new Set()])
})

test('thresholds may come from the whole log, where only a part is asked about', () => {
  const tables = generateInteractionLog()
  const { test: held } = temporalSplit(tables)
  const all = relevantByQuantile(tables.interactions, tables.users.count)
  const part = relevantByQuantile(held, tables.users.count, { thresholdsFrom: tables.interactions })
  for (const [user, items] of part.entries()) for (const item of items) expect(all[user]!.has(item)).toBe(true)
  const share = (sets: Set<number>[], rows: number) => sets.reduce((sum, set) => sum + set.size, 0) / rows
  // A little more than a quarter, since a user of n rows has the upper quarter rounded up.
  expect(share(all, tables.interactions.count)).toBeGreaterThan(0.25)
  expect(share(all, tables.interactions.count)).toBeLessThan(0.32)
  expect(share(part, held.count)).toBeGreaterThan(0.25)
})

test('a quantile out of range is refused', () => {
  expect(() => relevantByQuantile(few, 3, { quantile: 75 })).toThrow('quantile is 75; it must be a number between 0 and 1')
  expect(() => relevantByQuantile(few, 3, { share: 0.25 } as never)).toThrow('relevantByQuantile has no option "share"')
})
