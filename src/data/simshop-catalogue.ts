/**
 * The catalogue that simshop sells from: categories, brands, colours, prices, quality, popularity and age, drawn from one seed.
 *
 * An item has one of 7 categories and one of its 3 subcategories, one of 15 brands and 6 colours, all equally likely, and
 *   price       LogNormal(3.5, .75), to the cent,
 *   quality     U(0, 1), to three places,
 *   popularity  Poisson(20 + 80 · quality),
 *   age         a whole number of days since its release, 0 to 730, all equally likely.
 * Source: simshop, https://github.com/ernestknurov/simshop, commit 5e9d17a, src/scripts/generate_catalog.py (MIT). Its own catalogue has no
 * seed, so none of its items can be drawn again. A share of new items, popularity 0 and released today, is ours (cold start).
 *
 * Each item takes nine uniforms in turn, so a smaller catalogue of the same seed is the beginning of a larger one.
 */
import { integer, normal, permutation } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import { checkNumber, checkWhole } from './check'

/** Categories and their subcategories. An id of a subcategory is 3 · category + its place. */
export const simshopCategories: readonly (readonly [string, readonly string[]])[] = [
  ['Electronics', ['Smartphone', 'Laptop', 'Headphones']],
  ['Clothing', ['T-Shirt', 'Jeans', 'Jacket']],
  ['Home', ['Chair', 'Lamp', 'Table']],
  ['Sports', ['Basketball', 'Tennis Racket', 'Yoga Mat']],
  ['Beauty', ['Lipstick', 'Perfume', 'Cream']],
  ['Books', ['Novel', 'Cookbook', 'Biography']],
  ['Toys', ['Puzzle', 'Doll', 'Board Game']],
]

export const simshopSubcategories: readonly string[] = simshopCategories.flatMap(([, parts]) => parts)

export const simshopBrands: readonly string[] = Array.from('ABCDEFGHIJKLMNO', letter => `Brand${letter}`)

export const simshopColours = ['White', 'Black', 'Red', 'Blue', 'Green', 'Yellow'] as const

/** Columns [count] of a catalogue; ids are places in the lists above. */
export interface SimshopCatalogue {
  readonly count: number
  readonly category: Int32Array
  readonly subcategory: Int32Array
  readonly brand: Int32Array
  readonly colour: Int32Array
  /** Money, above 0. */
  readonly price: Float64Array
  /** 0 to 1. */
  readonly quality: Float64Array
  readonly popularity: Int32Array
  /** Days since the release, 0 to 730. */
  readonly age: Int32Array
  /** What an item is called: colour, subcategory, brand and row number. */
  readonly labels: readonly string[]
}

/**
 * @param count    items, 1 to 100,000
 * @param seed     any finite number
 * @param newItems share of the items that are new, 0 to 1: a larger share has the new items of a smaller one and more
 * @throws RangeError naming the argument, its value and what is allowed
 */
export function simshopCatalogue(count: number, seed: number, newItems = 0): SimshopCatalogue {
  checkWhole('items', count, 1, 100_000)
  checkNumber('dataSeed', seed, -Number.MAX_VALUE, Number.MAX_VALUE)
  checkNumber('newItems', newItems, 0, 1)
  const generator = stream(seed, 'simshop', 'catalogue')
  const whole = () => new Int32Array(count)
  const [category, subcategory, brand, colour, popularity, age] = [whole(), whole(), whole(), whole(), whole(), whole()]
  const [price, quality] = [new Float64Array(count), new Float64Array(count)]
  for (let item = 0; item < count; item++) {
    category[item] = integer(generator, simshopCategories.length)
    subcategory[item] = 3 * category[item]! + integer(generator, 3)
    brand[item] = integer(generator, simshopBrands.length)
    colour[item] = integer(generator, simshopColours.length)
    price[item] = rounded(Math.exp(3.5 + 0.75 * normal(generator)), 100)
    quality[item] = rounded(generator.next(), 1000)
    popularity[item] = poisson(generator, 20 + 80 * quality[item]!)
    age[item] = integer(generator, 731)
  }
  if (newItems > 0) {
    const order = permutation(stream(seed, 'simshop', 'new items'), count)
    for (const item of order.subarray(0, Math.round(newItems * count))) popularity[item] = age[item] = 0
  }
  const labels = Array.from({ length: count }, (_, item) => {
    return `${simshopColours[colour[item]!]} ${simshopSubcategories[subcategory[item]!]} ${simshopBrands[brand[item]!]} #${item}`
  })
  return { count, category, subcategory, brand, colour, price, quality, popularity, age, labels }
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts
}

/**
 * A Poisson count: the first one whose cumulative probability is above a uniform number. Takes one uniform.
 *
 * @param mean 0 to 700, where exp(-mean) is still a number
 */
function poisson(generator: Generator, mean: number): number {
  let count = 0
  let probability = Math.exp(-mean)
  // A stream's uniform is at most 1 - 2^-32; the sum of the probabilities comes nearer to 1 than that, so the loop ends.
  for (let left = generator.next() - probability; left >= 0; left -= probability) probability *= mean / ++count
  return count
}
