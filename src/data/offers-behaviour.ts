/**
 * What shoppers did, as the offers' pipeline takes it in: people, their sessions, and the actions of each session, as columns.
 *
 * Rows are counted from 0; the ids (`user_0`, `session_0`) are what stands in a workbook. Source: the document's "Raw Data", sessions with
 * timestamps, actions view / add_to_cart / purchase, product categories, channels. What a discount or free shipping was used for, and how
 * many messages a person was sent, the document's features need and its list leaves out.
 */

/** The channels of a message, in the order of their codes. */
export const messageChannels = ['email', 'sms', 'push'] as const

export type MessageChannel = (typeof messageChannels)[number]

/** What led to a session, in the order of their codes: a message, or nothing that the shop did. */
export const sessionChannels = [...messageChannels, 'direct'] as const

/** The code of a session that no message led to. */
export const directSession = 3

/** What is done in a session, in the order of their codes. */
export const behaviourActions = ['view', 'add_to_cart', 'purchase'] as const

/** The code of a purchase. */
export const purchaseAction = 2

export interface Behaviour {
  readonly users: {
    readonly count: number
    readonly ids: readonly string[]
    /** Unix time in seconds. */
    readonly signup: Float64Array
    /** [count, 3]: messages sent while the records ran, by email, sms and push. */
    readonly sent: Int32Array
  }
  readonly sessions: {
    readonly count: number
    readonly ids: readonly string[]
    /** Row of the shopper in `users`. */
    readonly user: Int32Array
    /** When it began, Unix seconds. */
    readonly timestamp: Float64Array
    /** Codes of `sessionChannels`. */
    readonly channel: Uint8Array
  }
  readonly actions: {
    readonly count: number
    /** Row of the session in `sessions`. */
    readonly session: Int32Array
    /** Unix seconds. */
    readonly timestamp: Float64Array
    /** Codes of `behaviourActions`. */
    readonly action: Uint8Array
    /** Product category. */
    readonly category: readonly string[]
    /** Price of the product; of a purchase, what was paid for it. */
    readonly amount: Float64Array
    /** 1 where a discount was used. */
    readonly discount: Uint8Array
    /** 1 where free shipping was used. */
    readonly freeShipping: Uint8Array
  }
  /** Where it came from: enough to have it again. */
  readonly source: { readonly seed: number; readonly users: number } | { readonly file: string }
}

/** The midnight (UTC) after the last session: when the records end, Unix seconds. Without sessions, after the last sign-up. */
export function endOfRecords({ sessions, users }: Behaviour): number {
  const times = sessions.count > 0 ? sessions.timestamp : users.signup
  let last = 0
  for (const time of times) last = Math.max(last, time)
  return (Math.floor(last / 86_400) + 1) * 86_400
}

/** The first midnight (UTC) of the records: that before the first session. Without sessions, before the first sign-up. */
export function startOfRecords({ sessions, users }: Behaviour): number {
  const times = sessions.count > 0 ? sessions.timestamp : users.signup
  let first = Infinity
  for (const time of times) first = Math.min(first, time)
  return first === Infinity ? 0 : Math.floor(first / 86_400) * 86_400
}
