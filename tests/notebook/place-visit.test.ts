/** A visit that is placed is the visit that was lived through. */
import { expect, test } from 'vitest'
import { candyStore } from '../../src/envs/candy-store'
import { placeVisit } from '../../src/notebook/place-visit'

const options = { users: 20, items: 10 }

test('a placed visit is observed as the one that led there', () => {
  const shop = candyStore(1, options)
  shop.reset(3)
  const taken: number[] = []
  for (let step = 0; step < 7; step++) {
    shop.step(Int32Array.of(step))
    if (shop.chosen[0] === 0) taken.push(step)
  }
  expect(taken.length).toBeGreaterThan(0)
  const placed = candyStore(1, options)
  placed.reset(3)
  expect(placeVisit(placed, 7, taken)).toEqual(shop.observations)
})

test('gives the row of one copy, and a copy of it', () => {
  const shop = candyStore(3, options)
  shop.reset(3)
  const row = placeVisit(shop, 2, [5])
  expect(row).toHaveLength(shop.spec.width)
  shop.step(Int32Array.of(0, 0, 0))
  expect(row[shop.spec.width - 2]).toBeCloseTo(0.2)
})

test('refuses more items than steps, and steps behind the end', () => {
  const shop = candyStore(1, options)
  shop.reset(3)
  expect(() => placeVisit(shop, 1, [2, 3])).toThrow(RangeError)
  expect(() => placeVisit(shop, 10, [])).toThrow(RangeError)
})
