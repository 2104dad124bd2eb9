/**
 * The kinds of shoppers behind the generated behaviour, and one shopper drawn from them. Ours; the story is told in offers-generate.ts.
 *
 * A kind is what its shoppers have in common. What the pipeline finds in the data must be close to it: tests/data/offers-clusters.test.ts.
 */
import { categorical, cumulative, integer, normal } from '../random/draws'
import type { Generator } from '../random/generator'

export interface StoryShopper {
  /** Row of `shopperKinds`. */
  readonly kind: number
  /** Probability of a visit of their own accord, a day. */
  readonly visits: number
  /** Probability that a product looked at goes into the cart. */
  readonly carts: number
  /** Probability that what is in the cart is bought. */
  readonly buys: number
  /** What they spend, as a multiple of the usual price. */
  readonly order: number
  /** How much a discount, or free shipping, matters to them, 0 to 1. */
  readonly discountLove: number
  readonly shippingLove: number
  /** Probability that an email, an sms, a push message brings them into the shop. */
  readonly responses: readonly [number, number, number]
  /** The hour of the day at which they shop. */
  readonly hour: number
  /** Rows of `productCategories`. */
  readonly favourites: readonly [number, number]
}

export interface ShopperKind extends Omit<StoryShopper, 'kind' | 'favourites'> {
  readonly name: string
  /** Share of the shoppers. */
  readonly share: number
}

export const shopperKinds: readonly ShopperKind[] = [
  {
    name: 'regulars',
    share: 0.22,
    visits: 0.14,
    carts: 0.35,
    buys: 0.6,
    order: 1.5,
    discountLove: 0.1,
    shippingLove: 0.1,
    responses: [0.35, 0.08, 0.1],
    hour: 8,
  },
  {
    name: 'bargain hunters',
    share: 0.22,
    visits: 0.06,
    carts: 0.4,
    buys: 0.2,
    order: 0.9,
    discountLove: 0.95,
    shippingLove: 0.15,
    responses: [0.22, 0.38, 0.15],
    hour: 12,
  },
  {
    name: 'delivery savers',
    share: 0.18,
    visits: 0.06,
    carts: 0.4,
    buys: 0.2,
    order: 0.8,
    discountLove: 0.1,
    shippingLove: 0.95,
    responses: [0.3, 0.1, 0.3],
    hour: 18,
  },
  {
    name: 'window shoppers',
    share: 0.2,
    visits: 0.22,
    carts: 0.15,
    buys: 0.15,
    order: 1,
    discountLove: 0.25,
    shippingLove: 0.25,
    responses: [0.12, 0.08, 0.4],
    hour: 20,
  },
  {
    name: 'sleepers',
    share: 0.18,
    visits: 0.015,
    carts: 0.25,
    buys: 0.35,
    order: 1.1,
    discountLove: 0.3,
    shippingLove: 0.3,
    responses: [0.05, 0.04, 0.03],
    hour: 15,
  },
]

/** What is sold, with its usual price. */
export const productCategories = [
  { name: 'electronics', price: 90 },
  { name: 'clothing', price: 45 },
  { name: 'home', price: 55 },
  { name: 'beauty', price: 25 },
  { name: 'books', price: 18 },
  { name: 'sports', price: 50 },
  { name: 'toys', price: 28 },
  { name: 'grocery', price: 22 },
] as const

const shares = cumulative(shopperKinds.map(kind => kind.share))

/** A shopper of some kind, with numbers of their own. Takes 23 uniforms. */
export function drawShopper(generator: Generator): StoryShopper {
  const row = categorical(generator, shares)
  const kind = shopperKinds[row]!
  const rate = (value: number) => Math.min(0.9, value * Math.exp(0.35 * normal(generator)))
  const probability = (value: number) => {
    const odds = (value / (1 - value)) * Math.exp(0.35 * normal(generator))
    return odds / (1 + odds)
  }
  const first = integer(generator, productCategories.length)
  const second = (first + 1 + integer(generator, productCategories.length - 1)) % productCategories.length
  return {
    kind: row,
    visits: rate(kind.visits),
    carts: probability(kind.carts),
    buys: probability(kind.buys),
    order: kind.order * Math.exp(0.25 * normal(generator)),
    discountLove: probability(kind.discountLove),
    shippingLove: probability(kind.shippingLove),
    responses: [probability(kind.responses[0]), probability(kind.responses[1]), probability(kind.responses[2])],
    hour: kind.hour + 1.5 * normal(generator),
    favourites: [first, second],
  }
}
