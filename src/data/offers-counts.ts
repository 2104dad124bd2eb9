/** What shoppers did, counted by shopper: what their features are made of (offers-features.ts has the formulas). */
import { type Behaviour, directSession, endOfRecords, messageChannels, purchaseAction, startOfRecords } from './offers-behaviour'

/** Points of a view, an add_to_cart, a purchase, by their codes. */
export const engagementPoints = [1, 3, 5] as const
/** Days in which points lose half of their worth. */
export const engagementHalfLife = 14

/** What the features were made of, [count] or [count, columns]: enough to keep them up to date, and for the simulator. */
export interface BehaviourCounts {
  /** Days of the record that the shopper could have come on: since its start, or since sign-up. */
  readonly days: Float64Array
  readonly sessions: Int32Array
  /** Sessions that no message led to. */
  readonly direct: Int32Array
  readonly purchases: Int32Array
  readonly directPurchases: Int32Array
  readonly discounted: Int32Array
  readonly shipped: Int32Array
  readonly points: Float64Array
  /** [count, 3]: messages sent by email, sms, push. */
  readonly sent: Float64Array
  /** [count, 3]: sessions that they led to. */
  readonly opened: Int32Array
  /** [count, 24]: sessions by the hour (UTC) in which they began. */
  readonly hours: Int32Array
}

/** Counts what happened before a moment, Unix seconds. Moments of a shopper without a session or purchase are -1. */
export function countBehaviour(behaviour: Behaviour, at: number) {
  const { users, sessions, actions } = behaviour
  const { count } = users
  const [start, end] = [startOfRecords(behaviour), endOfRecords(behaviour)]
  const counts: BehaviourCounts = {
    days: Float64Array.from(users.signup, moment => Math.max(0, Math.min(at, end) - Math.max(start, moment)) / 86_400),
    sessions: new Int32Array(count),
    direct: new Int32Array(count),
    purchases: new Int32Array(count),
    directPurchases: new Int32Array(count),
    discounted: new Int32Array(count),
    shipped: new Int32Array(count),
    points: new Float64Array(count),
    sent: Float64Array.from(users.sent, (sent, place) => {
      const from = Math.max(start, users.signup[Math.floor(place / messageChannels.length)]!)
      return from >= end ? sent : sent * Math.min(1, Math.max(0, (at - from) / (end - from)))
    }),
    opened: new Int32Array(count * messageChannels.length),
    hours: new Int32Array(count * 24),
  }
  const lastSession = new Float64Array(count).fill(-1)
  const lastPurchase = new Float64Array(count).fill(-1)
  const monetary = new Float64Array(count)
  for (let session = 0; session < sessions.count; session++) {
    const moment = sessions.timestamp[session]!
    if (moment >= at) continue
    const user = sessions.user[session]!
    const channel = sessions.channel[session]!
    counts.sessions[user]!++
    if (channel === directSession) counts.direct[user]!++
    else counts.opened[user * messageChannels.length + channel]!++
    counts.hours[user * 24 + Math.floor((moment % 86_400) / 3600)]!++
    lastSession[user] = Math.max(lastSession[user]!, moment)
  }
  for (let row = 0; row < actions.count; row++) {
    const moment = actions.timestamp[row]!
    if (moment >= at) continue
    const session = actions.session[row]!
    const user = sessions.user[session]!
    const action = actions.action[row]!
    counts.points[user]! += engagementPoints[action]! * 0.5 ** ((at - moment) / 86_400 / engagementHalfLife)
    if (action !== purchaseAction) continue
    counts.purchases[user]!++
    if (sessions.channel[session] === directSession) counts.directPurchases[user]!++
    counts.discounted[user]! += actions.discount[row]!
    counts.shipped[user]! += actions.freeShipping[row]!
    monetary[user]! += actions.amount[row]!
    lastPurchase[user] = Math.max(lastPurchase[user]!, moment)
  }
  return { counts, lastSession, lastPurchase, monetary }
}
