/** One shopper whose ten days can be reckoned by hand. */
import type { Behaviour } from '../../src/data/offers-behaviour'

/** Midnight of 2022-01-01 UTC. */
export const midnight = 1_640_995_200
export const day = 86_400

/**
 * Ann signed up a day before the records begin. Four sessions at noon: by herself on days 0 and 4, by email on days 7 and 9. On day 0 she
 * buys for 60; on day 7 for 40 with a discount, at midnight when day 8 begins. She was sent ten emails, five sms and no push message.
 */
export function annsBehaviour(): Behaviour {
  const at = (days: number, hours = 12) => midnight + days * day + hours * 3600
  return {
    users: { count: 1, ids: ['ann'], signup: Float64Array.of(midnight - day), sent: Int32Array.of(10, 5, 0) },
    sessions: {
      count: 4,
      ids: ['a', 'b', 'c', 'd'],
      user: Int32Array.of(0, 0, 0, 0),
      timestamp: Float64Array.of(at(0), at(4), at(7), at(9)),
      channel: Uint8Array.of(3, 3, 0, 0),
    },
    actions: {
      count: 6,
      session: Int32Array.of(0, 0, 1, 2, 2, 3),
      timestamp: Float64Array.of(at(0), at(0), at(4), at(7), at(8, 0), at(9)),
      action: Uint8Array.of(1, 2, 0, 0, 2, 0),
      category: ['home', 'home', 'toys', 'toys', 'toys', 'books'],
      amount: Float64Array.of(60, 60, 20, 40, 40, 15),
      discount: Uint8Array.of(0, 0, 0, 0, 1, 0),
      freeShipping: new Uint8Array(6),
    },
    source: { file: 'ann.xlsx' },
  }
}
