import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type SimshopCatalogue,
  simshopBrands,
  simshopCatalogue,
  simshopCategories,
  simshopColours,
  simshopSubcategories,
} from '../../src/data/simshop-catalogue'
import { meanAndError } from '../envs/support'

const columns = ['category', 'subcategory', 'brand', 'colour', 'price', 'quality', 'popularity', 'age'] as const
const rowOf = (catalogue: SimshopCatalogue, item: number) => [...columns.map(column => catalogue[column][item]!), catalogue.labels[item]]

test('every item of any catalogue is what the lists and ranges allow', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 80 }), fc.double({ min: 0, max: 1, noNaN: true }), (seed, count, newItems) => {
      const catalogue = simshopCatalogue(count, seed, newItems)
      expect(new Set(catalogue.labels).size).toBe(count)
      for (let item = 0; item < count; item++) {
        const [category, subcategory, brand, colour, price, quality, popularity, age] = rowOf(catalogue, item) as number[]
        expect(category).toBeLessThan(simshopCategories.length)
        expect(simshopCategories[category!]![1]).toContain(simshopSubcategories[subcategory!])
        expect(brand).toBeLessThan(simshopBrands.length)
        expect(colour).toBeLessThan(simshopColours.length)
        expect(price).toBeGreaterThan(0)
        expect(Math.round(price! * 100) / 100).toBe(price)
        expect(quality! >= 0 && quality! <= 1).toBe(true)
        expect(Math.round(quality! * 1000) / 1000).toBe(quality)
        expect(popularity).toBeGreaterThanOrEqual(0)
        expect(age! >= 0 && age! <= 730).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('the same seed gives the same catalogue, another seed another; a smaller one is the beginning of a larger one', () => {
  const [small, large] = [simshopCatalogue(20, 3), simshopCatalogue(50, 3)]
  for (let item = 0; item < 20; item++) expect(rowOf(small, item)).toEqual(rowOf(large, item))
  expect(simshopCatalogue(20, 3)).toEqual(small)
  expect(simshopCatalogue(20, 4).price).not.toEqual(small.price)
})

// Means: e^(3.5 + .75² / 2), 1/2, 20 + 80/2 and 365. Of the logarithm of the price 3.5 and .75; of (popularity - rate)² / rate, with the
// rate 20 + 80 quality, 1, as of any Poisson count. Within four errors of 40,000 items.
test('prices, quality, popularity and age are distributed as stated', () => {
  const { price, quality, popularity, age, category, subcategory, brand, colour } = simshopCatalogue(40_000, 1)
  const near = (values: ArrayLike<number>, expected: number) => {
    const { mean, error } = meanAndError(Array.from(values))
    expect(Math.abs(mean - expected)).toBeLessThan(4 * error)
  }
  near(price, Math.exp(3.5 + 0.75 ** 2 / 2))
  near(price.map(Math.log), 3.5)
  near(
    price.map(value => (Math.log(value) - 3.5) ** 2),
    0.75 ** 2,
  )
  near(quality, 0.5)
  near(popularity, 60)
  near(
    quality.map((value, item) => (popularity[item]! - (20 + 80 * value)) ** 2 / (20 + 80 * value)),
    1,
  )
  near(age, 365)
  for (const [ids, count] of [
    [category, 7],
    [subcategory, 21],
    [brand, 15],
    [colour, 6],
  ] as const)
    for (let id = 0; id < count; id++)
      near(
        ids.map(value => Number(value === id)),
        1 / count,
      )
})

test('a share of new items has popularity 0 and was released today; a larger share has those of a smaller one; nothing else changes', () => {
  const plain = simshopCatalogue(40, 5)
  const newOf = (share: number) => {
    const catalogue = simshopCatalogue(40, 5, share)
    const fresh = [...catalogue.age.keys()].filter(item => catalogue.age[item] !== plain.age[item])
    for (const item of fresh) expect([catalogue.popularity[item], catalogue.age[item]]).toEqual([0, 0])
    expect({ ...catalogue, popularity: 0, age: 0 }).toEqual({ ...plain, popularity: 0, age: 0 })
    return fresh
  }
  const [none, some, more, all] = [0, 0.25, 0.5, 1].map(newOf) as [number[], number[], number[], number[]]
  expect([none.length, some.length, more.length, all.length]).toEqual([0, 10, 20, 40])
  expect(some.every(item => more.includes(item))).toBe(true)
})

test('a bad argument is refused with its name, its value and what is allowed', () => {
  expect(() => simshopCatalogue(0, 1)).toThrow('items is 0; it must be a whole number between 1 and 100000')
  expect(() => simshopCatalogue(5, Number.NaN)).toThrow('dataSeed is NaN')
  expect(() => simshopCatalogue(5, 1, 1.5)).toThrow('newItems is 1.5; it must be a number between 0 and 1')
})
