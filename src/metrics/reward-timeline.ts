/**
 * Reward timeline: the mean reward of each step of a session, over the sessions that came so far.
 *
 * Sessions end, so later steps are of those who stayed, which `sessions` shows: a line that rises may mean that only the contented are left.
 */
import { bySegment } from './group-sessions'
import type { RecordedEvents } from './recorded-events'

export interface TimelinePoint {
  /** From 0. */
  readonly step: number
  /** How many sessions had this step. */
  readonly sessions: number
  /** Mean reward, bonuses left out. */
  readonly reward: number
  /** Sample standard deviation of the rewards; NaN with one session. */
  readonly deviation: number
}

/** @throws RangeError when no session has a step */
export function rewardTimeline(events: RecordedEvents): TimelinePoint[] {
  if (events.rewards.length === 0) throw new RangeError('events has no step; record at least one session')
  return timeline(events, new Int32Array(events.sessions.count), 0)
}

/** The same for each segment, one after the other in the order in which they first appear. @throws RangeError when no session has a step */
export function rewardTimelineBySegment(events: RecordedEvents): (TimelinePoint & { readonly segment: string })[] {
  if (events.rewards.length === 0) throw new RangeError('events has no step; record at least one session')
  const { group, names } = bySegment(events)
  return names.flatMap(({ segment }, of) => timeline(events, group, of).map(point => ({ segment, ...point })))
}

function timeline({ sessions, rewards }: RecordedEvents, group: Int32Array, of: number): TimelinePoint[] {
  const steps = sessions.length.reduce((longest, length, row) => (group[row] === of ? Math.max(longest, length) : longest), 0)
  const counts = new Float64Array(steps)
  const means = new Float64Array(steps)
  const squares = new Float64Array(steps)
  let place = 0
  for (let row = 0; row < sessions.count; row++) {
    const length = sessions.length[row]!
    for (let step = 0; group[row] === of && step < length; step++) {
      // Welford 1962: the squares are taken around the mean so far, which loses no digits.
      const reward = rewards[place + step]!
      const away = reward - means[step]!
      means[step]! += away / ++counts[step]!
      squares[step]! += away * (reward - means[step]!)
    }
    place += length
  }
  return Array.from(means, (reward, step) => {
    const many = counts[step]!
    return { step, sessions: many, reward, deviation: many > 1 ? Math.sqrt(squares[step]! / (many - 1)) : Number.NaN }
  })
}
