/**
 * A made-up quarter of shopping behaviour from one seed: the story behind the offers. All of it is ours.
 *
 * There are five kinds of shoppers (offers-story.ts): regulars who come and buy by themselves, bargain hunters who wait for a discount,
 * delivery savers who wait for free shipping, window shoppers who look and seldom buy, and sleepers who hardly come at all. A shopper's own
 * numbers scatter about those of the kind: rates by a factor exp(.35 N), probabilities by exp(.35 N) on their odds, the order's size by
 * exp(.25 N), the favourite hour by 1.5 N.
 *
 * The records are the 90 days from 2022-01-01 (UTC). A shopper signed up at any time from half a year before until half-way through; on
 * each day since:
 * - they come by themselves with probability `visits`;
 * - on one weekday an email reaches them, on another an sms, on a third a push message, and each brings a session with their probability
 *   for that channel;
 * - of the messages 40 % carry a discount and 25 % free shipping; of the visits without a message 15 % and 10 % meet one in the shop.
 * A session begins at the favourite hour ± 2.5 N and lasts for 1 to 8 products looked at, fewer often than many, mostly of the shopper's
 * two favourite categories. Each goes into the cart with probability `carts`. Of what is in the cart the last is bought with probability
 * `buys`, a discount multiplying its odds by exp(3.5 · discountLove) and free shipping by exp(3.5 · shippingLove). A discount takes 10 %
 * off.
 *
 * Numbers are rounded before they enter, so that what is written to a workbook and read back is equal. Every shopper has a stream of their
 * own: more shoppers do not change the others.
 */
import { integer, normal } from '../random/draws'
import { type Generator, stream } from '../random/generator'
import { firstDay, secondsADay } from './calendar'
import { checkKeys, checkNumber, checkWhole } from './check'
import { type Behaviour, directSession, messageChannels, purchaseAction } from './offers-behaviour'
import { drawShopper, productCategories, type StoryShopper } from './offers-story'

export interface BehaviourOptions {
  /** Any finite number; 42. */
  readonly seed?: number
  /** 1 to 100,000; 500. */
  readonly users?: number
}

/** Days of records. */
export const behaviourDays = 90

/** What a discount of the records takes off. */
const recordedDiscount = 0.1

/** Loves of 0 to 1 become a factor on the odds of buying, up to exp of this. */
const loveOfOffers = 3.5

interface Visit {
  readonly user: number
  readonly timestamp: number
  readonly channel: number
  readonly actions: readonly VisitAction[]
}

interface VisitAction {
  readonly timestamp: number
  readonly action: number
  readonly category: string
  readonly amount: number
  readonly discount: number
  readonly freeShipping: number
}

/**
 * The behaviour of a seed; the same options give the same, bit for bit.
 *
 * @throws RangeError for a size that is not a whole number in its range, or an option that does not exist
 */
export function generateBehaviour(options: BehaviourOptions = {}): Behaviour {
  checkKeys('generateBehaviour', options, ['seed', 'users'])
  const { seed = 42, users = 500 } = options
  checkNumber('seed', seed, -Number.MAX_VALUE, Number.MAX_VALUE)
  checkWhole('users', users, 1, 100_000)

  const signup = new Float64Array(users)
  const sent = new Int32Array(users * messageChannels.length)
  const visits: Visit[] = []
  for (let user = 0; user < users; user++) {
    const generator = stream(seed, 'behaviour', user)
    signup[user] = firstDay - 180 * secondsADay + integer(generator, 225 * secondsADay)
    liveThrough(user, drawShopper(generator), signup[user]!, generator, sent, visits)
  }
  visits.sort((one, other) => one.timestamp - other.timestamp || one.user - other.user)
  return {
    users: { count: users, ids: names('user', users), signup, sent },
    sessions: {
      count: visits.length,
      ids: names('session', visits.length),
      user: Int32Array.from(visits, visit => visit.user),
      timestamp: Float64Array.from(visits, visit => visit.timestamp),
      channel: Uint8Array.from(visits, visit => visit.channel),
    },
    actions: actionColumns(visits),
    source: { seed, users },
  }
}

