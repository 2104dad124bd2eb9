import { expect, test } from 'vitest'
import { offlineRanking } from '../../src/evaluate/offline-ranking'

const items = { features: new Float32Array([1, 0, 0, 1, 2, 0, 0, 3]), width: 2 }
const popularity = [4, 2, 1, 1]
const lists: Record<number, number[]> = { 7: [0, 1, 3], 8: [2, 0, 1] }
const rank = (user: number) => lists[user]!

// User 7 is shown 0 and 1 and likes 1 and 3; user 8 is shown 2 and 0 and likes both; user 9 likes nothing and is never asked.
const relevant = new Map([
  [7, new Set([1, 3])],
  [8, new Set([0, 2])],
  [9, new Set<number>()],
])

test('all metrics at k in one row, by hand', () => {
  const { ndcg, ...row } = offlineRanking({ rank, relevant, k: 2, items, popularity })
  expect(row).toEqual({
    k: 2,
    users: 2,
    precision: 0.75,
    recall: 0.75,
    meanAveragePrecision: (0.25 + 1) / 2,
    hitRate: 1,
    coverage: 0.75,
    diversity: 0.5,
    novelty: ((1 + 2) / 2 + (3 + 1) / 2) / 2,
  })
  const discount = 1 / Math.log2(3)
  expect(ndcg).toBeCloseTo((discount / (1 + discount) + 1) / 2, 14)
})

test('the order of users does not matter', () => {
  const turned = new Map([...relevant].reverse())
  expect(offlineRanking({ rank, relevant: turned, k: 2, items, popularity })).toEqual(
    offlineRanking({ rank, relevant, k: 2, items, popularity }),
  )
})

test('typed arrays serve as lists', () => {
  const typed = (user: number) => new Int32Array(rank(user))
  expect(offlineRanking({ rank: typed, relevant, k: 2, items, popularity })).toEqual(
    offlineRanking({ rank, relevant, k: 2, items, popularity }),
  )
})

test('nobody to measure, k 0 and a duplicate are refused', () => {
  expect(() => offlineRanking({ rank, relevant: new Map([[9, new Set<number>()]]), k: 2, items, popularity })).toThrow(
    'relevant names no user',
  )
  expect(() => offlineRanking({ rank, relevant, k: 0, items, popularity })).toThrow('k is 0')
  expect(() => offlineRanking({ rank: () => [1, 1], relevant, k: 2, items, popularity })).toThrow('item 1 stands twice')
})

test('coverage is a share of the catalogue, however large; what stands below k is not looked at', () => {
  const five = { features: new Float32Array([...items.features, 1, 1]), width: 2 }
  // Items 0, 1 and 2 of five.
  expect(offlineRanking({ rank, relevant, k: 2, items: five, popularity: [...popularity, 1] }).coverage).toBe(0.6)
  const again = (user: number) => [...rank(user).slice(0, 2), 3, 3]
  expect(offlineRanking({ rank: again, relevant, k: 2, items, popularity })).toEqual(
    offlineRanking({ rank, relevant, k: 2, items, popularity }),
  )
})
