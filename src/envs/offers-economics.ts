/**
 * What each message of the offers costs, gives and does, as a table by flat action. The numbers are ours.
 *
 * With X the order and v the value (5, 10 or 15):
 *   discount         v % off the order                           the margin loses v % of X
 *   free shipping    the shop pays v dollars of the delivery     the margin loses v
 *   recommendation   v products picked for the shopper           the margin loses nothing
 *   bundle           a second product is added, v % off both     X grows by 35 %, the margin loses v % of it
 */
import { messageCount, nextDay, offerParts, offerTypes, offerValues } from './offers-actions'
import type { OffersSettings } from './offers-options'

/** How much the best of each kind of offer adds to the wish to buy, for a shopper whose liking of the kind is 1; as `offerTypes`. */
export const appeals = [3, 4, 0.8, 0.2] as const

/** How much of that a value brings, by kind and value: 15 % is not three times 5 %, and long lists are read less. */
export const strengths = [
  [0.45, 0.8, 1],
  [0.6, 0.85, 1],
  [1, 0.8, 0.6],
  [0.5, 0.8, 1],
] as const

/** What a bundle makes of an order. */
export const bundleGrowth = 1.35

/** [messages + 1] each; the last row is that of sending nothing. */
export interface OfferTable {
  readonly messages: number
  /** Row of `offerTypes`. */
  readonly offer: Uint8Array
  readonly strength: Float64Array
  /** Row of `messageChannels`. */
  readonly channel: Uint8Array
  /** Place among a shopper's answers [3, 4]. */
  readonly answer: Uint8Array
  /** 1 where the message arrives in the next step. */
  readonly delayed: Uint8Array
  /** What sending costs. */
  readonly cost: Float64Array
  /** What arriving adds to fatigue. */
  readonly tiring: Float64Array
  /** What the order grows to. */
  readonly growth: Float64Array
  /** Margin = kept · order without the offer - given. */
  readonly kept: Float64Array
  readonly given: Float64Array
}

export function offerTable({ timings, marginShare, ...settings }: OffersSettings): OfferTable {
  const messages = messageCount(timings)
  const costs = [settings.emailCost, settings.smsCost, settings.pushCost]
  const fatigues = [settings.emailFatigue, settings.smsFatigue, settings.pushFatigue]
  const all = Array.from({ length: messages }, (_, action) => {
    const { offer, value, channel, timing } = offerParts(action, timings)!
    const name = offerTypes[offer]!
    const growth = name === 'bundle' ? bundleGrowth : 1
    const off = name === 'discount' || name === 'bundle' ? offerValues[value]! / 100 : 0
    return {
      offer,
      strength: strengths[offer]![value]!,
      channel,
      answer: channel * 4 + timing,
      delayed: timing === nextDay ? 1 : 0,
      cost: costs[channel]!,
      tiring: fatigues[channel]!,
      growth,
      kept: growth * (marginShare - off),
      given: name === 'free shipping' ? offerValues[value]! : 0,
    }
  })
  const nothing = { offer: 0, strength: 0, channel: 0, answer: 0, delayed: 0, cost: 0, tiring: 0, growth: 1, kept: marginShare, given: 0 }
  const column = (name: keyof typeof nothing) => [...all, nothing].map(row => row[name])
  return {
    messages,
    offer: Uint8Array.from(column('offer')),
    strength: Float64Array.from(column('strength')),
    channel: Uint8Array.from(column('channel')),
    answer: Uint8Array.from(column('answer')),
    delayed: Uint8Array.from(column('delayed')),
    cost: Float64Array.from(column('cost')),
    tiring: Float64Array.from(column('tiring')),
    growth: Float64Array.from(column('growth')),
    kept: Float64Array.from(column('kept')),
    given: Float64Array.from(column('given')),
  }
}
