/**
 * The marketplace: a session of fifty recommendations, one product at a time, to a shopper who may do several things with each.
 * Source: the document "RL E-commerce Recommendation System" (github.com/vougeress/rl_project; formulas in src/data_generation.py at bf47f7f).
 *
 * Products have a category, a style, quality q, popularity pop and a price; shoppers have a style, preferences for the ten categories, a
 * budget multiplier b of .5, 1 or 2, price sensitivity, quality sensitivity and exploration (src/data/marketplace-products.ts, -users.ts).
 *   pm = exp(-(price - 50 b)² / (2 (25 b)²))
 *   e  = clip(.35 max(0, style · style) + .30 preference + .20 max(0, 1 - price sensitivity (1 - pm)) + .10 quality sensitivity q
 *             + .05 (1 - exploration) pop, .15, .95)
 * | outcome  | probability         | cap  | reward           |
 * | view     | 1                   |      | .1 + .2 e        |
 * | like     | .5 e                | .6   | .8 + .4 e        |
 * | cart     | .4 (e - .15)        | .3   | 2.5 + e          |
 * | purchase | .25 (e - .25) pm    | .2   | 7 + 2 e          |
 * | share    | .12 q pop e         | .1   | 3.5 + e          |
 * | dislike  | .15 (1 - e)         | .25  | -.2 - .2 (1 - e) |
 * | spam     | .001 (1 - e)(1 - q) | .002 | -1               |
 * Each happens or not by a draw of its own: several can happen in a step, and the step's reward is the sum of theirs. (The original adds
 * small normal noise to these probabilities and to the style that it shows. It is left out.)
 *
 * Preset `published`: that is all. Fifty steps, truncated; the shopper never changes, so it is a contextual bandit.
 *
 * Preset `corrected` (default): the shopper changes with what is shown and bought. The document names these things, the formulas are ours:
 * - e has preference - fatigue of the category for preference, and before it is clipped it is multiplied by 1 - .1 t / 50 after t steps.
 * - Fatigue f of the category shown: f + .2 (1 - f), twice if bought. Fatigue with the others: .92 f. It begins at 0.
 * - Liked or better (like, cart, purchase, share): style and preferences go .05 of the way to the product's style (then scaled to
 *   length 1) and to its category alone; and each of these rewards has .3 q + .1 pop more.
 * - The shopper has 3 · 50 b to spend. A purchase is paid from it, and nothing is bought that costs more than what is left.
 * - `cart` puts the product into the cart, unless it is there, eight are, or the prices in the cart sum to more than what is left to
 *   spend ("over budget"). A product in the cart is bought with twice its probability, the cap still .2, and is then out of the cart.
 * - remove (-.3): with probability .5 the newest product goes out of a cart that is over budget. Report (-1): .001 (1 - e), cap .002.
 * - Annoyance a, at first 0: min(1, .9 a + .15 f + .05 [dislike] + .05 [remove] + .15 [spam or report]), f the fatigue with the category
 *   shown, before it was. The shopper then leaves (terminated) with probability .005 + .2 a².
 * Calibrated by lab/calibrate/marketplace.ts, 300 sessions in the shop of seed 42: the myopic oracle earns 36.0 a session and is left after
 * 28.5 steps; with the same expected rewards less twice the fatigue with the category, a shop earns 44.7 in 37.5 steps, 24 % more (20 to 24 %
 * in three other shops); a random one 15.5. Rotating through all ten categories earns 22 % more than the myopic oracle.
 *
 * Observation [25]. User block 21: style 5; preference - fatigue 10 (fatigue 0 in `published`); (age - 18) / 52, b / 2, price sensitivity,
 * quality sensitivity, exploration; and one number of context, in `published` t / 100 as in the original, in `corrected` the annoyance.
 * With `newShoppers` it is zeros for a share of the shoppers, for as often as they come, while they act by the taste they have. Context block 4:
 * session progress t / 50; prices in the cart and budget left, both over what the shopper had to spend (0 and 1 in `published`, which has
 * no cart and no budget); the last step's outcome, the best of what happened, else the worst: bought 1, put into the cart .75, shared .5,
 * liked .25, only looked at .1, disliked -.5, complained -1; 0 before the first step.
 * items.features [products, 18]: style 5, category one-hot 10, quality, popularity (0 for `newItems`), price / 100.
 *
 * Events: impression and view; `click` once where the product is liked or better, which also sets `chosen` to 0, so that the click-through
 * rate is the share of products liked or better; like, cart, purchase, share, dislike, spam, report; remove, with the product taken out;
 * leave, with item -1. The price is the product's; a purchase has marginShare of it as margin. Showing a product costs nothing.
 *
 * Each copy draws 1 uniform for a session and for a step 6 in `published`, 9 in `corrected`, whatever happens. Two policies under one seed
 * meet the same luck until a shopper leaves one of them and not the other, which in `published` nobody does.
 */
