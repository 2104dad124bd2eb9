import { checkKeys, checkNumber, checkWord } from '../data/check'
import { sessionGap, splitSessions } from '../data/sessions'
import type { Interactions } from '../data/tables'
import { rate } from './rate'

export interface ReturnRateOptions {
  /** Seconds in which the next session must begin, counted from the end of a session; above the gap. */
  readonly window: number
  /**
   * What the share is of. 'users' (default): users, by whether their first session of the log was followed by another in the window.
   * 'sessions': all sessions, by whether the same user's next one was; users who come often count often.
   */
  readonly of?: 'users' | 'sessions'
  /** The longest pause within a session, seconds; 1,800. What follows sooner is the same visit, no return. */
  readonly gap?: number
  /** When the log stopped, Unix seconds; the time of its last interaction when left out. */
  readonly until?: number
}

export interface ReturnRate {
  /** returned / counted; 0 where nothing counts */
  readonly rate: number
  readonly returned: number
  readonly counted: number
  /** Left out: their window was still open when the log stopped. */
  readonly censored: number
}

/**
 * Return rate: the share of users who come back within a time window (the guide, "Online Metrics").
 *
 * A user whose window was still open when the log stopped is left out, also one who had come back by then: to keep those who returned and drop
 * those who did not yet would overstate the rate (censoring; Kaplan & Meier 1958 treat it in general). In a simulator, where a visit
 * ends with an event that says whether the shopper returns, use `sessionReturnRate` instead, or `evaluate`'s `returnRate`.
 *
 * @param interactions in the order of time
 * @throws RangeError for an option out of range, a log that is not in the order of time, or one that goes on after `until`
 */
export function returnRate(interactions: Interactions, options: ReturnRateOptions): ReturnRate {
  checkKeys('returnRate', options, ['window', 'of', 'gap', 'until'])
  const { count, timestamp } = interactions
  const last = count === 0 ? -Infinity : timestamp[count - 1]!
  const { window, of = 'users', gap = sessionGap, until = last } = options
  checkNumber('window', window, Number.MIN_VALUE, Number.MAX_VALUE)
  checkNumber('gap', gap, Number.MIN_VALUE, Number.MAX_VALUE)
  if (!(window > gap)) {
    throw new RangeError(`window is ${window}; it must be above the gap, ${gap} s: who comes back sooner is still in the same visit`)
  }
  checkWord('of', of, ['users', 'sessions'])
  if (!(until >= last)) throw new RangeError(`until is ${until}, but the log goes on to ${last}; it cannot have stopped before`)

  const sessions = splitSessions(interactions, { gap })
  const next = nextOfSameUser(sessions.user)
  const seen = new Set<number>()
  let [returned, counted, censored] = [0, 0, 0]
  for (let session = 0; session < sessions.count; session++) {
    if (of === 'users' && seen.has(sessions.user[session]!)) continue
    seen.add(sessions.user[session]!)
    const deadline = sessions.end[session]! + window
    if (deadline > until) {
      censored++
      continue
    }
    counted++
    if (next[session]! >= 0 && sessions.start[next[session]!]! <= deadline) returned++
  }
  return { rate: rate(returned, counted, ['returned', 'counted']), returned, counted, censored }
}

/** For each session the same user's next one, -1 for the last. */
function nextOfSameUser(user: Int32Array): Int32Array {
  const next = new Int32Array(user.length).fill(-1)
  const later = new Map<number, number>()
  for (let session = user.length - 1; session >= 0; session--) {
    next[session] = later.get(user[session]!) ?? -1
    later.set(user[session]!, session)
  }
  return next
}
