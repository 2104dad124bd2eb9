import { rate } from './rate'

/**
 * Share of sessions after which the shopper came back, from the 'return' events of a shop that says so. 0 without a session.
 * Where there is only a log with times, `returnRate` finds out who returned.
 *
 * @throws RangeError when a count is negative or NaN
 */
export function sessionReturnRate(returns: number, sessions: number): number {
  return rate(returns, sessions, ['returns', 'sessions'])
}
