/** The marketplace's tables from items.csv and users.csv; a file with anything wrong in it is refused whole. */
import { join } from 'node:path'
import type { Sheet } from './csv'
import { marketplaceCategories } from './marketplace-categories'
import {
  type MarketplaceTables,
  mostProducts,
  mostUsers,
  preferenceNames,
  productColumns,
  styleNames,
  userColumns,
} from './marketplace-tables'
import { incomes, userTypes } from './marketplace-users'
import { namesOf, readMatrix, readPrice, readQuality, readTable, readWords } from './shop-table'

/** How far the length of a style and the sum of the preferences may be from 1: what rounding to seven digits does. */
const rounding = 1e-6

/**
 * @param folder holds the two files; formats as `writeMarketplaceTables` writes them
 * @throws UserError naming file, line, column, value and what is allowed
 */
export function readMarketplaceTables(folder: string): MarketplaceTables {
  const items = readTable(join(folder, 'items.csv'), namesOf(productColumns), 'products', mostProducts)
  const users = readTable(join(folder, 'users.csv'), namesOf(userColumns), 'shoppers', mostUsers)
  const share = (column: string) => users.numbers(column, 0, 1)
  return {
    itemIds: items.ids('item_id'),
    products: {
      count: items.rows,
      titles: items.texts('title'),
      category: Uint8Array.from(readWords(items, 'category', namesOf(marketplaceCategories))),
      style: readStyle(items),
      quality: readQuality(items),
      popularity: items.numbers('popularity', 0, 1),
      price: readPrice(items),
      isNew: Uint8Array.from(items.wholes('new', 0, 1)),
    },
    users: {
      count: users.rows,
      ids: users.ids('user_id'),
      type: Uint8Array.from(readWords(users, 'type', userTypes)),
      age: Uint8Array.from(users.wholes('age', 18, 70)),
      income: Uint8Array.from(readWords(users, 'income', incomes)),
      preference: readPreference(users),
      style: readStyle(users),
      priceSensitivity: share('price_sensitivity'),
      qualitySensitivity: share('quality_sensitivity'),
      exploration: share('exploration'),
      isNew: Uint8Array.from(users.wholes('new', 0, 1)),
    },
    people: {
      gender: users.texts('gender'),
      location: users.texts('location'),
      signupDate: users.wholes('signup_date', 0, 1e11),
    },
  }
}

function readStyle(sheet: Sheet): Float64Array {
  const style = readMatrix(sheet, styleNames, -1, 1)
  for (let row = 0; row < sheet.rows; row++) {
    const length = Math.hypot(...style.subarray(row * styleNames.length, (row + 1) * styleNames.length))
    if (Math.abs(length - 1) > rounding) {
      throw sheet.wrong(row, 's0', `part of a style of length 1: ${styleNames.join(', ')} have the length ${length.toFixed(4)}`)
    }
  }
  return style
}

function readPreference(sheet: Sheet): Float64Array {
  const preference = readMatrix(sheet, preferenceNames, 0, 1)
  const width = preferenceNames.length
  for (let row = 0; row < sheet.rows; row++) {
    const sum = preference.subarray(row * width, (row + 1) * width).reduce((all, part) => all + part, 0)
    if (Math.abs(sum - 1) > rounding) {
      throw sheet.wrong(row, preferenceNames[0]!, `part of preferences that sum to 1: the ten sum to ${sum.toFixed(4)}`)
    }
  }
  return preference
}
