/**
 * The candy store: a session of ten recommendations to one shopper, one item at a time. Source: the guide's environment.
 *
 * A shopper u and an item v are embeddings. The shopper engages with the item shown with probability
 *   guide (default):  sigmoid(.3 u·v - 1.8 + N(0, .1)), over generated tables or tables given;
 *   published:        clip(sigmoid(u·v) + N(0, .1), 0, 1), over embeddings drawn from N(0, 1)^20.
 * The guide gives no scale; .3 and -1.8 are ours, calibrated over generated shops of 500 × 100 so that a random item is engaged with
 * 3 times in 10 and a shopper's best item 9 times in 10 (lab/calibrate/guide-preference.ts).
 *
 * Observation [width]: the shopper's embedding (20), the mean embedding of the last ten items engaged with, zeros before the first (20),
 * and the context: steps done / 10, items in the history / 10; with `timeFeatures` also hour / 24 and weekday / 7 of the visit.
 * Reward: +1 engaged, -.1 ignored, and -.2 more when the item is among the last three engaged with. Ends: after ten steps, truncated
 * (with `endsSession` terminated). The shopper's taste does not change, so only the -.2 makes order matter; with `drifting`
 * (candy-store-drift.ts) an engagement moves the taste and bores, so that looking ahead pays.
 *
 * Bonuses, off by default, are in `rewards` and also in `bonuses`: diversity -diversityWeight · sum of the cosines between the item and those in the
 * history; exploration explorationWeight / sqrt(times this copy has shown the item since reset, before now, + 1). With `hybrid` the preference is
 * hybridWeight u·v + (1 - hybridWeight) cos(u, v) instead of u·v. With `recency` the history's mean weighs an item by a power of its age.
 *
 * With `drifting` the moved taste and the boredom are latent: the first block stays the embedding that the shopper came with. But they follow
 * from what was engaged with, and the history's mean then weighs an item by .5 to the power of its age unless told otherwise, so that
 * after n engagements, as long as the history holds them all, the taste is .5^n · first block + (1 - .5^n) · history block.
 *
 * With `newShoppers` the shop does not know a share of the shoppers: zeros stand for their embedding, for as often as they come, while they
 * engage by the taste they have. With `newItems` it does not know a share of the items: zeros stand for their features in `items.features`,
 * in the history's mean, where they count as taken, and in the diversity bonus. Which are new follows from the tables' seed alone: nothing
 * is drawn for it in a visit.
 *
 * Events: impression; click for an engagement; purchase for a share of the engagements; at the end of a session return, item -1, with
 * probability .1 + .6 · share of the steps engaged with (ours). A return is counted, it does not decide who comes next.
 *
 * Each copy draws 3 uniforms for a session and 5 for a step whatever is done, so that two policies under one seed meet the same luck.
 */
import { drawHour, drawWeekday } from '../data/calendar'
import { checkWhole } from '../data/check'
import { findItem, findUser } from '../data/find-row'
import { affinity as innerProduct, rowLengths } from '../data/preference'
import { integer, normal } from '../random/draws'
import { boredomOf, moveTaste } from './candy-store-drift'
import { type CandyStoreOptions, candyStoreSettings } from './candy-store-options'
import { shopperInWords } from './candy-store-words'
import { candyStoreWorld } from './candy-store-world'
import { numbers, wholes } from './copy-state'
import { defineEnv } from './define-env'
import { noiseInside, noiseOutside } from './engagement'
import type { Env } from './env'
import { eventCode } from './events'

export type { CandyStoreOptions } from './candy-store-options'

/** The candy store, with what it alone has: known shoppers. */
export interface CandyStore extends Env {
  readonly items: NonNullable<Env['items']>
  /** The ids of all shoppers; their place in the list is their row number. */
  readonly shopperIds: readonly string[]
  /** [copies]: row number of the shopper now served. */
  readonly shoppers: Int32Array
  /**
   * What an agent sees when this shopper walks in: for recommending to a person. Draws nothing and moves nothing.
   *
   * @param user    id (`user_42`) or row number
   * @param hour    0..23, used with `timeFeatures`
   * @param weekday 0..6, 0 = Sunday, used with `timeFeatures`
   * @returns [width], a new array
   * @throws UserError when there is no such shopper
   */
  firstObservation(user: string | number, hour?: number, weekday?: number): Float32Array
  /**
   * What an agent sees of somebody who is not in the tables: zeros for the embedding, and a history of what was just taken, as if those items
   * had been shown one after another in this visit. Draws nothing and moves nothing.
   *
   * @returns [width], a new array
   * @throws UserError when there is no such item
   */
  strangerObservation(about?: StrangerOptions): Float32Array
}

export interface StrangerOptions {
  /** Items the person engaged with, oldest first, by title or row number; the last `historyLength` count. None when left out. */
  readonly taken?: readonly (string | number)[]
  /** 0..23, used with `timeFeatures`; 19. */
  readonly hour?: number
  /** 0..6, 0 = Sunday, used with `timeFeatures`; 6. */
  readonly weekday?: number
}

