import { checkWord } from '../data/check'
import type { RecordedEvents } from './recorded-events'

/** What sessions are grouped by. */
export type SessionGrouping = 'segment' | 'session'

export interface SessionGroups {
  /** [sessions]: the group of each, from 0 */
  readonly group: Int32Array
  /** [groups]: what names a row: { segment }, or { session, segment }; nothing where all sessions are one group. */
  readonly names: readonly { readonly session?: number; readonly segment?: string }[]
}

/** Segments in the order in which they first appear; sessions in the order of their numbers; without `by`, one group. */
export function groupSessions({ sessions }: Pick<RecordedEvents, 'sessions'>, by?: SessionGrouping): SessionGroups {
  if (by === undefined) return { group: new Int32Array(sessions.count), names: [{}] }
  checkWord('by', by, ['segment', 'session'])
  if (by === 'session') {
    const names = sessions.segment.map((segment, row) => ({ session: sessions.number[row]!, segment }))
    return { group: Int32Array.from(names, (_, row) => row), names }
  }
  const place = new Map<string, number>()
  for (const segment of sessions.segment) if (!place.has(segment)) place.set(segment, place.size)
  return {
    group: Int32Array.from(sessions.segment, segment => place.get(segment)!),
    names: Array.from(place.keys(), segment => ({ segment })),
  }
}
