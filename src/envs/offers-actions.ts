/**
 * The offers' actions: what they are made of, their flat numbers, and their words. Source: the document's action space.
 *
 * An action is an offer × a value × a channel × a timing. The document says 144 of them and lists three timings, which make 4 · 3 · 3 · 3 =
 * 108; the fourth, the next day, makes 144. Flat numbers count the timing fastest: ((offer · 3 + value) · 3 + channel) · timings + timing.
 * A last one, where the shop has it, sends nothing.
 */
import { messageChannels } from '../data/offers-behaviour'
import type { Space } from './env'

/** Factored, a fifth offer sends nothing. */
export const offerTypes = ['discount', 'free shipping', 'recommendation', 'bundle'] as const
export const offerValues = [5, 10, 15] as const
export const offerTimings = ['immediate', '1 hour', '6 hours', 'next day'] as const

/** The timing that reaches the shopper in the next step. */
export const nextDay = 3

export interface OfferSpace {
  /** One number an action, or four. */
  readonly flat: boolean
  /** Whether one may send nothing. */
  readonly nothing: boolean
  /** 3 as the document lists, or 4. */
  readonly timings: 3 | 4
}

/** How many messages there are: 144 or 108. */
export function messageCount(timings: number): number {
  return offerTypes.length * offerValues.length * messageChannels.length * timings
}

export function spaceOfOffers({ flat, nothing, timings }: OfferSpace): Space {
  if (flat) return { kind: 'discrete', n: messageCount(timings) + (nothing ? 1 : 0) }
  return { kind: 'multi-discrete', sizes: [offerTypes.length + (nothing ? 1 : 0), offerValues.length, messageChannels.length, timings] }
}

/** The flat number of the factored action at `at`; that of sending nothing, whatever its other parts say, is the number of messages. */
export function flatOffer(actions: ArrayLike<number>, at: number, timings: number): number {
  // Four offers, 3 values and 3 channels.
  if (actions[at] === 4) return 36 * timings
  return ((actions[at]! * 3 + actions[at + 1]!) * 3 + actions[at + 2]!) * timings + actions[at + 3]!
}

export interface OfferParts {
  /** Rows of `offerTypes`, `offerValues`, `messageChannels` and `offerTimings`. */
  readonly offer: number
  readonly value: number
  readonly channel: number
  readonly timing: number
}

/** The parts of a flat action, undefined for the one that sends nothing. */
export function offerParts(action: number, timings: 3 | 4 = 4): OfferParts | undefined {
  const messages = messageCount(timings)
  if (!(Number.isInteger(action) && action >= 0 && action <= messages))
    throw new RangeError(`action is ${action}; it must be a whole number between 0 and ${messages}, which sends nothing`)
  if (action === messages) return undefined
  return {
    offer: Math.floor(action / (9 * timings)),
    value: Math.floor(action / (3 * timings)) % 3,
    channel: Math.floor(action / timings) % 3,
    timing: action % timings,
  }
}

/**
 * An action in the document's words: "15% discount via email (immediate delivery)".
 *
 * @param action a flat number, or the four numbers of a factored one
 * @throws RangeError when there is no such action
 */
export function describeOffer(action: number | ArrayLike<number>, timings: 3 | 4 = 4): string {
  const parts = offerParts(typeof action === 'number' ? action : factoredOffer(action, timings), timings)
  if (!parts) return 'no message'
  const when = ['immediate delivery', 'delivery in 1 hour', 'delivery in 6 hours', 'next-day delivery'][parts.timing]!
  return `${nameOffer(parts)} via ${messageChannels[parts.channel]} (${when})`
}

function factoredOffer(action: ArrayLike<number>, timings: 3 | 4): number {
  const { sizes } = spaceOfOffers({ flat: false, nothing: true, timings }) as Extract<Space, { kind: 'multi-discrete' }>
  if (action.length !== sizes.length) throw new RangeError(`action has ${action.length} numbers; it must have ${sizes.length}`)
  for (const [part, size] of sizes.entries()) {
    const number = action[part]!
    if (!(Number.isInteger(number) && number >= 0 && number < size))
      throw new RangeError(`number ${part} of action is ${number}; it must be a whole number between 0 and ${size - 1}`)
  }
  return flatOffer(action, 0, timings)
}

/** What is offered, without channel and timing. */
export function nameOffer({ offer, value }: Pick<OfferParts, 'offer' | 'value'>): string {
  const worth = offerValues[value]!
  return [`${worth}% discount`, `free shipping worth $${worth}`, `recommendation of ${worth} products`, `bundle at ${worth}% off`][offer]!
}
