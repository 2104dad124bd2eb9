/** A shop small enough to reckon by hand: two shoppers, two items, embeddings of two numbers. */
import type { ShopTables } from '../../src/data/tables'

/** The first shopper is certain to want item 0 (u·v = 100) and never item 1 (-100); the second shopper the other way round. */
export function smallShop(): ShopTables {
  return {
    width: 2,
    users: {
      count: 2,
      ids: ['user_0', 'user_1'],
      age: Uint8Array.of(30, 40),
      gender: ['F', 'M'],
      location: ['EU', 'US'],
      signupDate: Float64Array.of(1, 2),
      embeddings: Float64Array.of(10, 0, -10, 0),
    },
    items: {
      count: 2,
      ids: ['item_0', 'item_1'],
      titles: ['Sour Cherry Drops', 'Butter Fudge'],
      categories: ['sour', 'caramel'],
      price: Float64Array.of(2, 5),
      rating: Float64Array.of(4, 3),
      embeddings: Float64Array.of(10, 0, -10, 0),
    },
    interactions: {
      count: 0,
      user: new Int32Array(0),
      item: new Int32Array(0),
      timestamp: new Float64Array(0),
      weight: new Float64Array(0),
      event: new Uint8Array(0),
    },
    source: { seed: 0, users: 2, items: 2, interactions: 0 },
  }
}

/** Options under which engagement in the small shop is certain: item 0 always, item 1 never, by the first shopper alone. */
export const certain = { onlyUsers: ['user_0'], scale: 1, shift: 0, noise: 0 } as const