/**
 * A candy store; `reset(seed)` opens it. `candyStore(1)` serves one shopper at a time, `candyStore(64)` 64 side by side; there are 500 shoppers
 * and 100 candies unless told. `{ tables: '../data' }` is the shop of those files, `{ preset: 'published' }` one of chance embeddings.
 *
 * @param copies shoppers served at once, 1 to 100,000
 * @throws RangeError naming the option, its value and what is allowed; UserError for files that cannot be read and unknown shoppers
 */
export function candyStore(copies: number, options: CandyStoreOptions = {}): CandyStore {
  const settings = candyStoreSettings(options)
  const world = candyStoreWorld(settings)
  const { features, knownFeatures, knownShoppers, width, visitors, price } = world
  const { horizon, historyLength, repeatWindow, scale, shift, timeFeatures, drifting } = settings
  const { engagedReward, ignoredReward, repeatReward, purchaseShare, marginShare, endsSession } = settings
  // Imported names are read through a getter wherever modules become CommonJS; in a loop that costs a third of a step.
  const { impression, click, purchase, return: comesBack } = eventCode
  const normalNumber = normal
  const affinity = innerProduct
  const hybridWeight = settings.hybrid === false ? 1 : settings.hybrid
  const diversityWeight = settings.diversity === false ? 0 : settings.diversity
  const explorationWeight = settings.exploration === false ? 0 : settings.exploration
  const recency = settings.recency === false ? 1 : settings.recency
  const engagement = settings.preset === 'guide' ? noiseInside(settings.noise) : noiseOutside(settings.noise)
  const itemCount = price.length
  const itemLength = rowLengths(features, itemCount, width)
  const knownLength = rowLengths(knownFeatures, itemCount, width)
  const contextOffset = 2 * width
  const rowWidth = contextOffset + (timeFeatures ? 4 : 2)

  const { env, state } = defineEnv(copies, {
    name: 'candy-store',
    preset: settings.preset,
    options: { ...settings, ...world.options },
    layout: [
      { name: 'user', offset: 0, shape: [width] },
      { name: 'history', offset: width, shape: [width] },
      { name: 'context', offset: contextOffset, shape: [rowWidth - contextOffset], progress: 0 },
    ],
    actions: { kind: 'discrete', n: itemCount },
    horizon,
    items: world.items,
    eventsPerStep: 4,
    state: {
      shopper: wholes(1, 0, world.shopperIds.length - 1),
      hour: wholes(1, 0, 23),
      weekday: wholes(1, 0, 6),
      engagedSteps: wholes(1, 0, horizon),
      engagedLast: wholes(1, 0, 1), // in the last step of this episode
      historyCount: wholes(1, 0, historyLength),
      history: wholes(historyLength, 0, itemCount - 1), // oldest first; what lies beyond the count is of the past
      taste: numbers(drifting ? width : 0),
      shown: wholes(explorationWeight === 0 ? 0 : itemCount, 0, 2 ** 31 - 1), // how often, since reset: the exploration bonus alone needs it
    },

    begin(copy, { shopper, hour, weekday, engagedSteps, historyCount, taste }, generator) {
      shopper[copy] = visitors[integer(generator, visitors.length)]!
      hour[copy] = drawHour(generator)
      weekday[copy] = drawWeekday(generator)
      engagedSteps[copy] = 0
      historyCount[copy] = 0
      if (!drifting) return
      for (let at = 0; at < width; at++) taste[copy * width + at] = world.shoppers[shopper[copy]! * width + at]!
    },

    observe(copy, { shopper, steps, hour, weekday, history, historyCount, engagedLast }, row, offset, whole) {
      if (whole) {
        writeShopper(row, offset, shopper[copy]!)
        writeTime(row, offset, hour[copy]!, weekday[copy]!)
      }
      if (whole || engagedLast[copy] === 1) writeMean(row, offset + width, history, copy * historyLength, historyCount[copy]!)
      writeProgress(row, offset, steps[copy]!, historyCount[copy]!)
    },

    step(copy, { steps, engagedSteps, engagedLast }, actions, at, generator, { rewards, bonuses, chosen, events }) {
      const noise = normalNumber(generator)
      const engageDraw = generator.next()
      const purchaseDraw = generator.next()
      const returnDraw = generator.next()

      const item = actions[at]!
      const itemPrice = price[item]!
      const engaged = engageDraw < engagement.given(wish(copy, item), noise)
      const bonus = bonusOf(copy, item)
      const repeat = isRepeat(copy, item) ? repeatReward : 0
      rewards[copy] = (engaged ? engagedReward : ignoredReward) + repeat + bonus
      bonuses[copy] = bonus
      events.add(copy, impression, item, 0, itemPrice, 0)
      engagedLast[copy] = engaged ? 1 : 0
      if (engaged) {
        chosen[copy] = 0
        engagedSteps[copy]!++
        remember(copy, item)
        if (drifting) moveTaste(state.taste, copy, features, item, width)
        events.add(copy, click, item, 0, itemPrice, 0)
        if (purchaseDraw < purchaseShare) events.add(copy, purchase, item, 0, itemPrice, marginShare * itemPrice)
      }
      if (steps[copy]! < horizon) return false
      const satisfaction = engagedSteps[copy]! / horizon
      if (returnDraw < settings.returnBase + settings.returnSlope * satisfaction) events.add(copy, comesBack, -1, 0, 0, 0)
      return endsSession
    },

    expected(copy, _state, actions, at) {
      const probability = engagement.expected(wish(copy, actions[at]!))
      const repeat = isRepeat(copy, actions[at]!) ? repeatReward : 0
      return probability * engagedReward + (1 - probability) * ignoredReward + repeat
    },

    who: (copy, { shopper }) => shopperInWords(world, shopper[copy]!),
  })
  const { shopper, history, historyCount, shown } = state
  const tastes = drifting ? state.taste : world.shoppers

  /** Scaled and shifted preference of a copy's shopper for an item. */
  function wish(copy: number, item: number): number {
    const row = drifting ? copy : shopper[copy]!
    const start = copy * historyLength
    const boredom = drifting ? boredomOf(history, start, start + historyCount[copy]!, world.kinds, item) : 0
    const product = affinity(tastes, row, features, item, width)
    if (hybridWeight === 1) return scale * product + shift - boredom
    const lengths = Math.sqrt(affinity(tastes, row, tastes, row, width)) * itemLength[item]!
    return scale * (hybridWeight * product + (lengths === 0 ? 0 : ((1 - hybridWeight) * product) / lengths)) + shift - boredom
  }

  function isRepeat(copy: number, item: number): boolean {
    const end = copy * historyLength + historyCount[copy]!
    for (let at = Math.max(copy * historyLength, end - repeatWindow); at < end; at++) if (history[at] === item) return true
    return false
  }

  function bonusOf(copy: number, item: number): number {
    let bonus = 0
    if (diversityWeight !== 0) {
      const end = copy * historyLength + historyCount[copy]!
      for (let at = copy * historyLength; at < end; at++) {
        const recent = history[at]!
        const lengths = knownLength[item]! * knownLength[recent]!
        if (lengths !== 0) bonus -= (diversityWeight * affinity(knownFeatures, item, knownFeatures, recent, width)) / lengths
      }
    }
    if (explorationWeight !== 0) bonus += explorationWeight / Math.sqrt(shown[copy * itemCount + item]!++ + 1)
    return bonus
  }

  function remember(copy: number, item: number): void {
    const start = copy * historyLength
    if (historyCount[copy] === historyLength) history.copyWithin(start, start + 1, start + historyLength)
    else historyCount[copy]!++
    history[start + historyCount[copy]! - 1] = item
  }

  function writeShopper(row: Float32Array, offset: number, shopper: number): void {
    for (let at = 0; at < width; at++) row[offset + at] = knownShoppers[shopper * width + at]!
  }

  /** The mean features of `count` items of a list, the newest last. */
  function writeMean(row: Float32Array, from: number, list: ArrayLike<number>, start: number, count: number): void {
    let total = 0
    for (let age = 0, weight = 1; age < count; age++, weight *= recency) total += weight
    for (let at = 0; at < width; at++) {
      let sum = 0
      for (let age = 0, weight = 1; age < count; age++, weight *= recency) {
        sum += weight * knownFeatures[list[start + count - 1 - age]! * width + at]!
      }
      row[from + at] = count === 0 ? 0 : sum / total
    }
  }

  function writeProgress(row: Float32Array, offset: number, steps: number, taken: number): void {
    row[offset + contextOffset] = steps / horizon
    row[offset + contextOffset + 1] = taken / historyLength
  }

  function writeTime(row: Float32Array, offset: number, hour: number, weekday: number): void {
    if (!timeFeatures) return
    row[offset + contextOffset + 2] = hour / 24
    row[offset + contextOffset + 3] = weekday / 7
  }

  return Object.assign(env, {
    items: world.items,
    shopperIds: world.shopperIds,
    shoppers: shopper,

    firstObservation(user: string | number, hour = 19, weekday = 6) {
      checkWhole('hour', hour, 0, 23)
      checkWhole('weekday', weekday, 0, 6)
      const row = new Float32Array(rowWidth)
      writeShopper(row, 0, findUser(world.shopperIds, user))
      writeTime(row, 0, hour, weekday)
      return row
    },

    strangerObservation({ taken = [], hour = 19, weekday = 6 }: StrangerOptions = {}) {
      checkWhole('hour', hour, 0, 23)
      checkWhole('weekday', weekday, 0, 6)
      if (!Array.isArray(taken)) throw new RangeError(`taken is ${String(taken)}; it must be a list of titles or row numbers`)
      const recent = taken.map(item => findItem(world.items.labels, item)).slice(-historyLength)
      const row = new Float32Array(rowWidth)
      writeMean(row, width, recent, 0, recent.length)
      // The visit goes on: a step is left.
      writeProgress(row, 0, Math.min(taken.length, horizon - 1), recent.length)
      writeTime(row, 0, hour, weekday)
      return row
    },
  })
}
