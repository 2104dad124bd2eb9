/**
 * The marketplace's products and shoppers as files, items.csv and users.csv, and a README.md that says what their columns hold.
 *
 * The first five columns of each file are those of every shop (src/data/read-tables.ts), the others the marketplace's own; shop-table.ts
 * says how numbers and ratings are written.
 *
 * Gender, location and sign-up are no part of the marketplace: the shop does not look at them. They are drawn from a stream of their own
 * (ours): gender F, M or X with .49, .48, .03; location US, EU, UK, IN, CA or AU with .40, .25, .12, .10, .08, .05; sign-up a second of the half year
 * before the records begin, each as likely. `recordLog` begins its visits after it.
 */
import { join } from 'node:path'
import { categorical, cumulative, integer } from '../random/draws'
import { stream } from '../random/generator'
import { firstDay, secondsADay } from './calendar'
import { checkKeys, checkNumber, checkWhole } from './check'
import { marketplaceCategories } from './marketplace-categories'
import { generateProducts, type MarketplaceProducts, styleWidth } from './marketplace-products'
import { generateUsers, incomes, type MarketplaceUsers, userTypes } from './marketplace-users'
import { columnsInWords, matrixColumns, ratingOf, type TableColumn, tableText, writeFiles } from './shop-table'

export interface MarketplaceTables {
  /** [items]: what the products are called in the files. */
  readonly itemIds: readonly string[]
  readonly products: MarketplaceProducts
  readonly users: MarketplaceUsers
  /** What the shop does not look at, a row for each shopper. */
  readonly people: MarketplacePeople
}

export interface MarketplacePeople {
  readonly gender: readonly string[]
  readonly location: readonly string[]
  /** Unix time in seconds. */
  readonly signupDate: Float64Array
}

export interface MarketplaceTablesOptions {
  /** Any finite number; 42. */
  readonly seed?: number
  /** 1 to 2,000; 200. */
  readonly items?: number
  /** 1 to 100,000; 500. */
  readonly users?: number
  /** Share of the products that are new, 0 to 1; 0. */
  readonly newItems?: number
  /** Share of the shoppers whom the shop does not know, 0 to 1; 0. */
  readonly newShoppers?: number
}

export const mostProducts = 2000
export const mostUsers = 100_000

/** `s0` to `s4`. */
export const styleNames = Array.from({ length: styleWidth }, (_, at) => `s${at}`)
/** `prefers_electronics` and so on, in the order of the categories. */
export const preferenceNames = marketplaceCategories.map(({ name }) => `prefers_${name}`)

export const productColumns: readonly TableColumn<MarketplaceTables>[] = [
  { name: 'item_id', what: 'an id, each once', cell: ({ itemIds }, row) => itemIds[row]! },
  { name: 'title', what: 'what it is called', cell: ({ products }, row) => products.titles[row]! },
  {
    name: 'category',
    what: marketplaceCategories.map(({ name }) => name).join(', '),
    cell: ({ products }, row) => marketplaceCategories[products.category[row]!]!.name,
  },
  { name: 'price', what: 'money, above 0', cell: ({ products }, row) => products.price[row]! },
  { name: 'rating', what: '1 + 4 · quality, to two places', cell: ({ products }, row) => ratingOf(products.quality[row]!) },
  { name: 'quality', what: '0 to 1', cell: ({ products }, row) => products.quality[row]! },
  { name: 'popularity', what: '0 to 1, 0 for a new product', cell: ({ products }, row) => products.popularity[row]! },
  ...matrixColumns<MarketplaceTables>(styleNames, 'style: together a direction, of length 1', ({ products }) => products.style),
  { name: 'new', what: '1 for a product that nobody has seen yet, else 0', cell: ({ products }, row) => products.isNew[row]! },
]

