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
 * (with `endsSession` terminated). The shopper's taste does not change, so only the -.2 makes order matter.
 *
 * Bonuses, off by default, are in `rewards` and also in `bonuses`: diversity -diversityWeight · sum of the cosines between the item and those in the
 * history; exploration explorationWeight / sqrt(times this copy has shown the item since reset, before now, + 1). With `hybrid` the preference is
 * hybridWeight u·v + (1 - hybridWeight) cos(u, v) instead of u·v. With `recency` the history's mean weighs an item by a power of its age.
 *
 * With `newShoppers` the shop does not know a share of the shoppers: zeros stand for their embedding, for as often as they come, while they
 * engage by the taste they have. Who they are follows from the tables' seed alone: nothing is drawn for it in a visit.
 *
 * Events: impression; click for an engagement; purchase for a share of the engagements; at the end of a session return, item -1, with
 * probability .1 + .6 · share of the steps engaged with (ours). A return is counted, it does not decide who comes next.
 *
 * Each copy draws 3 uniforms for a session and 5 for a step whatever is done, so that two policies under one seed meet the same luck.
 */
import { drawHour, drawWeekday } from '../data/calendar'
import { checkWhole } from '../data/check'
import { affinity, rowLengths } from '../data/preference'
import { integer, normal } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import { checkActions, checkCopy, checkLoad, clearOutcome, makeBuffers } from './buffers'
import { type CandyStoreOptions, candyStoreSettings } from './candy-store-options'
import { type CopyState, checkCopyState } from './candy-store-snapshot'
import { candyStoreWorld, findItem, findUser } from './candy-store-world'
import { noiseInside, noiseOutside } from './engagement'
import type { Block, Env, Spec } from './env'
import { eventCode } from './events'
import { setOracle } from './oracle'

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
  checkWhole('copies', copies, 1, 100_000)
  const settings = candyStoreSettings(options)
  const world = candyStoreWorld(settings)
  const { features, width, visitors, price } = world
  const itemCount = price.length
  const { horizon, historyLength, repeatWindow, scale, shift, timeFeatures } = settings
  const hybridWeight = settings.hybrid === false ? 1 : settings.hybrid
  const diversityWeight = settings.diversity === false ? 0 : settings.diversity
  const explorationWeight = settings.exploration === false ? 0 : settings.exploration
  const recency = settings.recency === false ? 1 : settings.recency
  const engagement = settings.preset === 'guide' ? noiseInside(settings.noise) : noiseOutside(settings.noise)

  const contextOffset = 2 * width
  const rowWidth = contextOffset + (timeFeatures ? 4 : 2)
  const layout: Block[] = [
    { name: 'user', offset: 0, shape: [width] },
    { name: 'history', offset: width, shape: [width] },
    { name: 'context', offset: contextOffset, shape: [rowWidth - contextOffset] },
  ]
  const spec: Spec = {
    name: 'candy-store',
    preset: settings.preset,
    options: { ...settings, ...world.options },
    layout,
    width: rowWidth,
    actions: { kind: 'discrete', n: itemCount },
    horizon,
  }

  const buffers = makeBuffers(copies, rowWidth, 4)
  const { observations, finalObservations, rewards, bonuses, terminated, truncated, chosen, events } = buffers
  const shoppers = new Int32Array(copies)
  const steps = new Int32Array(copies)
  const engagedSteps = new Int32Array(copies)
  const history = new Int32Array(copies * historyLength) // oldest first
  const historyCount = new Int32Array(copies)
  const hours = new Uint8Array(copies)
  const weekdays = new Uint8Array(copies)
  const shown = new Int32Array(explorationWeight === 0 ? 0 : copies * itemCount) // how often, since reset: the exploration bonus alone needs it
  const shopperLength = rowLengths(world.shoppers, world.shopperIds.length, width)
  const itemLength = rowLengths(features, itemCount, width)
  const generators: Generator[] = []

  /** Scaled and shifted preference of a shopper for an item. */
  function wish(shopper: number, item: number): number {
    const product = affinity(world.shoppers, shopper, features, item, width)
    if (hybridWeight === 1) return scale * product + shift
    const lengths = shopperLength[shopper]! * itemLength[item]!
    return scale * (hybridWeight * product + (lengths === 0 ? 0 : ((1 - hybridWeight) * product) / lengths)) + shift
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
        const lengths = itemLength[item]! * itemLength[recent]!
        if (lengths !== 0) bonus -= (diversityWeight * affinity(features, item, features, recent, width)) / lengths
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

  function begin(copy: number): void {
    const generator = generators[copy]!
    shoppers[copy] = visitors[integer(generator, visitors.length)]!
    hours[copy] = drawHour(generator)
    weekdays[copy] = drawWeekday(generator)
    steps[copy] = 0
    engagedSteps[copy] = 0
    historyCount[copy] = 0
    writeShopper(observations, copy * rowWidth, shoppers[copy]!, hours[copy]!, weekdays[copy]!)
    writeHistory(copy)
    writeProgress(copy)
  }

  function writeShopper(row: Float32Array, offset: number, shopper: number, hour: number, weekday: number): void {
    const known = world.strangers[shopper] === 0
    for (let at = 0; at < width; at++) row[offset + at] = known ? world.shoppers[shopper * width + at]! : 0
    writeTime(row, offset, hour, weekday)
  }

  function writeTime(row: Float32Array, offset: number, hour: number, weekday: number): void {
    if (!timeFeatures) return
    row[offset + contextOffset + 2] = hour / 24
    row[offset + contextOffset + 3] = weekday / 7
  }

  function writeHistory(copy: number): void {
    writeMean(observations, copy * rowWidth + width, history, copy * historyLength, historyCount[copy]!)
  }

  /** The mean features of `count` items of a list, the newest last. */
  function writeMean(row: Float32Array, from: number, list: ArrayLike<number>, start: number, count: number): void {
    let total = 0
    for (let age = 0, weight = 1; age < count; age++, weight *= recency) total += weight
    for (let at = 0; at < width; at++) {
      let sum = 0
      for (let age = 0, weight = 1; age < count; age++, weight *= recency) {
        sum += weight * features[list[start + count - 1 - age]! * width + at]!
      }
      row[from + at] = count === 0 ? 0 : sum / total
    }
  }

  function writeProgress(copy: number): void {
    const from = copy * rowWidth + contextOffset
    observations[from] = steps[copy]! / horizon
    observations[from + 1] = historyCount[copy]! / historyLength
  }

  function stepOne(copy: number, item: number): void {
    const generator = generators[copy]!
    const noise = normal(generator)
    const engageDraw = generator.next()
    const purchaseDraw = generator.next()
    const returnDraw = generator.next()

    const engaged = engageDraw < engagement.given(wish(shoppers[copy]!, item), noise)
    const bonus = bonusOf(copy, item)
    const repeat = isRepeat(copy, item) ? settings.repeatReward : 0
    rewards[copy] = (engaged ? settings.engagedReward : settings.ignoredReward) + repeat + bonus
    bonuses[copy] = bonus
    chosen[copy] = engaged ? 0 : -1
    steps[copy]!++

    const itemPrice = price[item]!
    events.add(copy, eventCode.impression, item, 0, itemPrice, 0)
    if (engaged) {
      engagedSteps[copy]!++
      remember(copy, item)
      writeHistory(copy)
      events.add(copy, eventCode.click, item, 0, itemPrice, 0)
      if (purchaseDraw < settings.purchaseShare) events.add(copy, eventCode.purchase, item, 0, itemPrice, settings.marginShare * itemPrice)
    }
    writeProgress(copy)

    const over = steps[copy] === horizon
    terminated[copy] = over && settings.endsSession ? 1 : 0
    truncated[copy] = over && !settings.endsSession ? 1 : 0
    if (!over) return
    const satisfaction = engagedSteps[copy]! / horizon
    if (returnDraw < settings.returnBase + settings.returnSlope * satisfaction) events.add(copy, eventCode.return, -1, 0, 0, 0)
    const row = copy * rowWidth
    for (let at = row; at < row + rowWidth; at++) finalObservations[at] = observations[at]!
    begin(copy)
  }

  function requireReset(): void {
    if (generators.length === 0) throw new Error('candy-store has not begun; call reset(seed) first')
  }

  const env: CandyStore = {
    spec,
    items: world.items,
    copies,
    ...buffers,
    shopperIds: world.shopperIds,
    shoppers,

    reset(seed, firstCopy = 0) {
      checkWhole('firstCopy', firstCopy, 0, Number.MAX_SAFE_INTEGER)
      const begun = Array.from({ length: copies }, (_, copy) => stream(seed, 'candy-store', firstCopy + copy))
      shown.fill(0)
      events.clear()
      for (let copy = 0; copy < copies; copy++) {
        generators[copy] = begun[copy]!
        clearOutcome(buffers, copy)
        begin(copy)
      }
    },

    step(actions) {
      requireReset()
      checkActions(actions, copies, itemCount)
      events.clear()
      for (let copy = 0; copy < copies; copy++) stepOne(copy, actions[copy]!)
    },

    save(copy) {
      requireReset()
      checkCopy(copy, copies)
      const start = copy * historyLength
      const state: CopyState = {
        shopper: shoppers[copy]!,
        step: steps[copy]!,
        engagedSteps: engagedSteps[copy]!,
        history: Array.from(history.subarray(start, start + historyCount[copy]!)),
        hour: hours[copy]!,
        weekday: weekdays[copy]!,
        shown: Array.from(shown.subarray(copy * itemCount, (copy + 1) * itemCount)),
        generator: generators[copy]!.save(),
      }
      return { env: spec.name, state: { ...state } }
    },

    load(snapshot, into, futureSeed) {
      requireReset()
      checkLoad(spec.name, snapshot.env, into, copies)
      const state = checkCopyState(snapshot.state, {
        shoppers: world.shopperIds.length,
        horizon,
        historyLength,
        items: itemCount,
        counted: shown.length > 0,
      })
      for (const copy of into) {
        if (futureSeed === undefined) generators[copy]!.load(state.generator)
        else generators[copy] = stream(futureSeed, 'candy-store', 'future', copy)
        shoppers[copy] = state.shopper
        steps[copy] = state.step
        engagedSteps[copy] = state.engagedSteps
        history.set(state.history, copy * historyLength)
        historyCount[copy] = state.history.length
        hours[copy] = state.hour
        weekdays[copy] = state.weekday
        shown.set(state.shown, explorationWeight === 0 ? 0 : copy * itemCount)
        clearOutcome(buffers, copy)
        writeShopper(observations, copy * rowWidth, state.shopper, state.hour, state.weekday)
        writeHistory(copy)
        writeProgress(copy)
      }
      events.clear()
    },

    firstObservation(user, hour = 19, weekday = 6) {
      checkWhole('hour', hour, 0, 23)
      checkWhole('weekday', weekday, 0, 6)
      const row = new Float32Array(rowWidth)
      writeShopper(row, 0, findUser(world.shopperIds, user), hour, weekday)
      return row
    },

    strangerObservation({ taken = [], hour = 19, weekday = 6 } = {}) {
      checkWhole('hour', hour, 0, 23)
      checkWhole('weekday', weekday, 0, 6)
      if (!Array.isArray(taken)) throw new RangeError(`taken is ${String(taken)}; it must be a list of titles or row numbers`)
      const recent = taken.map(item => findItem(world.items.labels, item)).slice(-historyLength)
      const row = new Float32Array(rowWidth)
      writeTime(row, 0, hour, weekday)
      writeMean(row, width, recent, 0, recent.length)
      // The visit goes on: a step is left.
      row[contextOffset] = Math.min(taken.length, horizon - 1) / horizon
      row[contextOffset + 1] = recent.length / historyLength
      return row
    },
  }

  setOracle(env, (actions, out) => {
    requireReset()
    checkActions(actions, copies, itemCount)
    for (let copy = 0; copy < copies; copy++) {
      const probability = engagement.expected(wish(shoppers[copy]!, actions[copy]!))
      const repeat = isRepeat(copy, actions[copy]!) ? settings.repeatReward : 0
      out[copy] = probability * settings.engagedReward + (1 - probability) * settings.ignoredReward + repeat
    }
  })

  return env
}
