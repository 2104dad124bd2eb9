/**
 * Offers: a month of messages to one shopper, at most one a day. Source: the document's offers agent, which names state and actions and
 * leaves the reward open; the economics are ours, and so are all formulas below.
 *
 * Each day at noon the shop decides on an offer (discount, free shipping, recommendation, bundle) × a value (5, 10, 15) × a channel (email,
 * sms, push) × a timing (immediate, 1 hour, 6 hours, next day), or on sending nothing. offers-economics.ts has what each costs and gives.
 * Who comes is drawn from shoppers whose numbers were read off their behaviour (src/data/offers-parameters.ts). A day of a shopper:
 *
 *   fatigue   ← .75 · fatigue + what arrives today (email 1, sms 1.5, push .8); a next-day message arrives in the next step, at 8
 *   strain    = fatigue / tolerance;   calm = 1 / (1 + strain)
 *   need      = h·d / (1 + h·d), d days after the last purchase, with h the shopper's hazard
 *   alone     = h · need · calm                                        buys without any message
 *   answered  = response to the channel · fit of the timing · calm     a message that arrived is opened
 *   persuaded = min(.9, conversion · need · (1 + appeal · liking · strength of the value))     an opened one brings a purchase
 *   purchase  1 - (1 - alone) · the product over opened messages of (1 - persuaded); at most one a day
 *   order     = order value · (.5 + U), for a bundle 1.35 times that
 *   leaves    min(1, .01 · strain²), where a message arrived: unsubscribed
 *
 * Liking is the discount sensitivity, the free-shipping preference, the engagement at first, or 1 for a bundle, with appeals of 3, 4, .8
 * and .2. The fit is .6 + .4 · (share of the shopper's sessions within two hours of the arrival / that of the best timing), arrivals being
 * 12, 13, 18 and 8 o'clock. Whoever buys with a message open uses its offer, also who would have bought anyway; of two, today's.
 *
 * Reward: margin of the purchase (40 % of the order, less what the offer gives) - cost of the message sent (email 2 cents, sms 10, push 1).
 * Ends: unsubscribed, terminated; after 30 days, truncated. A next-day message of the last day is lost.
 *
 * Calibration (lab/calibrate/offers.ts, all 500 shoppers of dataSeed 42, mean of 30 days in dollars): never sending 11.84, the best message
 * for the day every day 10.70, the myopic oracle 11.56, planning ahead 14.98, which is 1.30 times the myopic; random 6.1 (flat), 6.7
 * (factored). The script takes a dataSeed too, for other shoppers.
 *
 * Observation [12]: the ten features (src/data/offers-features.ts), kept up to date by their own formulas, minus the shoppers' means and
 * divided by their deviations; context: messages sent / 30, days / 30. Fatigue is not seen. What moves: recency and days since purchase by
 * a day each day, to 0 at a session or purchase; frequency, monetary; engagement, whose points fade, by 2 views a session and a cart and a
 * purchase; the two preferences by purchases, the responses by messages sent and opened. A day has a session for each message opened, one
 * with probability visits · calm beside, and one for a purchase without any.
 *
 * Events: message (item the flat action, price its cost, margin -cost), click (opened), purchase (item the offer used or -1, price,
 * margin), unsubscribe. Each copy draws 1 uniform for an episode and 6 for a day, whatever is done.
 */
import { findUser } from '../data/find-row'
import { engagementHalfLife, engagementPoints } from '../data/offers-counts'
import { engagementOf, featureCount, messagePrior, purchasePrior, shareOf } from '../data/offers-features'
import { integer } from '../random/draws'
import { checkCopy } from './buffers'
import { numbers, wholes } from './copy-state'
import { defineEnv } from './define-env'
import type { Env } from './env'
import { eventCode } from './events'
import { describeOffer, flatOffer, nameOffer, offerParts, spaceOfOffers } from './offers-actions'
import { offersModel } from './offers-model'
import { type OffersOptions, offersSettings } from './offers-options'
import { offersWorld } from './offers-world'

export type { OffersOptions } from './offers-options'

/** The offers, with what they alone have: known shoppers and their features. */
export interface Offers extends Env {
  /** The ids of all shoppers; their place in the list is their row number. */
  readonly shopperIds: readonly string[]
  /** [copies]: row number of the shopper now served. */
  readonly shoppers: Int32Array
  /**
   * The ten features of a shopper as the records end, not standardised.
   *
   * @param user id (`user_42`) or row number
   * @returns [10], a new array
   * @throws UserError when there is no such shopper
   */
  shopperFeatures(user: string | number): Float64Array
  /** What an agent sees when this shopper's month begins: [12], a new array. Draws nothing and moves nothing. */
  shopperObservation(user: string | number): Float32Array
  /**
   * The ten features, not standardised, of the shopper now served by a copy: [10], a new array.
   *
   * @throws Error before the first `reset`
   */
  featuresOf(copy: number): Float64Array
}

