import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstDay } from '../../src/data/calendar'
import { generateProducts } from '../../src/data/marketplace-products'
import { readMarketplaceTables } from '../../src/data/marketplace-read-tables'
import { generateMarketplaceTables, writeMarketplaceTables } from '../../src/data/marketplace-tables'
import { generateUsers } from '../../src/data/marketplace-users'
import { ratingOf, tableText } from '../../src/data/shop-table'
import { simshopCatalogue } from '../../src/data/simshop-catalogue'
import { readSimshopTables, simshopTables, writeSimshopTables } from '../../src/data/simshop-tables'
import { UserError } from '../../src/data/user-error'
import { temporaryFolder } from './temporary'

const temporary = temporaryFolder()
let made = 0
const market = generateMarketplaceTables({ seed: 5, items: 12, users: 6, newItems: 0.5, newShoppers: 0.5 })
const goods = simshopTables(simshopCatalogue(6, 3))

/** The message that reading gives after a cell of a file has been changed; it must be a UserError. */
function refusal(shop: 'marketplace' | 'simshop', file: string, row: number, column: string, value: string | undefined): string {
  const folder = join(temporary, `changed ${made++}`)
  if (shop === 'marketplace') writeMarketplaceTables(market, folder)
  else writeSimshopTables(goods, folder)
  const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')
  const cells = lines[row]!.split(',')
  const place = lines[0]!.split(',').indexOf(column)
  expect(place).toBeGreaterThanOrEqual(0)
  if (value === undefined) cells.splice(place, 1)
  else cells[place] = value
  lines[row] = cells.join(',')
  writeFileSync(join(folder, file), `${lines.join('\n')}\n`)
  try {
    if (shop === 'marketplace') readMarketplaceTables(folder)
    else readSimshopTables(folder)
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as UserError).message.replaceAll(folder, 'shop')
  }
  throw new Error('it was read')
}

// 1 + 4 · .3286 = 2.3144.
test('the rating is 1 + 4 · quality, to two places', () => {
  expect([0, 0.3286, 0.5, 1].map(ratingOf)).toEqual([1, 2.31, 3, 5])
})

test('numbers are written with all their digits, and with the sign of -0', () => {
  const values = [0.1 + 0.2, 1e-7, -0, 1 / 3]
  const column = { name: 'x', what: '', cell: (shop: readonly number[], row: number) => shop[row]! }
  const text = tableText([column], values, 4)
  expect(text).toBe('x\n0.30000000000000004\n1e-7\n-0\n0.3333333333333333\n')
  expect(text.trim().split('\n').slice(1).map(Number)).toEqual(values)
})

describe('marketplace', () => {
  test('written and read back, the tables are equal bit for bit', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        share,
        share,
        (seed, items, users, newItems, newShoppers) => {
          const written = generateMarketplaceTables({ seed, items, users, newItems, newShoppers })
          const folder = join(temporary, 'market')
          writeMarketplaceTables(written, folder)
          expect(readMarketplaceTables(folder)).toEqual(written)
        },
      ),
      { numRuns: 15 },
    )
  })

  test('they are the products and shoppers of the seed; everybody signed up in the half year before the records begin', () => {
    expect(market.products).toEqual(generateProducts(5, 12, 0.5))
    expect(market.users).toEqual(generateUsers(5, 6, 0.5))
    for (const date of market.people.signupDate) expect(date < firstDay && date >= firstDay - 180 * 86_400).toBe(true)
  })

  test('the files are named and begin with the columns of every shop', () => {
    const folder = join(temporary, 'named')
    expect(writeMarketplaceTables(market, folder)).toEqual(['items.csv', 'users.csv', 'README.md'].map(name => join(folder, name)))
    expect(readdirSync(folder).sort()).toEqual(['README.md', 'items.csv', 'users.csv'])
    const header = (name: string) => readFileSync(join(folder, name), 'utf8').split('\n')[0]
    expect(header('items.csv')).toBe('item_id,title,category,price,rating,quality,popularity,s0,s1,s2,s3,s4,new')
    expect(header('users.csv')).toMatch(
      /^user_id,age,gender,location,signup_date,type,income,s0,.*,prefers_electronics,.*,exploration,new$/,
    )
    for (const column of header('users.csv')!.split(',')) expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(`| ${column} |`)
  })

  test.each([
    ['items.csv', 2, 'category', 'cars', 'shop/items.csv, line 3, column category: "cars" is not one of electronics, clothing, '],
    ['items.csv', 1, 'price', '0', 'shop/items.csv, line 2, column price: "0" is not a number between 0.01 and 1000000000'],
    ['items.csv', 1, 'quality', '1.2', 'shop/items.csv, line 2, column quality: "1.2" is not a number between 0 and 1'],
    [
      'items.csv',
      3,
      'rating',
      '4.99',
      /^shop\/items.csv, line 4, column rating: "4.99" is not \d\.\d+, which is 1 \+ 4 · quality to two places$/,
    ],
    ['items.csv', 4, 's2', '2', 'shop/items.csv, line 5, column s2: "2" is not a number between -1 and 1'],
    ['items.csv', 2, 'item_id', 'item_0', 'shop/items.csv, line 3, column item_id: "item_0" is not new: line 2 has the same id'],
    ['items.csv', 2, 'new', '2', 'shop/items.csv, line 3, column new: "2" is not a whole number between 0 and 1'],
    ['users.csv', 6, 'age', '17', 'shop/users.csv, line 7, column age: "17" is not a whole number between 18 and 70'],
    [
      'users.csv',
      1,
      'type',
      'miser',
      'shop/users.csv, line 2, column type: "miser" is not one of explorer, thrifty, premium, trend follower',
    ],
    ['users.csv', 1, 'income', '', 'shop/users.csv, line 2, column income: "" is not one of low, medium, high'],
    [
      'users.csv',
      1,
      's0',
      '1',
      /^shop\/users.csv, line 2, column s0: "1" is not part of a style of length 1: s0, s1, s2, s3, s4 have the length 1\.\d+$/,
    ],
    [
      'users.csv',
      2,
      'prefers_electronics',
      '1',
      /^shop\/users.csv, line 3, column prefers_electronics: "1" is not part of preferences that sum to 1: the ten sum to 1\.\d+$/,
    ],
    ['users.csv', 2, 'exploration', 'NaN', 'shop/users.csv, line 3, column exploration: "NaN" is not a number between 0 and 1'],
    ['users.csv', 2, 'gender', undefined, 'shop/users.csv, line 3: 25 cells, but the header has 26 columns'],
    ['users.csv', 0, 'exploration', 'curiosity', 'shop/users.csv, line 1: the header has no column exploration; it must have user_id,age,'],
  ] as const)('%s, row %i, %s %j is refused', (file, row, column, value, message) => {
    const said = refusal('marketplace', file, row, column, value)
    if (typeof message === 'string') expect(said).toContain(message)
    else expect(said).toMatch(message)
  })
})

