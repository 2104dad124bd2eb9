/**
 * Simshop: a shopper of one of six types turns pages; a page shows 5 of the visit's 50 candidates.
 * Source: simshop, https://github.com/ernestknurov/simshop, commit 5e9d17a, src/env/interaction_env.py (MIT).
 *
 * A catalogue of 250 items (src/data/simshop-catalogue.ts) is fixed. For each item shown the shopper has a utility of 0 to 1, clicks where it
 * reaches one threshold and buys with a probability that rises up to another (simshop-shoppers.ts).
 *
 * Reward of a page: 3 · share clicked + 5 · share bought + mean utility - .1 · mean over the items of how often each was shown before in this
 * visit - .1 if nothing was clicked - .1 · number of the page, from 1. Ends (terminated, as the original): 3 pages running without a click,
 * 10 pages, 10 clicks, or 5 purchases. `chosen` is the place of the first item clicked, -1 for none.
 *
 * Since the fifth purchase ends a visit, five on the first page are worth less than four and then five: looking ahead pays.
 *
 * Candidates stay the same for a visit. Each copy keeps the catalogue in an order whose beginning they are:
 *   near-static (published): the catalogue's own order, in which 2 pairs of places, drawn from all, are exchanged before the first visit and
 *                every 20th after it, for good. The original's shuffled runs are `exchangedPairs: 25, exchangeEvery: 1`. It trains, and its
 *                notebooks evaluate, with the first 50 items alone (`items: 50`): there only the places of the same 50 candidates change.
 *   fresh (corrected): drawn anew from the whole catalogue for each visit, so that every item comes up and its place tells nothing (ours).
 *
 * Observation [451]: user, one-hot of the type (6); candidates [50, 8], four ids and four numbers each (simshop-items.ts); history [5, 9], the
 * last items clicked, the newest last, the same eight and a 1, rows of zeros where there are none. Clicks of one page follow each other in the
 * slate's order; the original's slate is a set, whose clicks it appends in the candidates' order. With `progress` also the context (ours):
 * pages / 10, pages running without a click / 3, clicks / 10 and purchases / 5, which rewards and ends depend on.
 *
 * Preset `published` keeps two defects: the original never counts what it has shown, so that the penalty for showing again is a constant
 * +.1, and clicks of earlier visits stay in the history. `corrected` counts, and empties the history. (The other defects are its agent's.)
 *
 * The familiarity_seeker remembers how often each item was seen over 10 visits of that type, then forgets all: the original's setting, kept
 * in both presets, since within one visit nothing is seen often enough to be clicked.
 *
 * Events: impression for each item shown, click, purchase with a margin of 40 % of the price (ours). Items are those of the catalogue.
 *
 * Each copy draws a fixed number of uniforms for a visit (2, and 50 for fresh candidates or 4 for an exchange) and for a page (3 an item shown).
 * Visits differ in length, so two policies under one seed meet the same luck until one of them ends a visit that the other does not.
 */
import type { SimshopCatalogue } from '../data/simshop-catalogue'
import { integer } from '../random/draws'
import { wholes } from './copy-state'
import { defineEnv } from './define-env'
import type { Block, Env } from './env'
import { eventCode } from './events'
import { catalogueOrder, exchangePairs, freshCandidates } from './simshop-candidates'
import { simshopIds, simshopItems, simshopItemWidth, simshopRows } from './simshop-items'
import { type SimshopOptions, simshopSettings } from './simshop-options'
import { familiaritySeeker, simshopShoppersOf, simshopTypes } from './simshop-shoppers'

export type { SimshopOptions } from './simshop-options'
export { type SimshopType, simshopTypes } from './simshop-shoppers'

/** Simshop, with what it alone has: its catalogue in plain columns, for pictures and for tests. */
export interface Simshop extends Env {
  readonly items: NonNullable<Env['items']>
  readonly catalogue: SimshopCatalogue
}

/**
 * `simshop(64)` serves 64 shoppers of all six types; `{ userTypes: 'brand_lover' }` one type; `{ preset: 'published' }` the original's defects.
 *
 * @param copies shoppers served at once, 1 to 100,000
 * @throws RangeError naming the option, its value and what is allowed
 */
