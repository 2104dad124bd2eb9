/** What happened in a step, as columns: every business metric is computed from these, never from a shop's inside. */

/** The kinds of event, in the order of their codes. */
export const eventKinds = [
  'impression', // an item was shown
  'click', // the shopper engaged with it
  'purchase',
  'return', // the shopper came back for another session
  'view', // the shopper looked at an item: of themselves, or after it was shown
  'like',
  'cart', // put into the cart
  'remove', // taken out of the cart again
  'share', // shown to a friend
  'dislike',
  'report', // complained about as wrong
  'spam', // complained about as spam
  'message', // a message was sent; its price is what it cost
  'unsubscribe', // the shopper wants no more messages
  'leave', // the shopper went away before the session's end
] as const

export type EventKind = (typeof eventKinds)[number]

/** The code of a kind, as it stands in `EventLog.kind`. */
export const eventCode = Object.fromEntries(eventKinds.map((kind, code) => [kind, code])) as Readonly<Record<EventKind, number>>

export class EventLog {
  count = 0
  readonly copy: Int32Array
  readonly kind: Uint8Array
  readonly item: Int32Array
  readonly position: Uint8Array
  readonly price: Float64Array
  readonly margin: Float64Array

  /** @param capacity the most events one step of all copies can bring */
  constructor(readonly capacity: number) {
    this.copy = new Int32Array(capacity)
    this.kind = new Uint8Array(capacity)
    this.item = new Int32Array(capacity)
    this.position = new Uint8Array(capacity)
    this.price = new Float64Array(capacity)
    this.margin = new Float64Array(capacity)
  }

  add(copy: number, kind: number, item: number, position: number, price: number, margin: number): void {
    const at = this.count++
    this.copy[at] = copy
    this.kind[at] = kind
    this.item[at] = item
    this.position[at] = position
    this.price[at] = price
    this.margin[at] = margin
  }

  clear(): void {
    this.count = 0
  }
}
