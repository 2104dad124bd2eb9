import type { RecordedEvents } from './recorded-events'

type Sessions = Pick<RecordedEvents, 'sessions'>

/** Sessions in groups, and what names the row of each group. */
export interface SessionGroups<Name> {
  /** [sessions]: the group of each, from 0 */
  readonly group: Int32Array
  /** [groups] */
  readonly names: readonly Name[]
}

/** All sessions in one group, without a name. */
export function allSessions({ sessions }: Sessions): SessionGroups<object> {
  return { group: new Int32Array(sessions.count), names: [{}] }
}

/** A group for each segment, in the order in which they first appear. */
export function bySegment({ sessions }: Sessions): SessionGroups<{ readonly segment: string }> {
  const place = new Map<string, number>()
  for (const segment of sessions.segment) if (!place.has(segment)) place.set(segment, place.size)
  return {
    group: Int32Array.from(sessions.segment, segment => place.get(segment)!),
    names: Array.from(place.keys(), segment => ({ segment })),
  }
}

/** A group for each session, in the order of their numbers. */
export function bySession({ sessions }: Sessions): SessionGroups<{ readonly session: number; readonly segment: string }> {
  const names = sessions.segment.map((segment, row) => ({ session: sessions.number[row]!, segment }))
  return { group: Int32Array.from(names, (_, row) => row), names }
}