export function simshop(copies: number, options: SimshopOptions = {}): Simshop {
  const { settings, catalogue, options: applied } = simshopSettings(options)
  const { items, candidates, pageSize, horizon, patience, mostClicks, mostPurchases, memoryVisits, historyLength } = settings
  const { newShoppers, exchangedPairs, exchangeEvery, progress, marginShare } = settings
  const published = settings.preset === 'published'
  const fresh = settings.candidateDraw === 'fresh'
  const types = settings.userTypes.map(type => simshopTypes.indexOf(type))
  const { price } = catalogue
  const shoppers = simshopShoppersOf(catalogue)
  const rows = simshopRows(catalogue)
  const itemFeatures = simshopItems(catalogue, rows)
  // Without a shopper who remembers, there is nothing to keep.
  const remembered = types.includes(familiaritySeeker) ? items : 0
  const places = new Int32Array(items)

  // Imported constants are read through a getter wherever modules become CommonJS; in a loop that costs more than all the rest.
  const itemWidth = simshopItemWidth
  const familiar = familiaritySeeker
  const { impression, click, purchase } = eventCode
  const userWidth = simshopTypes.length
  const historyOffset = userWidth + candidates * itemWidth
  const historyWidth = itemWidth + 1
  const contextOffset = historyOffset + historyLength * historyWidth
  const categories = [...simshopIds, 0, 0, 0, 0]
  const layout: Block[] = [
    { name: 'user', offset: 0, shape: [userWidth] },
    { name: 'candidates', offset: userWidth, shape: [candidates, itemWidth], categories },
    { name: 'history', offset: historyOffset, shape: [historyLength, historyWidth], categories: [...categories, 0] },
  ]
  if (progress) layout.push({ name: 'context', offset: contextOffset, shape: [4], progress: 0 })

  const { env } = defineEnv(copies, {
    name: 'simshop',
    preset: settings.preset,
    options: applied,
    layout,
    actions: { kind: 'slate', candidates, size: pageSize },
    horizon,
    items: itemFeatures,
    eventsPerStep: 3 * pageSize,
    state: {
      type: wholes(1, 0, userWidth - 1),
      known: wholes(1, 0, 1),
      order: wholes(items, 0, items - 1), // the candidates come first
      visitsSinceExchange: wholes(1, 0, exchangeEvery), // 0 before the first visit alone
      shown: wholes(candidates, 0, horizon), // times in this visit
      seen: wholes(remembered, 0, horizon * memoryVisits), // times, as far as the familiarity_seeker remembers
      visitsRemembered: wholes(1, 0, memoryVisits - 1),
      history: wholes(historyLength, 0, items), // item + 1, the newest last; 0 for none
      dryPages: wholes(1, 0, patience - 1),
      clicks: wholes(1, 0, mostClicks - 1),
      purchases: wholes(1, 0, mostPurchases - 1),
    },

    wrongInState({ order }) {
      return new Set(order).size < items ? `its order has an item twice; each of the ${items} items must stand in it once` : undefined
    },

    begin(copy, state, generator) {
      state.type[copy] = types[integer(generator, types.length)]!
      state.known[copy] = generator.next() < newShoppers ? 0 : 1
      const first = state.visitsSinceExchange[copy] === 0
      const due = first || state.visitsSinceExchange[copy] === exchangeEvery
      if (first) catalogueOrder(state.order, copy * items, items)
      if (fresh) freshCandidates(state.order, copy * items, items, candidates, generator)
      else if (due) exchangePairs(state.order, copy * items, places, exchangedPairs, generator)
      state.visitsSinceExchange[copy] = due ? 1 : state.visitsSinceExchange[copy]! + 1

      if (state.type[copy] === familiar) {
        if (state.visitsRemembered[copy] === 0) for (let at = copy * items; at < (copy + 1) * items; at++) state.seen[at] = 0
        state.visitsRemembered[copy] = (state.visitsRemembered[copy]! + 1) % memoryVisits
      }
      for (let at = copy * candidates; at < (copy + 1) * candidates; at++) state.shown[at] = 0
      if (!published) for (let at = copy * historyLength; at < (copy + 1) * historyLength; at++) state.history[at] = 0
      state.dryPages[copy] = 0
      state.clicks[copy] = 0
      state.purchases[copy] = 0
    },

    observe(copy, state, row, offset) {
      for (let type = 0; type < userWidth; type++) row[offset + type] = 0
      if (state.known[copy] === 1) row[offset + state.type[copy]!] = 1
      let to = offset + userWidth
      for (let candidate = copy * items; candidate < copy * items + candidates; candidate++) {
        let from = state.order[candidate]! * itemWidth
        for (let column = 0; column < itemWidth; column++) row[to++] = rows[from++]!
      }
      for (let at = copy * historyLength; at < (copy + 1) * historyLength; at++) {
        const item = state.history[at]! - 1
        for (let column = 0; column < itemWidth; column++) row[to++] = item < 0 ? 0 : rows[item * itemWidth + column]!
        row[to++] = item < 0 ? 0 : 1
      }
      if (!progress) return
      row[to++] = state.steps[copy]! / horizon
      row[to++] = state.dryPages[copy]! / patience
      row[to++] = state.clicks[copy]! / mostClicks
      row[to] = state.purchases[copy]! / mostPurchases
    },

    step(copy, state, actions, at, generator, { rewards, chosen, events }) {
      const type = state.type[copy]!
      let clicks = 0
      let purchases = 0
      let utilities = 0
      let shownBefore = 0
      for (let place = 0; place < pageSize; place++) {
        const first = generator.next()
        const second = generator.next()
        const purchaseDraw = generator.next()
        const candidate = actions[at + place]!
        const item = state.order[copy * items + candidate]!
        const seen = type === familiar ? ++state.seen[copy * items + item]! : 0
        const utility = shoppers.utility(type, item, seen, first, second)
        utilities += utility
        shownBefore += state.shown[copy * candidates + candidate]!++
        events.add(copy, impression, item, place, price[item]!, 0)
        if (!shoppers.clicks(type, utility)) continue
        if (clicks++ === 0) chosen[copy] = place
        remember(state.history, copy * historyLength, item)
        events.add(copy, click, item, place, price[item]!, 0)
        if (purchaseDraw >= shoppers.buys(type, utility)) continue
        purchases++
        events.add(copy, purchase, item, place, price[item]!, marginShare * price[item]!)
      }
      const noClick = clicks === 0 ? 1 : 0
      rewards[copy] = pageReward(clicks, purchases, utilities, shownBefore, noClick, state.steps[copy]!)
      state.dryPages[copy] = noClick * (state.dryPages[copy]! + 1)
      state.clicks[copy]! += clicks
      state.purchases[copy]! += purchases
      return (
        state.dryPages[copy]! >= patience ||
        state.steps[copy]! >= horizon ||
        state.clicks[copy]! >= mostClicks ||
        state.purchases[copy]! >= mostPurchases
      )
    },

    // The reward is linear in all but the click: its penalty falls on the product of the chances that each item is left.
    expected(copy, state, actions, at) {
      const type = state.type[copy]!
      let clicks = 0
      let purchases = 0
      let utilities = 0
      let shownBefore = 0
      let noClick = 1
      for (let place = 0; place < pageSize; place++) {
        const candidate = actions[at + place]!
        const item = state.order[copy * items + candidate]!
        const seen = type === familiar ? state.seen[copy * items + item]! + 1 : 0
        const clickChance = shoppers.clickChance(type, item, seen)
        clicks += clickChance
        noClick *= 1 - clickChance
        purchases += shoppers.purchaseChance(type, item, seen)
        utilities += shoppers.meanUtility(type, item, seen)
        shownBefore += state.shown[copy * candidates + candidate]!
      }
      return pageReward(clicks, purchases, utilities, shownBefore, noClick, state.steps[copy]! + 1)
    },

    who: (copy, state) => `${simshopTypes[state.type[copy]!]!.replace('_', ' ')}${state.known[copy] === 1 ? '' : ' (new to the shop)'}`,
  })

  /** @param shownBefore summed over the items; in `published` no showing was counted, not even this one, so each item has -1. */
  function pageReward(clicks: number, purchases: number, utilities: number, shownBefore: number, noClick: number, page: number): number {
    const again = published ? -1 : shownBefore / pageSize
    return (3 * clicks + 5 * purchases + utilities) / pageSize - 0.1 * again - 0.1 * noClick - 0.1 * page
  }

  function remember(history: Int32Array, from: number, item: number): void {
    const last = from + historyLength - 1
    for (let at = from; at < last; at++) history[at] = history[at + 1]!
    history[last] = item + 1
  }

  return Object.assign(env, { items: itemFeatures, catalogue })
}