function actionColumns(visits: readonly Visit[]): Behaviour['actions'] {
  const all = visits.flatMap((visit, session) => visit.actions.map(action => ({ ...action, session })))
  return {
    count: all.length,
    session: Int32Array.from(all, action => action.session),
    timestamp: Float64Array.from(all, action => action.timestamp),
    action: Uint8Array.from(all, action => action.action),
    category: all.map(action => action.category),
    amount: Float64Array.from(all, action => action.amount),
    discount: Uint8Array.from(all, action => action.discount),
    freeShipping: Uint8Array.from(all, action => action.freeShipping),
  }
}

/** Goes through the recorded days of one shopper, adding visits and counting messages. */
function liveThrough(user: number, shopper: StoryShopper, signup: number, generator: Generator, sent: Int32Array, visits: Visit[]): void {
  const from = Math.max(0, Math.floor((signup - firstDay) / secondsADay) + 1)
  const weekday = integer(generator, 7)
  for (let day = from; day < behaviourDays; day++) {
    const midnight = firstDay + day * secondsADay
    if (generator.next() < shopper.visits) visits.push(drawVisit(user, shopper, directSession, midnight, generator))
    for (let channel = 0; channel < messageChannels.length; channel++) {
      // Two days apart, so that nobody gets two messages on one day.
      if ((day + weekday + 2 * channel) % 7 !== 0) continue
      sent[user * messageChannels.length + channel]!++
      if (generator.next() < shopper.responses[channel]!) visits.push(drawVisit(user, shopper, channel, midnight, generator))
    }
  }
}

function drawVisit(user: number, shopper: StoryShopper, channel: number, midnight: number, generator: Generator): Visit {
  // An hour late at night belongs to the same day: the clock is wound round, the date stays.
  const hour = (((shopper.hour + 2.5 * normal(generator)) % 24) + 24) % 24
  const timestamp = midnight + Math.floor(hour * 3600)
  const luck = generator.next()
  const [discountUntil, shippingUntil] = channel === directSession ? [0.15, 0.25] : [0.4, 0.65]
  const discount = luck < discountUntil ? 1 : 0
  const freeShipping = !discount && luck < shippingUntil ? 1 : 0

  const actions: VisitAction[] = []
  let inCart: VisitAction | undefined
  let now = timestamp
  const looks = 1 + Math.min(7, Math.floor(-Math.log(1 - generator.next()) * 1.6))
  for (let look = 0; look < looks; look++) {
    const category = drawCategory(shopper, generator)
    const amount = cents(category.price * shopper.order * Math.exp(0.3 * normal(generator)))
    const act = (action: number): VisitAction => ({ timestamp: now, action, category: category.name, amount, discount: 0, freeShipping: 0 })
    actions.push(act(0))
    now += 20 + integer(generator, 100)
    if (generator.next() >= shopper.carts) continue
    inCart = act(1)
    actions.push(inCart)
    now += 10 + integer(generator, 60)
  }
  if (inCart) {
    const odds =
      (shopper.buys / (1 - shopper.buys)) * Math.exp(loveOfOffers * (discount * shopper.discountLove + freeShipping * shopper.shippingLove))
    if (generator.next() < odds / (1 + odds)) {
      const amount = cents(inCart.amount * (discount ? 1 - recordedDiscount : 1))
      actions.push({ ...inCart, timestamp: now, action: purchaseAction, amount, discount, freeShipping })
    }
  }
  return { user, timestamp, channel, actions }
}

function drawCategory(shopper: StoryShopper, generator: Generator) {
  const luck = generator.next()
  const other = integer(generator, productCategories.length)
  return productCategories[luck < 0.5 ? shopper.favourites[0] : luck < 0.75 ? shopper.favourites[1] : other]!
}

function cents(amount: number): number {
  return Number(amount.toFixed(2))
}

function names(kind: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${kind}_${at}`)
}
