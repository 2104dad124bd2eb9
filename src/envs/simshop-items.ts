/**
 * Simshop's items in numbers: the eight that an agent sees of one, and a wider row for agents that score items and for diversity.
 *
 * The eight are four ids (category, subcategory, brand, colour) and, scaled as the original does, the price and the popularity as standard
 * scores over the catalogue, the quality as it is, and exp(-.005 · days since the release).
 * The wider row has the ids as ones among zeros (7 + 21 + 15 + 6) before the same four numbers: 53 in all.
 */
import { type SimshopCatalogue, simshopBrands, simshopCategories, simshopColours, simshopSubcategories } from '../data/simshop-catalogue'
import type { Items } from './env'

/** How many ids each of the four columns has. */
export const simshopIds = [simshopCategories.length, simshopSubcategories.length, simshopBrands.length, simshopColours.length] as const

/** Numbers that an agent sees of one item: `simshopIds.length` ids and four numbers. */
export const simshopItemWidth = simshopIds.length + 4

/** [count, 8] */
export function simshopRows(catalogue: SimshopCatalogue): Float32Array {
  const { count, category, subcategory, brand, colour, quality, age } = catalogue
  const price = standardScores(catalogue.price)
  const popularity = standardScores(catalogue.popularity)
  const rows = new Float32Array(count * simshopItemWidth)
  for (let item = 0; item < count; item++) {
    const ids = [category[item]!, subcategory[item]!, brand[item]!, colour[item]!]
    rows.set([...ids, price[item]!, quality[item]!, popularity[item]!, Math.exp(-0.005 * age[item]!)], item * simshopItemWidth)
  }
  return rows
}

/** @param rows [count, 8], of the same catalogue */
export function simshopItems({ count, labels }: SimshopCatalogue, rows: Float32Array): Items {
  const ids = simshopIds.length
  const allIds = simshopIds.reduce((sum, some) => sum + some, 0)
  const width = allIds + simshopItemWidth - ids
  const features = new Float32Array(count * width)
  for (let item = 0; item < count; item++) {
    const row = rows.subarray(item * simshopItemWidth, (item + 1) * simshopItemWidth)
    let column = item * width
    for (const [at, some] of simshopIds.entries()) {
      features[column + row[at]!] = 1
      column += some
    }
    features.set(row.subarray(ids), column)
  }
  return { features, width, labels }
}

/** How many standard deviations (of a sample) each value lies above the mean; zeros where all values are the same. */
function standardScores(values: ArrayLike<number>): Float64Array {
  const list = Float64Array.from(values)
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length
  const squares = list.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / Math.max(1, list.length - 1))
  return list.map(value => (deviation === 0 ? 0 : (value - mean) / deviation))
}
