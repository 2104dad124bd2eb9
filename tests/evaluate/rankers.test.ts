import { expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { amongItems, popularityRanker, profileRanker, randomRanker, tasteRanker } from '../../src/evaluate/rankers'
import { log } from '../data/log'

// Four items on two axes: 0 and 1 to the right, 2 and 3 upwards.
const items = { ...generateTables({ users: 1, items: 4, interactions: 0 }).items, embeddings: Float64Array.of(1, 0, 2, 0.1, 0, 1, 0.3, 3) }
const shop = { items, width: 2 }
const all = log([
  [0, 2, 1, 1],
  [1, 3, 2, 0.5],
  [2, 3, 3, 1],
  [3, 0, 4, 0],
  [3, 0, 5, 0],
])

test('popularity counts what was taken, the same for everybody, ties by the lower item', () => {
  const rank = popularityRanker(all, 4)
  expect(rank(0)).toEqual([3, 2, 0, 1])
  expect(rank(99)).toEqual([3, 2, 0, 1])
  rank(0).reverse()
  expect(rank(0)).toEqual([3, 2, 0, 1])
})

test('a profile ranks by resemblance to what the user took', () => {
  const rank = profileRanker(all, shop)
  expect(rank(0)).toEqual([2, 3, 1, 0])
  // The user's own item first, length does not count.
  expect(rank(1)).toEqual([3, 2, 1, 0])
})

test('who only ignored is as unknown as who never came, and gets a random order that stays', () => {
  const rank = profileRanker(all, shop, 4)
  for (const user of [3, 50]) {
    expect([...rank(user)].sort()).toEqual([0, 1, 2, 3])
    expect(rank(user)).toEqual(rank(user))
    expect(rank(user)).toEqual(randomRanker(4, 4)(user))
  }
})

test('random orders differ between users and seeds', () => {
  const orders = (seed: number) => [0, 1, 2, 3, 4, 5].map(user => randomRanker(20, seed)(user).join())
  expect(new Set([...orders(1), ...orders(2)]).size).toBe(12)
})

test("taste ranks by the user's own embedding", () => {
  const { users } = generateTables({ users: 2, items: 4, interactions: 0 })
  const rank = tasteRanker({ ...shop, users: { ...users, embeddings: Float64Array.of(1, 0, 0, 5) } })
  expect(rank(0)).toEqual([0, 1, 3, 2])
  expect(rank(1)).toEqual([2, 3, 1, 0])
})

test('among some items the order stays and the others are gone', () => {
  const rank = amongItems(popularityRanker(all, 4), user => new Set(user === 0 ? [0, 2] : []))
  expect(rank(0)).toEqual([2, 0])
  expect(rank(1)).toEqual([])
})