export const userColumns: readonly TableColumn<MarketplaceTables>[] = [
  { name: 'user_id', what: 'an id, each once', cell: ({ users }, row) => users.ids[row]! },
  { name: 'age', what: '18 to 70 years', cell: ({ users }, row) => users.age[row]! },
  { name: 'gender', what: 'a word; the shop does not look at it', cell: ({ people }, row) => people.gender[row]! },
  { name: 'location', what: 'a word; the shop does not look at it', cell: ({ people }, row) => people.location[row]! },
  {
    name: 'signup_date',
    what: 'Unix time in seconds (UTC); the shop does not look at it',
    cell: ({ people }, row) => people.signupDate[row]!,
  },
  { name: 'type', what: userTypes.join(', '), cell: ({ users }, row) => userTypes[users.type[row]!]! },
  { name: 'income', what: incomes.join(', '), cell: ({ users }, row) => incomes[users.income[row]!]! },
  ...matrixColumns<MarketplaceTables>(styleNames, 'style: together a direction, of length 1', ({ users }) => users.style),
  ...matrixColumns<MarketplaceTables>(
    preferenceNames,
    'part of the taste that goes to the category; they sum to 1',
    ({ users }) => users.preference,
  ),
  { name: 'price_sensitivity', what: '0 to 1', cell: ({ users }, row) => users.priceSensitivity[row]! },
  { name: 'quality_sensitivity', what: '0 to 1', cell: ({ users }, row) => users.qualitySensitivity[row]! },
  { name: 'exploration', what: '0 to 1', cell: ({ users }, row) => users.exploration[row]! },
  { name: 'new', what: '1 for a shopper whom the shop does not know, else 0', cell: ({ users }, row) => users.isNew[row]! },
]

/**
 * The marketplace of a seed: the products and shoppers of `marketplace(copies, { dataSeed: seed })`, with what the files need beside them.
 *
 * @throws RangeError naming the option, its value and what is allowed
 */
export function generateMarketplaceTables(options: MarketplaceTablesOptions = {}): MarketplaceTables {
  checkKeys('generateMarketplaceTables', options, ['seed', 'items', 'users', 'newItems', 'newShoppers'])
  const seed = checkNumber('seed', options.seed ?? 42, -Number.MAX_VALUE, Number.MAX_VALUE)
  const items = checkWhole('items', options.items ?? 200, 1, mostProducts)
  const users = checkWhole('users', options.users ?? 500, 1, mostUsers)
  const newItems = checkNumber('newItems', options.newItems ?? 0, 0, 1)
  const newShoppers = checkNumber('newShoppers', options.newShoppers ?? 0, 0, 1)
  return {
    itemIds: Array.from({ length: items }, (_, item) => `item_${item}`),
    products: generateProducts(seed, items, newItems),
    users: generateUsers(seed, users, newShoppers),
    people: drawPeople(seed, users),
  }
}

function drawPeople(seed: number, count: number): MarketplacePeople {
  const generator = stream(seed, 'marketplace', 'people')
  const genders = cumulative([0.49, 0.48, 0.03])
  const places = cumulative([40, 25, 12, 10, 8, 5])
  const gender: string[] = []
  const location: string[] = []
  const signupDate = new Float64Array(count)
  for (let user = 0; user < count; user++) {
    gender.push(['F', 'M', 'X'][categorical(generator, genders)]!)
    location.push(['US', 'EU', 'UK', 'IN', 'CA', 'AU'][categorical(generator, places)]!)
    signupDate[user] = firstDay - 180 * secondsADay + integer(generator, 180 * secondsADay)
  }
  return { gender, location, signupDate }
}

/**
 * Writes items.csv, users.csv and README.md; other files of the folder stay as they are.
 *
 * @param folder made when it does not exist
 * @returns the files' paths
 * @throws UserError when the place may not be written or is full
 */
export function writeMarketplaceTables(tables: MarketplaceTables, folder: string): string[] {
  const { products, users } = tables
  return writeFiles({
    [join(folder, 'items.csv')]: tableText(productColumns, tables, products.count),
    [join(folder, 'users.csv')]: tableText(userColumns, tables, users.count),
    [join(folder, 'README.md')]: `# A marketplace: ${products.count} products, ${users.count} shoppers

Made up, not collected: \`npx shoplab data --shop marketplace\` draws such tables from a seed, by the formulas in the opening comments of
src/data/marketplace-products.ts, marketplace-users.ts and, for what the shop does not look at, marketplace-tables.ts.
\`marketplace(64, { tables: 'this folder' })\` is the shop of these files.

## items.csv

${columnsInWords(productColumns)}
## users.csv

${columnsInWords(userColumns)}`,
  })
}