describe('simshop', () => {
  test('written and read back, the tables are equal bit for bit', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 80 }), fc.double({ min: 0, max: 1, noNaN: true }), (seed, count, newItems) => {
        const written = simshopTables(simshopCatalogue(count, seed, newItems))
        const folder = join(temporary, 'goods')
        expect(writeSimshopTables(written, folder)).toEqual(['items.csv', 'README.md'].map(name => join(folder, name)))
        expect(readSimshopTables(folder)).toEqual(written)
      }),
      { numRuns: 15 },
    )
  })

  test('ids and titles of one’s own are kept, commas and quotes too', () => {
    const own = {
      itemIds: ['a', 'b, c', 'd', 'e', 'f', 'g'],
      catalogue: { ...goods.catalogue, labels: ['A "B", C', '2', '3', '4', '5', '6'] },
    }
    const folder = join(temporary, 'own')
    writeSimshopTables(own, folder)
    expect(readSimshopTables(folder)).toEqual(own)
  })

  test.each([
    ['category', 'Cars', 'shop/items.csv, line 2, column category: "Cars" is not one of Electronics, Clothing, '],
    ['subcategory', 'Car', 'shop/items.csv, line 2, column subcategory: "Car" is not one of Smartphone, Laptop, '],
    ['brand', 'BrandZ', 'shop/items.csv, line 2, column brand: "BrandZ" is not one of BrandA, BrandB, '],
    ['colour', 'Mauve', 'shop/items.csv, line 2, column colour: "Mauve" is not one of White, Black, '],
    ['popularity', '1.5', 'shop/items.csv, line 2, column popularity: "1.5" is not a whole number between 0 and 1000000000'],
    ['days', '-1', 'shop/items.csv, line 2, column days: "-1" is not a whole number between 0 and 36500'],
    ['title', '', 'shop/items.csv, line 2, column title: "" is not a text; it is empty'],
  ])('%s %j is refused', (column, value, message) => {
    expect(refusal('simshop', 'items.csv', 1, column, value)).toContain(message)
  })

  test('a subcategory of another category is refused', () => {
    const other = goods.catalogue.category[0] === 5 ? 'Puzzle' : 'Novel'
    expect(refusal('simshop', 'items.csv', 1, 'subcategory', other)).toMatch(
      new RegExp(`^shop/items.csv, line 2, column subcategory: "${other}" is not one of \\w.*, which \\w+ has$`),
    )
  })

  test('a file without rows is refused', () => {
    const folder = join(temporary, 'empty')
    writeSimshopTables(simshopTables({ ...goods.catalogue, count: 0 }), folder)
    expect(() => readSimshopTables(folder)).toThrow(`${join(folder, 'items.csv')} has 0 items; it must have between 1 and 100000`)
  })
})