import { checkWhole } from '../data/check'
import { findUser } from '../data/find-row'
import { marketplaceCategories } from '../data/marketplace-categories'
import { type MarketplaceProducts, styleWidth } from '../data/marketplace-products'
import { budgetMultipliers, type MarketplaceUsers, userTypes } from '../data/marketplace-users'
import { integer } from '../random/draws'
import { defineEnv } from './define-env'
import type { Env, Items } from './env'
import { eventCode } from './events'
import { type MarketplaceOptions, marketplaceSettings } from './marketplace-options'
import {
  between,
  complaints,
  engagement,
  fillOutcomes,
  likedOrBetter,
  type Outcome,
  outcomeCode,
  outcomeRatings,
  outcomes,
  publishedOutcomes,
  ratingOf,
} from './marketplace-outcomes'
import { type ShopperState, shopperChanges, shopperColumns } from './marketplace-shopper'
import { habitWidth, marketplaceWorld } from './marketplace-world'

export type { MarketplaceOptions } from './marketplace-options'

/** The marketplace, with what it alone has. */
export interface Marketplace extends Env {
  readonly items: Items
  /** All that is sold. */
  readonly catalogue: MarketplaceProducts
  /** All who may come. */
  readonly users: MarketplaceUsers
  /** The ids of all shoppers; their place in the list is their row number. */
  readonly shopperIds: readonly string[]
  /** [copies]: row number of the shopper now served. */
  readonly shoppers: Int32Array
  /**
   * What an agent sees when this shopper's session begins: [25], a new array. Draws nothing and moves nothing.
   *
   * @param user id (`user_42`) or row number
   * @throws UserError when there is no such shopper
   */
  shopperObservation(user: string | number): Float32Array
  /**
   * What the shopper of a copy may do with a product if it were shown next: for tests and figures, not for agents. Moves nothing.
   *
   * @throws RangeError when there is no such copy or product
   */
  outcomesOf(copy: number, product: number): OutcomeChance[]
}

export interface OutcomeChance {
  readonly outcome: Outcome
  readonly probability: number
  readonly reward: number
}

// Compiled to CommonJS, an imported name is a getter that is called at every use, which would take half of a step's time: names that a
// step needs are taken over once.
const { like, cart, purchase, share, dislike, report, remove } = outcomeCode
const { impression, view, click, leave } = eventCode
const [styles, categories, habitCount] = [styleWidth, marketplaceCategories.length, habitWidth]
const [fill, engage, atMost, rate, ratings] = [fillOutcomes, engagement, between, ratingOf, outcomeRatings]
const [liked, complained] = [likedOrBetter, complaints]
const kindOf = outcomes.map(outcome => eventCode[outcome])

const userWidth = styles + categories + habitCount + 1
const contextWidth = 4

/**
 * A marketplace of 200 products and 500 shoppers; `reset(seed)` opens it.
 *
 * @param copies shoppers served at once, 1 to 100,000
 * @throws RangeError naming the option, its value and what is allowed
 */
