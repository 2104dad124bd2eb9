/** What the marketplace sells: ten categories, their base prices, the age groups that lean to them, and titles. All of it is ours. */

/** Under 30, 30 to 49, from 50. */
export type AgeGroup = 'young' | 'middle' | 'older'

export interface MarketplaceCategory {
  readonly name: string
  /** What a product of usual quality and popularity costs, about. */
  readonly basePrice: number
  /** The age groups that lean to it. */
  readonly draws: readonly AgeGroup[]
  readonly things: readonly string[]
}

export const marketplaceCategories: readonly MarketplaceCategory[] = [
  { name: 'electronics', basePrice: 120, draws: ['young'], things: ['Headphones', 'Speaker', 'Tablet', 'Camera', 'Keyboard'] },
  { name: 'clothing', basePrice: 45, draws: ['young'], things: ['Shirt', 'Jacket', 'Dress', 'Jeans', 'Jumper'] },
  { name: 'shoes', basePrice: 70, draws: ['young'], things: ['Trainers', 'Boots', 'Sandals', 'Loafers', 'Slippers'] },
  { name: 'beauty', basePrice: 25, draws: ['young'], things: ['Serum', 'Perfume', 'Soap Set', 'Lipstick', 'Hair Oil'] },
  { name: 'home', basePrice: 55, draws: ['middle', 'older'], things: ['Lamp', 'Cushion', 'Rug', 'Clock', 'Blanket'] },
  { name: 'kitchen', basePrice: 40, draws: ['middle'], things: ['Teapot', 'Pan', 'Knife', 'Scales', 'Bowl Set'] },
  { name: 'sports', basePrice: 60, draws: ['middle'], things: ['Racket', 'Yoga Mat', 'Backpack', 'Skates', 'Dumbbells'] },
  { name: 'toys', basePrice: 28, draws: ['middle'], things: ['Puzzle', 'Train', 'Board Game', 'Kite', 'Teddy Bear'] },
  { name: 'books', basePrice: 16, draws: ['older'], things: ['Novel', 'Cookbook', 'Atlas', 'Biography', 'Crime Story'] },
  { name: 'garden', basePrice: 35, draws: ['older'], things: ['Watering Can', 'Lantern', 'Planter', 'Bench', 'Bird House'] },
]

const styles = ['Classic', 'Nordic', 'Urban', 'Vintage', 'Travel', 'Studio', 'Everyday', 'Festive'] as const

/** How many titles a category has before they are numbered. */
export function titlesIn(category: MarketplaceCategory): number {
  return category.things.length * styles.length
}

/** The title of a category's n-th product, in the order given (a permutation of `titlesIn`); when they run out, numbered: `No. 2`. */
export function productTitle(category: MarketplaceCategory, order: ArrayLike<number>, n: number): string {
  const pick = order[n % order.length]!
  const title = `${styles[pick % styles.length]} ${category.things[Math.floor(pick / styles.length)]}`
  return n < order.length ? title : `${title} No. ${Math.floor(n / order.length) + 1}`
}
