import { describe, expect, test } from 'vitest'
import { marketplaceCategories, productTitle, titlesIn } from '../../src/data/marketplace-categories'
import { chosenShare, generateProducts } from '../../src/data/marketplace-products'
import { ageGroup, generateUsers } from '../../src/data/marketplace-users'

describe('products', () => {
  test('the same seed gives the same products, another seed gives others', () => {
    expect(generateProducts(1, 50)).toEqual(generateProducts(1, 50))
    expect(generateProducts(1, 50).price).not.toEqual(generateProducts(2, 50).price)
  })

  test('a larger catalogue begins with a smaller one', () => {
    const [small, large] = [generateProducts(7, 30), generateProducts(7, 200)]
    expect(large.titles.slice(0, 30)).toEqual(small.titles)
    expect(large.price.subarray(0, 30)).toEqual(small.price)
    expect(large.style.subarray(0, 150)).toEqual(small.style)
  })

  test('two thousand products have two thousand titles', () => {
    const { titles, category } = generateProducts(42, 2000)
    expect(new Set(titles).size).toBe(2000)
    for (let kind = 0; kind < 10; kind++) expect(category.filter(found => found === kind).length).toBe(200)
  })

  test('titles are numbered when they run out', () => {
    const kind = marketplaceCategories[0]!
    expect(titlesIn(kind)).toBe(40)
    const order = Int32Array.from({ length: 40 }, (_, at) => at)
    expect(productTitle(kind, order, 0)).toBe('Classic Headphones')
    expect(productTitle(kind, order, 39)).toBe('Festive Keyboard')
    expect(productTitle(kind, order, 41)).toBe('Nordic Headphones No. 2')
  })

  test('new products have popularity 0 and a price to match; the others stay as they were', () => {
    const [plain, some] = [generateProducts(42, 200), generateProducts(42, 200, 0.25)]
    expect(some.isNew.reduce((sum, flag) => sum + flag, 0)).toBe(50)
    for (let product = 0; product < 200; product++) {
      expect(some.quality[product]).toBe(plain.quality[product])
      if (!some.isNew[product]) {
        expect([some.popularity[product], some.price[product]]).toEqual([plain.popularity[product], plain.price[product]])
        continue
      }
      expect(some.popularity[product]).toBe(0)
      if (some.price[product]! > 5) {
        // .8 instead of .8 + popularity; both are rounded to cents.
        const expected = (plain.price[product]! * 0.8) / (0.8 + plain.popularity[product]!)
        expect(Math.abs(some.price[product]! - expected)).toBeLessThanOrEqual(0.0101)
      }
    }
  })

  test('a larger share has the rows of a smaller one and more', () => {
    const [few, more] = [chosenShare(1, 'new products', 100, 0.1), chosenShare(1, 'new products', 100, 0.4)]
    expect(few.reduce((sum, flag) => sum + flag, 0)).toBe(10)
    few.forEach((flag, row) => {
      if (flag) expect(more[row]).toBe(1)
    })
    expect(chosenShare(1, 'new products', 100, 1).every(flag => flag === 1)).toBe(true)
    expect(chosenShare(1, 'new products', 100, 0).some(flag => flag === 1)).toBe(false)
  })
})

describe('shoppers', () => {
  test('the same seed gives the same shoppers, and more of them begin with the same', () => {
    const [small, large] = [generateUsers(3, 20), generateUsers(3, 80)]
    expect(generateUsers(3, 20)).toEqual(small)
    expect(large.preference.subarray(0, 200)).toEqual(small.preference)
    expect(large.exploration.subarray(0, 20)).toEqual(small.exploration)
    expect(large.income.subarray(0, 20)).toEqual(small.income)
  })

  test('sensitivities and exploration lie between 0 and 1', () => {
    const { priceSensitivity, qualitySensitivity, exploration } = generateUsers(1, 5000)
    for (const column of [priceSensitivity, qualitySensitivity, exploration]) {
      expect(Math.min(...column)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...column)).toBeLessThanOrEqual(1)
    }
  })

  test('being new changes nothing else', () => {
    const [plain, some] = [generateUsers(5, 40), generateUsers(5, 40, 0.5)]
    expect(some.isNew.reduce((sum, flag) => sum + flag, 0)).toBe(20)
    expect({ ...some, isNew: plain.isNew }).toEqual(plain)
  })

  test('age groups begin at 30 and at 50', () => {
    expect([29, 30, 49, 50].map(ageGroup)).toEqual(['young', 'middle', 'middle', 'older'])
  })
})