export function marketplace(copies: number, options: MarketplaceOptions = {}): Marketplace {
  const settings = marketplaceSettings(options)
  const { shop, weights } = settings
  const { catalogue, users, items, habits, matches } = marketplaceWorld(shop)
  const { category, style: productStyle, quality, popularity, price, count: products } = catalogue
  const { income, priceSensitivity, qualitySensitivity, exploration, isNew } = users
  const { cartValue, placeInCart, putIntoCart, takeOutOfCart, moveTaste, tire } = shopperChanges(catalogue, weights)
  const { cartSize, cartBoost, removeChance, qualityBonus, popularityBonus, boredom, irritation, calming, leaveBase, leaveSlope } = weights
  const corrected = shop.preset === 'corrected'
  const possible = corrected ? outcomes.length : publishedOutcomes
  const { horizon, marginShare } = shop
  const decay = corrected ? weights.timeDecay / horizon : 0
  const toSpend = Float64Array.from(budgetMultipliers, multiplier => 50 * multiplier * weights.budget)
  // What `weigh` says of the product that it was asked for last.
  const probability = new Float64Array(outcomes.length)
  const reward = new Float64Array(outcomes.length)
  let begun = false

  /** Fills in probability and reward of every outcome, for the product shown after so many steps. */
  function weigh(copy: number, state: ShopperState, product: number, stepsDone: number): void {
    const shopper = state.shopper[copy]!
    const { style } = state
    let fit = 0
    for (let at = copy * styles, of = product * styles, end = at + styles; at < end; at++, of++) fit += style[at]! * productStyle[of]!
    const place = copy * categories + category[product]!
    const match = matches[income[shopper]! * products + product]!
    const e = engage(
      fit,
      state.preference[place]! - state.fatigue[place]!,
      match,
      priceSensitivity[shopper]!,
      qualitySensitivity[shopper]!,
      exploration[shopper]!,
      quality[product]!,
      popularity[product]!,
      1 - decay * stepsDone,
    )
    fill(e, match, quality[product]!, popularity[product]!, probability, reward)
    if (corrected) correct(copy, state, product, e)
  }

  /** What budget, cart and bonuses change in the published table. */
  function correct(copy: number, state: ShopperState, product: number, e: number): void {
    const bonus = qualityBonus * quality[product]! + popularityBonus * popularity[product]!
    reward[like]! += bonus
    reward[cart]! += bonus
    reward[purchase]! += bonus
    reward[share]! += bonus
    const left = state.budget[copy]!
    const isIn = placeInCart(state, copy, product) >= 0
    const overBudget = cartValue(state, copy) > left
    if (isIn || overBudget || state.cartCount[copy] === cartSize) probability[cart] = 0
    if (price[product]! > left) probability[purchase] = 0
    else if (isIn) probability[purchase] = atMost(cartBoost * probability[purchase]!, 0.2)
    probability[report] = atMost(0.001 * (1 - e), 0.002)
    reward[report] = -1
    probability[remove] = overBudget ? removeChance : 0
    reward[remove] = -0.3
  }

  const { env, state } = defineEnv(copies, {
    name: 'marketplace',
    preset: shop.preset,
    options: settings.options,
    layout: [
      { name: 'user', offset: 0, shape: [userWidth] },
      { name: 'context', offset: userWidth, shape: [contextWidth], progress: 0 },
    ],
    actions: { kind: 'discrete', n: products },
    horizon,
    items,
    // Impression, click and leave, and each outcome.
    eventsPerStep: 3 + possible,
    state: shopperColumns(users.count, products, cartSize, Math.max(...toSpend)),

    wrongInState({ cart, cartCount }) {
      const inside = cart!.slice(0, cartCount![0])
      return new Set(inside).size < inside.length ? 'its cart has a product twice; a cart has each product once at most' : undefined
    },

    begin(copy, state, generator) {
      begun = true
      const shopper = integer(generator, users.count)
      state.shopper[copy] = shopper
      for (let at = 0; at < styles; at++) state.style[copy * styles + at] = users.style[shopper * styles + at]!
      for (let at = 0; at < categories; at++) {
        state.preference[copy * categories + at] = users.preference[shopper * categories + at]!
        state.fatigue[copy * categories + at] = 0
      }
      state.annoyance[copy] = 0
      state.budget[copy] = toSpend[income[shopper]!]!
      state.cartCount[copy] = 0
      state.lastOutcome[copy] = 0
    },

    observe(copy, state, row, offset) {
      const shopper = state.shopper[copy]!
      const done = state.steps[copy]!
      let at = offset
      if (isNew[shopper]) while (at < offset + userWidth) row[at++] = 0
      else {
        for (let from = copy * styles, end = from + styles; from < end; from++) row[at++] = state.style[from]!
        for (let from = copy * categories, end = from + categories; from < end; from++) {
          row[at++] = state.preference[from]! - state.fatigue[from]!
        }
        for (let from = shopper * habitCount, end = from + habitCount; from < end; from++) row[at++] = habits[from]!
        row[at++] = corrected ? state.annoyance[copy]! : done / 100
      }
      const had = toSpend[income[shopper]!]!
      row[at++] = done / horizon
      row[at++] = corrected ? cartValue(state, copy) / had : 0
      row[at++] = state.budget[copy]! / had
      row[at] = ratings[state.lastOutcome[copy]!]!
    },

    step(copy, state, actions, at, generator, { rewards, chosen, events }) {
      const product = actions[at]!
      const cost = price[product]!
      weigh(copy, state, product, state.steps[copy]! - 1)
      let happened = 1
      let sum = reward[0]!
      for (let code = 1; code < possible; code++) {
        if (generator.next() >= probability[code]!) continue
        happened |= 1 << code
        sum += reward[code]!
      }
      const leaveDraw = corrected ? generator.next() : 1
      rewards[copy] = sum
      state.lastOutcome[copy] = rate(happened)
      events.add(copy, impression, product, 0, cost, 0)
      events.add(copy, view, product, 0, cost, 0)
      if (happened & liked) {
        chosen[copy] = 0
        events.add(copy, click, product, 0, cost, 0)
      }
      // Most often nothing else has happened.
      if (happened > 1) {
        for (let code = 1; code < remove; code++) {
          if (happened & (1 << code)) events.add(copy, kindOf[code]!, product, 0, cost, code === purchase ? marginShare * cost : 0)
        }
      }
      if (!corrected) return false

      let annoyance = (1 - calming) * state.annoyance[copy]! + boredom * state.fatigue[copy * categories + category[product]!]!
      if (happened & (1 << dislike)) annoyance += irritation
      if (happened & complained) annoyance += 3 * irritation
      if (happened & (1 << remove)) {
        const newest = copy * cartSize + state.cartCount[copy]! - 1
        const removed = state.cart[newest]!
        takeOutOfCart(state, copy, newest)
        events.add(copy, kindOf[remove]!, removed, 0, price[removed]!, 0)
        annoyance += irritation
      }
      const bought = (happened & (1 << purchase)) !== 0
      if (happened & (1 << cart)) putIntoCart(state, copy, product)
      if (bought) {
        state.budget[copy]! -= cost
        const place = placeInCart(state, copy, product)
        if (place >= 0) takeOutOfCart(state, copy, place)
      }
      if (happened & liked) moveTaste(state, copy, product)
      tire(state, copy, product, bought)
      state.annoyance[copy] = annoyance < 1 ? annoyance : 1
      const leaves = leaveDraw < leaveBase + leaveSlope * state.annoyance[copy]! ** 2
      if (leaves) events.add(copy, leave, -1, 0, 0, 0)
      return leaves
    },

    expected(copy, state, actions, at) {
      weigh(copy, state, actions[at]!, state.steps[copy]!)
      let sum = 0
      for (let code = 0; code < possible; code++) sum += probability[code]! * reward[code]!
      return sum
    },

    who(copy, state) {
      const shopper = state.shopper[copy]!
      return `${users.ids[shopper]} (${userTypes[users.type[shopper]!]}, ${users.age[shopper]})`
    },
  })

  return Object.assign(env, {
    items,
    catalogue,
    users,
    shopperIds: users.ids,
    shoppers: state.shopper,

    shopperObservation(user: string | number): Float32Array {
      const shopper = findUser(users.ids, user)
      const row = new Float32Array(userWidth + contextWidth)
      if (!isNew[shopper]) {
        row.set(users.style.subarray(shopper * styles, (shopper + 1) * styles))
        row.set(users.preference.subarray(shopper * categories, (shopper + 1) * categories), styles)
        row.set(habits.subarray(shopper * habitCount, (shopper + 1) * habitCount), styles + categories)
      }
      // Nothing is spent yet.
      row[userWidth + 2] = 1
      return row
    },

    outcomesOf(copy: number, product: number): OutcomeChance[] {
      checkWhole('copy', copy, 0, copies - 1)
      checkWhole('product', product, 0, products - 1)
      if (!begun) throw new Error('marketplace has not begun; call reset(seed) first')
      weigh(copy, state, product, state.steps[copy]!)
      return outcomes.slice(0, possible).map((outcome, code) => ({ outcome, probability: probability[code]!, reward: reward[code]! }))
    },
  })
}
