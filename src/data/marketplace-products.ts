/**
 * The marketplace's catalogue from one seed. With q a product's quality and pop its popularity:
 *
 * - categories take turns, so that each has its share also in a small shop (the original draws them);
 * - style: a direction in five dimensions, length 1;
 * - quality: 1 time in 10 Beta(5, 2), else Beta(2, 5), so .3286 on average;
 * - popularity: clip(Beta(2, 5) + .3 q, 0, 1), so .384 on average; a new product's is 0;
 * - price: base price of the category · (.5 + q) · (.8 + pop) · LogNormal(0, .3), in cents, at least 5.
 * Source: the formulas are those of github.com/vougeress/rl_project, src/data_generation.py at bf47f7f; base prices and titles are ours.
 *
 * Every column has a stream of its own, so that more products, or new ones, leave the others as they were.
 */

import { beta, direction } from '../random/distributions'
import { normal, permutation } from '../random/draws'
import { stream } from '../random/generator'
import { marketplaceCategories, productTitle, titlesIn } from './marketplace-categories'

/** Numbers in a style. */
export const styleWidth = 5

export const leastPrice = 5

export interface MarketplaceProducts {
  readonly count: number
  readonly titles: readonly string[]
  /** [count]: place in `marketplaceCategories`. */
  readonly category: Uint8Array
  /** [count, 5], each of length 1. */
  readonly style: Float64Array
  /** [count], 0 to 1. */
  readonly quality: Float64Array
  /** [count], 0 to 1. */
  readonly popularity: Float64Array
  /** [count], in whole cents. */
  readonly price: Float64Array
  /** [count]: 1 for a product that nobody has seen yet. */
  readonly isNew: Uint8Array
}

/**
 * @param seed     any finite number
 * @param count    products, at least 1
 * @param newShare share of them that are new, 0 to 1
 */
export function generateProducts(seed: number, count: number, newShare = 0): MarketplaceProducts {
  const column = (name: string) => stream(seed, 'marketplace', 'products', name)
  const styles = column('style')
  const qualities = column('quality')
  const popularities = column('popularity')
  const prices = column('price')
  const labels = column('titles')
  const orders = marketplaceCategories.map(category => permutation(labels, titlesIn(category)))
  const isNew = chosenShare(seed, 'new products', count, newShare)
  const titles: string[] = []
  const category = new Uint8Array(count)
  const style = new Float64Array(count * styleWidth)
  const quality = new Float64Array(count)
  const popularity = new Float64Array(count)
  const price = new Float64Array(count)
  for (let product = 0; product < count; product++) {
    const turn = product % marketplaceCategories.length
    const kind = marketplaceCategories[turn]!
    category[product] = turn
    titles.push(productTitle(kind, orders[turn]!, Math.floor(product / marketplaceCategories.length)))
    style.set(direction(styles, styleWidth), product * styleWidth)
    quality[product] = qualities.next() < 0.1 ? beta(qualities, 5, 2) : beta(qualities, 2, 5)
    const popular = Math.min(1, beta(popularities, 2, 5) + 0.3 * quality[product]!)
    popularity[product] = isNew[product] ? 0 : popular
    const usual = kind.basePrice * (0.5 + quality[product]!) * (0.8 + popularity[product]!)
    price[product] = Math.max(leastPrice, Math.round(100 * usual * Math.exp(0.3 * normal(prices))) / 100)
  }
  return { count, titles, category, style, quality, popularity, price, isNew }
}

/** A share of the rows of a table, as flags: a larger share has the rows of a smaller one and more, so that shops of several shares can be compared. */
export function chosenShare(seed: number, name: string, count: number, share: number): Uint8Array {
  const flags = new Uint8Array(count)
  if (share === 0) return flags
  for (const row of permutation(stream(seed, 'marketplace', name), count).subarray(0, Math.round(share * count))) flags[row] = 1
  return flags
}
