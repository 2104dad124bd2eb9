/**
 * What a shopper carries through a session of the marketplace, and how what is shown and bought changes it (preset `corrected`, ours;
 * the formulas stand in the opening comment of marketplace.ts).
 */
import { marketplaceCategories } from '../data/marketplace-categories'
import { type MarketplaceProducts, styleWidth } from '../data/marketplace-products'
import { numbers, wholes } from './copy-state'
import type { ShopState } from './define-env'
import type { MarketplaceWeights } from './marketplace-options'

/** @param mostBudget what the richest shopper has to spend */
export function shopperColumns(users: number, products: number, cartSize: number, mostBudget: number) {
  return {
    shopper: wholes(1, 0, users - 1),
    // Of length 1, so that rounding may take a number a little over it.
    style: numbers(styleWidth, -1.001, 1.001),
    preference: numbers(marketplaceCategories.length, 0, 1.001),
    fatigue: numbers(marketplaceCategories.length, 0, 1),
    annoyance: numbers(1, 0, 1),
    budget: numbers(1, 0, mostBudget),
    /** Products, the newest last. */
    cart: wholes(cartSize, 0, products - 1),
    cartCount: wholes(1, 0, cartSize),
    /** What the last step came to: a place in the list of ratings. */
    lastOutcome: wholes(1, 0, 7),
  }
}

export type ShopperState = ShopState<ReturnType<typeof shopperColumns>>

/** The changes, for the products of a shop. Each is of one copy's shopper and allocates nothing. */
export function shopperChanges(
  { style: productStyle, category, price }: MarketplaceProducts,
  { cartSize, tasteRate, fatigueGain, fatigueRecovery }: MarketplaceWeights,
) {
  const [width, categories] = [styleWidth, marketplaceCategories.length]
  return {
    /** The sum of the prices in the cart. */
    cartValue({ cart, cartCount }: ShopperState, copy: number): number {
      const from = copy * cartSize
      const end = from + cartCount[copy]!
      let sum = 0
      for (let at = from; at < end; at++) sum += price[cart[at]!]!
      return sum
    },

    /** Where in `cart` a product is, -1 where it is not. */
    placeInCart({ cart, cartCount }: ShopperState, copy: number, product: number): number {
      const from = copy * cartSize
      const end = from + cartCount[copy]!
      for (let at = from; at < end; at++) if (cart[at] === product) return at
      return -1
    },

    putIntoCart({ cart, cartCount }: ShopperState, copy: number, product: number): void {
      cart[copy * cartSize + cartCount[copy]!] = product
      cartCount[copy]!++
    },

    takeOutOfCart({ cart, cartCount }: ShopperState, copy: number, place: number): void {
      cart.copyWithin(place, place + 1, copy * cartSize + cartCount[copy]!)
      cartCount[copy]!--
    },

    /** Style and preferences move towards a product: each style stays of length 1, the preferences sum to 1 as before. */
    moveTaste({ style, preference }: ShopperState, copy: number, product: number): void {
      const at = copy * width
      let squares = 0
      for (let dimension = 0; dimension < width; dimension++) {
        const moved = (1 - tasteRate) * style[at + dimension]! + tasteRate * productStyle[product * width + dimension]!
        style[at + dimension] = moved
        squares += moved * moved
      }
      // 0 only where the taste goes half way to its opposite; then it stays undecided.
      const length = squares > 0 ? Math.sqrt(squares) : 1
      for (let dimension = 0; dimension < width; dimension++) style[at + dimension]! /= length
      const from = copy * categories
      for (let kind = from; kind < from + categories; kind++) preference[kind]! *= 1 - tasteRate
      preference[from + category[product]!]! += tasteRate
    },

    /** The category shown tires, twice where something of it was bought; the others recover. */
    tire({ fatigue }: ShopperState, copy: number, product: number, bought: boolean): void {
      const from = copy * categories
      const at = from + category[product]!
      const before = fatigue[at]!
      for (let kind = from; kind < from + categories; kind++) fatigue[kind]! *= 1 - fatigueRecovery
      const once = before + fatigueGain * (1 - before)
      fatigue[at] = bought ? once + fatigueGain * (1 - once) : once
    },
  }
}
