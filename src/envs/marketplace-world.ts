/** The marketplace's fixed part: its products and shoppers, and what an agent may see of them. */
import { marketplaceCategories } from '../data/marketplace-categories'
import { generateProducts, type MarketplaceProducts, styleWidth } from '../data/marketplace-products'
import { readMarketplaceTables } from '../data/marketplace-read-tables'
import { ageShare, budgetMultipliers, generateUsers, type MarketplaceUsers } from '../data/marketplace-users'
import type { Items } from './env'
import type { MarketplaceSource } from './marketplace-options'
import { priceMatch } from './marketplace-outcomes'

export interface MarketplaceWorld {
  readonly catalogue: MarketplaceProducts
  readonly users: MarketplaceUsers
  readonly items: Items
  /** [users, 5]: the behaviour that is observed; see `habitsOf`. */
  readonly habits: Float64Array
  /** [incomes, products]: how well each price suits each budget; there are but three budgets, so nothing is reckoned twice. */
  readonly matches: Float64Array
}

/** Numbers in a product's features: style 5, category one-hot 10, quality, popularity, price / 100. */
export const itemWidth = styleWidth + marketplaceCategories.length + 3

/** Numbers in `habits` for one shopper. */
export const habitWidth = 5

/** @throws UserError for files that cannot be read */
export function marketplaceWorld(source: MarketplaceSource): MarketplaceWorld {
  const { products: catalogue, users } = 'tables' in source ? readMarketplaceTables(source.tables) : generated(source)
  const matches = new Float64Array(budgetMultipliers.length * catalogue.count)
  for (const [income, budget] of budgetMultipliers.entries()) {
    for (let product = 0; product < catalogue.count; product++) {
      matches[income * catalogue.count + product] = priceMatch(catalogue.price[product]!, budget)
    }
  }
  const items = { features: featuresOf(catalogue), width: itemWidth, labels: catalogue.titles }
  return { catalogue, users, items, habits: habitsOf(users), matches }
}

function generated({ dataSeed, products, users, newItems, newShoppers }: Exclude<MarketplaceSource, { tables: string }>) {
  return { products: generateProducts(dataSeed, products, newItems), users: generateUsers(dataSeed, users, newShoppers) }
}

function featuresOf({ count, style, category, quality, popularity, price }: MarketplaceProducts): Float32Array {
  const features = new Float32Array(count * itemWidth)
  for (let product = 0; product < count; product++) {
    const from = product * itemWidth
    features.set(style.subarray(product * styleWidth, (product + 1) * styleWidth), from)
    features[from + styleWidth + category[product]!] = 1
    features[from + itemWidth - 3] = quality[product]!
    features[from + itemWidth - 2] = popularity[product]!
    features[from + itemWidth - 1] = price[product]! / 100
  }
  return features
}

/** (age - 18) / 52, budget multiplier / 2, price sensitivity, quality sensitivity, exploration. */
function habitsOf({ count, age, income, priceSensitivity, qualitySensitivity, exploration }: MarketplaceUsers): Float64Array {
  const habits = new Float64Array(count * habitWidth)
  for (let user = 0; user < count; user++) {
    const from = user * habitWidth
    habits[from] = ageShare(age[user]!)
    habits[from + 1] = budgetMultipliers[income[user]!]! / 2
    habits[from + 2] = priceSensitivity[user]!
    habits[from + 3] = qualitySensitivity[user]!
    habits[from + 4] = exploration[user]!
  }
  return habits
}