/**
 * @param copies shoppers served at once, 1 to 100,000
 * @throws RangeError naming the option, its value and what is allowed; UserError for a workbook that cannot be read and unknown shoppers
 */
export function offers(copies: number, options: OffersOptions = {}): Offers {
  const settings = offersSettings(options)
  const { horizon, timings, marginShare, fatigueKept } = settings
  const world = offersWorld(settings)
  const { parameters, visitors } = world
  const { count, ids, features, clusters, means, visits, orderValue } = parameters
  const { counts, overall } = features
  const { table, answers, tolerance, needAfter, buysAlone, persuades, leaves } = offersModel(settings, world)
  const { messages, offer, channel, answer, delayed, cost, tiring, growth, kept, given } = table
  const scales = parameters.deviations.map(deviation => 1 / deviation)
  const flat = settings.actions === 'flat'
  // Imported numbers are looked up in their module each time; the step has its own.
  const [width, perMessage, perPurchase] = [featureCount, messagePrior, purchasePrior]
  const { message: sentCode, click: clickCode, purchase: purchaseCode, unsubscribe: unsubscribeCode } = eventCode
  const fading = 0.5 ** (1 / engagementHalfLife)
  const sessionPoints = 2 * engagementPoints[0]
  const purchasePoints = engagementPoints[1] + engagementPoints[2]
  let begun = false

  const { env, state } = defineEnv(copies, {
    name: 'offers',
    preset: settings.preset,
    options: { ...settings, ...world.options },
    layout: [
      { name: 'user', offset: 0, shape: [featureCount] },
      { name: 'context', offset: featureCount, shape: [2], progress: 1 },
    ],
    actions: spaceOfOffers({ flat, nothing: settings.nothing, timings }),
    horizon,
    eventsPerStep: 5,
    state: {
      shopper: wholes(1, 0, count - 1),
      /** The message that arrives tomorrow, -1 for none. */
      pending: wholes(1, -1, messages - 1),
      messagesSent: wholes(1, 0, horizon),
      fatigue: numbers(1, 0),
      points: numbers(1, 0),
      /** All, with a discount, with free shipping. */
      purchases: numbers(3, 0),
      opened: numbers(3, 0),
      sent: numbers(3, 0),
      known: numbers(featureCount),
    },

    begin(copy, { shopper, pending, messagesSent, fatigue, points, purchases, opened, sent, known }, generator) {
      begun = true
      const user = visitors[integer(generator, visitors.length)]!
      shopper[copy] = user
      pending[copy] = -1
      messagesSent[copy] = 0
      fatigue[copy] = 0
      points[copy] = counts.points[user]!
      purchases[copy * 3] = counts.purchases[user]!
      purchases[copy * 3 + 1] = counts.discounted[user]!
      purchases[copy * 3 + 2] = counts.shipped[user]!
      for (let at = 0; at < 3; at++) {
        opened[copy * 3 + at] = counts.opened[user * 3 + at]!
        sent[copy * 3 + at] = counts.sent[user * 3 + at]!
      }
      for (let at = 0; at < width; at++) known[copy * width + at] = features.table[user * width + at]!
    },

    observe(copy, { messagesSent, known, steps }, row, offset) {
      for (let at = 0; at < width; at++) row[offset + at] = (known[copy * width + at]! - means[at]!) * scales[at]!
      row[offset + width] = messagesSent[copy]! / horizon
      row[offset + width + 1] = steps[copy]! / horizon
    },

    step(copy, { shopper, pending, messagesSent, fatigue, points, purchases, opened, sent, known }, actions, at, generator, outcome) {
      const visitDraw = generator.next()
      const morningDraw = generator.next()
      const todayDraw = generator.next()
      const buyDraw = generator.next()
      const orderDraw = generator.next()
      const leaveDraw = generator.next()
      const { events } = outcome
      const user = shopper[copy]!
      const row = copy * width

      const action = flat ? actions[at]! : flatOffer(actions, at, timings)
      const morning = pending[copy]!
      const today = action < messages && delayed[action] === 0 ? action : -1
      pending[copy] = action < messages && today < 0 ? action : -1
      let reward = 0
      if (action < messages) {
        messagesSent[copy]!++
        reward = -cost[action]!
        events.add(copy, sentCode, action, 0, cost[action]!, reward)
      }
      const tired = fatigueKept * fatigue[copy]! + (morning < 0 ? 0 : tiring[morning]!) + (today < 0 ? 0 : tiring[today]!)
      fatigue[copy] = tired
      const strain = tired / tolerance[user]!
      const calm = 1 / (1 + strain)
      known[row]! += 1
      known[row + 9]! += 1
      const need = needAfter(user, known[row + 9]!)

      let stays = 1 - buysAlone(user, need, calm)
      let used = -1
      let sessions = visitDraw < visits[user]! * calm ? 1 : 0
      for (let turn = 0; turn < 2; turn++) {
        const arrived = turn === 0 ? morning : today
        if (arrived < 0) continue
        const by = channel[arrived]!
        const place = copy * 3 + by
        sent[place]! += 1
        if ((turn === 0 ? morningDraw : todayDraw) < answers[user * 12 + answer[arrived]!]! * calm) {
          opened[place]! += 1
          sessions++
          stays *= 1 - persuades(user, arrived, need)
          used = arrived
          outcome.chosen[copy] = 0
          events.add(copy, clickCode, arrived, 0, 0, 0)
        }
        known[row + 6 + by] = shareOf(opened[place]!, sent[place]!, overall.responses[by]!, perMessage)
      }

      let gained = 0
      if (buyDraw >= stays) {
        if (sessions === 0) sessions = 1
        const taken = used < 0 ? messages : used
        const order = orderValue[user]! * (0.5 + orderDraw)
        const margin = kept[taken]! * order - given[taken]!
        const price = growth[taken]! * order
        reward += margin
        events.add(copy, purchaseCode, used, 0, price, margin)
        gained = purchasePoints
        known[row + 2]! += price
        known[row + 9] = 0
        const bought = copy * 3
        purchases[bought]! += 1
        if (used >= 0 && offer[used]! < 2) purchases[bought + 1 + offer[used]!]! += 1
        known[row + 4] = shareOf(purchases[bought + 1]!, purchases[bought]!, overall.discount, perPurchase)
        known[row + 5] = shareOf(purchases[bought + 2]!, purchases[bought]!, overall.freeShipping, perPurchase)
      }
      if (sessions > 0) {
        known[row] = 0
        known[row + 1]! += sessions
      }
      points[copy] = points[copy]! * fading + sessions * sessionPoints + gained
      known[row + 3] = engagementOf(points[copy]!)
      outcome.rewards[copy] = reward
      if ((morning < 0 && today < 0) || leaveDraw >= leaves(strain)) return false
      events.add(copy, unsubscribeCode, -1, 0, 0, 0)
      return true
    },

    expected(copy, { shopper, pending, fatigue, known }, actions, at) {
      const user = shopper[copy]!
      const action = flat ? actions[at]! : flatOffer(actions, at, timings)
      const morning = pending[copy]!
      const today = action < messages && delayed[action] === 0 ? action : -1
      const tired = fatigueKept * fatigue[copy]! + (morning < 0 ? 0 : tiring[morning]!) + (today < 0 ? 0 : tiring[today]!)
      const calm = 1 / (1 + tired / tolerance[user]!)
      const need = needAfter(user, known[copy * width + 9]! + 1)
      const order = orderValue[user]!
      const stays = 1 - buysAlone(user, need, calm)
      const opensMorning = morning < 0 ? 0 : answers[user * 12 + answer[morning]!]! * calm
      const opensToday = today < 0 ? 0 : answers[user * 12 + answer[today]!]! * calm
      const staysMorning = morning < 0 ? 1 : 1 - persuades(user, morning, need)
      let sum = (1 - opensToday) * (1 - opensMorning) * (1 - stays) * marginShare * order - cost[action]!
      if (morning >= 0) sum += (1 - opensToday) * opensMorning * (1 - stays * staysMorning) * (kept[morning]! * order - given[morning]!)
      if (today < 0) return sum
      const staysBoth = stays * (1 - opensMorning + opensMorning * staysMorning) * (1 - persuades(user, today, need))
      return sum + opensToday * (1 - staysBoth) * (kept[today]! * order - given[today]!)
    },

    who: (copy, { shopper }) => `${ids[shopper[copy]!]} (${clusters.names[clusters.labels[shopper[copy]!]!]})`,
    done(actions, at) {
      const action = flat ? actions[at]! : flatOffer(actions, at, timings)
      return action < messages ? `sent ${describeOffer(action, timings)}` : 'sent nothing'
    },
    label: action => (action < 0 ? 'something without an offer' : `the offer (${nameOffer(offerParts(action, timings)!)})`),
  })

  function shopperFeatures(user: string | number): Float64Array {
    const row = findUser(ids, user)
    return features.table.slice(row * featureCount, (row + 1) * featureCount)
  }

  return Object.assign(env, {
    shopperIds: ids,
    shoppers: state.shopper,
    shopperFeatures,
    shopperObservation(user: string | number) {
      const row = new Float32Array(env.spec.width)
      shopperFeatures(user).forEach((value, at) => {
        row[at] = (value - means[at]!) * scales[at]!
      })
      return row
    },
    featuresOf(copy: number) {
      checkCopy(copy, copies)
      if (!begun) throw new Error('offers has not begun; call reset(seed) first')
      return state.known.slice(copy * featureCount, (copy + 1) * featureCount)
    },
  })
}
