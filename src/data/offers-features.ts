/**
 * The ten features of a shopper that the offers' agent sees, from behaviour. Source: the document's "State Features"; the formulas are
 * ours.
 *
 * At a moment `at`, counting only what happened before it; a day is 24 hours, a session's channel is what led to it:
 *   recency                  days since the last session began
 *   frequency                sessions
 *   monetary                 sum of the amounts of purchases
 *   engagement               points / (points + 20), with points = the sum over actions of weight · .5^(age in days / 14);
 *                            view 1, add_to_cart 3, purchase 5
 *   discountSensitivity      (purchases with a discount + 2 · d) / (purchases + 2), with d = all shoppers' share of purchases with one
 *   freeShippingPreference   the same for free shipping
 *   emailResponse, smsResponse, pushResponse
 *                            (sessions it led to + 5 · r) / (messages sent by it + 5), with r = everybody's sessions / messages; at most 1
 *   daysSincePurchase        days since the last purchase
 * Where there was no session or purchase yet, its days count from sign-up. The 2 and the 5 pull shoppers of whom little is known towards
 * everybody's share. Messages are known by their number in the whole record: before its end they are taken to be spread evenly over it.
 */
import { checkNumber } from './check'
import { type Behaviour, endOfRecords, messageChannels } from './offers-behaviour'
import { type BehaviourCounts, countBehaviour } from './offers-counts'

/** The features, in the order of the document and of the columns. */
export const featureNames = [
  'recency',
  'frequency',
  'monetary',
  'engagement',
  'discountSensitivity',
  'freeShippingPreference',
  'emailResponse',
  'smsResponse',
  'pushResponse',
  'daysSincePurchase',
] as const

export const featureCount = featureNames.length

/** Points that make an engagement of one half. */
export const engagementHalf = 20
/** Purchases' and messages' worth of everybody's share that a shopper's own share begins with. */
export const purchasePrior = 2
export const messagePrior = 5

export interface BehaviourFeatures {
  readonly count: number
  readonly ids: readonly string[]
  /** The moment, Unix seconds. */
  readonly at: number
  /** [count, 10] */
  readonly table: Float64Array
  readonly counts: BehaviourCounts
  /** All shoppers' shares, which the formulas lean on. */
  readonly overall: { readonly discount: number; readonly freeShipping: number; readonly responses: Float64Array }
}

/**
 * @param at the moment, Unix seconds; the end of the records when left out
 * @throws RangeError when `at` is no number
 */
export function behaviourFeatures(behaviour: Behaviour, at: number = endOfRecords(behaviour)): BehaviourFeatures {
  checkNumber('at', at, 0, 1e11)
  const { count, ids, signup } = behaviour.users
  const { counts, lastSession, lastPurchase, monetary } = countBehaviour(behaviour, at)
  const overall = overallShares(counts)
  const table = new Float64Array(count * featureCount)
  for (let user = 0; user < count; user++) {
    const since = (moment: number) => Math.max(0, at - (moment < 0 ? signup[user]! : moment)) / 86_400
    const row = table.subarray(user * featureCount, (user + 1) * featureCount)
    row[0] = since(lastSession[user]!)
    row[1] = counts.sessions[user]!
    row[2] = monetary[user]!
    row[3] = engagementOf(counts.points[user]!)
    row[4] = shareOf(counts.discounted[user]!, counts.purchases[user]!, overall.discount, purchasePrior)
    row[5] = shareOf(counts.shipped[user]!, counts.purchases[user]!, overall.freeShipping, purchasePrior)
    for (let channel = 0; channel < messageChannels.length; channel++) {
      const place = user * messageChannels.length + channel
      row[6 + channel] = shareOf(counts.opened[place]!, counts.sent[place]!, overall.responses[channel]!, messagePrior)
    }
    row[9] = since(lastPurchase[user]!)
  }
  return { count, ids, at, table, counts, overall }
}

/** The engagement of so many points, 0 to 1. */
export function engagementOf(points: number): number {
  return points / (points + engagementHalf)
}

/** A share that leans on everybody's, 0 to 1. */
export function shareOf(part: number, whole: number, everybody: number, prior: number): number {
  return Math.min(1, (part + prior * everybody) / (whole + prior))
}

function overallShares({ purchases, discounted, shipped, sent, opened }: BehaviourCounts): BehaviourFeatures['overall'] {
  const share = (part: ArrayLike<number>, whole: ArrayLike<number>) => sum(part) / Math.max(1, sum(whole))
  const one = (numbers: ArrayLike<number>, channel: number) =>
    Array.from(numbers).filter((_, place) => place % messageChannels.length === channel)
  return {
    discount: share(discounted, purchases),
    freeShipping: share(shipped, purchases),
    responses: Float64Array.from(messageChannels, (_, channel) => Math.min(1, share(one(opened, channel), one(sent, channel)))),
  }
}

function sum(numbers: ArrayLike<number>): number {
  let total = 0
  for (let at = 0; at < numbers.length; at++) total += numbers[at]!
  return total
}

/** The features as rows for `writeRows`: user_id and the ten columns. */
export function featureRows({ ids, table }: Pick<BehaviourFeatures, 'ids' | 'table'>): Record<string, string | number>[] {
  return ids.map((id, user) => ({
    user_id: id,
    ...Object.fromEntries(featureNames.map((name, at) => [name, table[user * featureCount + at]!])),
  }))
}
