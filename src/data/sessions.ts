/**
 * A log cut into sessions: a shopper's interactions belong to one session as long as no pause between two of them is longer than a gap, by
 * custom 30 minutes (web analytics' time-out; Catledge & Pitkow 1995 measured 25.5).
 */
import { checkKeys, checkNumber } from './check'
import type { Interactions } from './tables'

/** Columns, a row for each session, in the order in which sessions begin. */
export interface Sessions {
  readonly count: number
  /** Row of the shopper in `users`. */
  readonly user: Int32Array
  /** Time of the first and of the last interaction, Unix seconds. */
  readonly start: Float64Array
  readonly end: Float64Array
  /** Interactions in the session, at least 1. */
  readonly lengths: Int32Array
  /** end - start in seconds: 0 for a session of one interaction, since nobody sees when its shopper left. */
  readonly durations: Float64Array
  /** [interactions]: the session that each row of the log belongs to. */
  readonly sessionOf: Int32Array
}

/** By custom, seconds. */
export const sessionGap = 1800

/**
 * @param interactions in the order of time, as tables have them
 * @param options      gap: the longest pause within a session in seconds, above 0; 1,800
 * @throws RangeError when the gap is out of range or the log is not in the order of time
 */
export function splitSessions(interactions: Interactions, options: { readonly gap?: number } = {}): Sessions {
  checkKeys('splitSessions', options, ['gap'])
  const { gap = sessionGap } = options
  checkNumber('gap', gap, Number.MIN_VALUE, Number.MAX_VALUE)
  const { count, user, timestamp } = interactions
  const sessionOf = new Int32Array(count)
  const open = new Map<number, number>()
  const sessions = { user: [] as number[], start: [] as number[], end: [] as number[], lengths: [] as number[] }
  for (let row = 0; row < count; row++) {
    const now = timestamp[row]!
    if (row > 0 && !(now >= timestamp[row - 1]!)) {
      throw new RangeError(`interaction ${row} is of ${now}, before or without the time of the one above it; sort the log by time`)
    }
    let session = open.get(user[row]!)
    if (session === undefined || now - sessions.end[session]! > gap) {
      session = sessions.user.length
      open.set(user[row]!, session)
      sessions.user.push(user[row]!)
      sessions.start.push(now)
      sessions.lengths.push(0)
    }
    sessions.end[session] = now
    sessions.lengths[session]!++
    sessionOf[row] = session
  }
  return {
    count: sessions.user.length,
    user: Int32Array.from(sessions.user),
    start: Float64Array.from(sessions.start),
    end: Float64Array.from(sessions.end),
    lengths: Int32Array.from(sessions.lengths),
    durations: Float64Array.from(sessions.end, (end, session) => end - sessions.start[session]!),
    sessionOf,
  }
}
