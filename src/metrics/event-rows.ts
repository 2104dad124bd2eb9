/**
 * Recorded events as one tidy table and back: for DataFrames (`toDataFrame`) and CSV files (`writeRows`, `readRows`).
 *
 * A row for each event, and one of the kind 'step' for each step, before its events, which holds the step's reward: so sessions and steps
 * in which nothing happened are there as well, and the rewards add up. A session that has begun, but not made a step yet, has no row.
 */
import { checkNumber, checkWhole, checkWord } from '../data/check'
import { type EventKind, eventCode, eventKinds } from '../envs/events'
import type { RecordedEvents } from './recorded-events'

export interface EventRow {
  /** The session's number. */
  readonly session: number
  readonly segment: string
  /** From 0. */
  readonly step: number
  readonly kind: EventKind | 'step'
  /** -1 for none. */
  readonly item: number
  readonly position: number
  readonly price: number
  readonly margin: number
  /** Of a step, bonuses left out; 0 in the rows of events. */
  readonly reward: number
}

export const eventColumns = ['session', 'segment', 'step', 'kind', 'item', 'position', 'price', 'margin', 'reward'] as const

/** Sorted by session, then step. */
export function eventRows(events: RecordedEvents): EventRow[] {
  const { sessions, rewards } = events
  const rows: EventRow[] = []
  let [at, first] = [0, 0]
  for (let row = 0; row < sessions.count; row++) {
    const of = { session: sessions.number[row]!, segment: sessions.segment[row]! }
    const length = sessions.length[row]!
    for (let step = 0; step < length; step++) {
      rows.push({ ...of, step, kind: 'step', item: -1, position: 0, price: 0, margin: 0, reward: rewards[first + step]! })
      for (; at < events.count && events.session[at] === row && events.step[at] === step; at++) {
        const [item, position, price, margin] = [events.item[at]!, events.position[at]!, events.price[at]!, events.margin[at]!]
        rows.push({ ...of, step, kind: eventKinds[events.kind[at]!]!, item, position, price, margin, reward: 0 })
      }
    }
    first += length
  }
  return rows
}

/**
 * Back from rows, of a DataFrame (`frameRows`) or a file: `recordedFromRows(eventRows(events))` equals `events`. Rows may be fewer and in
 * another order, as a notebook has filtered and sorted them: a session begins with its first step that is left and is as long as it has
 * steps; events keep their order within a step. So keep or drop whole sessions, or a step with all its events.
 *
 * @throws RangeError naming the row, its value and what is allowed: an event without its step's row, a step twice, a session in two segments
 */
export function recordedFromRows(rows: readonly object[]): RecordedEvents {
  const read = rows.map((row, at) => checkRow(row as Partial<Record<keyof EventRow, unknown>>, at))
  // Sorting is stable: events keep their order within a step.
  const sorted = read.sort((a, b) => a.session - b.session || a.step - b.step)
  const steps = sorted.filter(row => row.kind === 'step')
  const events = sorted.filter(row => row.kind !== 'step')
  const firsts = steps.filter((step, at) => at === 0 || step.session !== steps[at - 1]!.session)
  const rowOf = new Map(firsts.map(({ session }, row) => [session, row]))
  const placeOf = new Map<string, number>()
  const length = new Int32Array(firsts.length)
  for (const { session, segment, step } of steps) {
    const row = rowOf.get(session)!
    if (placeOf.has(`${session} ${step}`)) throw new RangeError(`rows has step ${step} of session ${session} twice; each step has one row`)
    placeOf.set(`${session} ${step}`, length[row]!++)
    checkSegment(session, segment, firsts[row]!.segment)
  }
  const places = events.map(({ session, segment, step, kind }) => {
    const place = placeOf.get(`${session} ${step}`)
    if (place === undefined)
      throw new RangeError(`rows has a ${kind} in step ${step} of session ${session}, but no row of the kind 'step' for it; keep both`)
    checkSegment(session, segment, firsts[rowOf.get(session)!]!.segment)
    return place
  })
  return {
    sessions: {
      count: firsts.length,
      number: Int32Array.from(firsts, ({ session }) => session),
      segment: firsts.map(({ segment }) => segment),
      length,
    },
    rewards: Float64Array.from(steps, ({ reward }) => reward),
    count: events.length,
    session: Int32Array.from(events, ({ session }) => rowOf.get(session)!),
    step: Int32Array.from(places),
    kind: Uint8Array.from(events, ({ kind }) => eventCode[kind as EventKind]),
    item: Int32Array.from(events, ({ item }) => item),
    position: Uint8Array.from(events, ({ position }) => position),
    price: Float64Array.from(events, ({ price }) => price),
    margin: Float64Array.from(events, ({ margin }) => margin),
  }
}

const kinds = ['step', ...eventKinds] as const

function checkRow(row: Partial<Record<keyof EventRow, unknown>>, at: number): EventRow {
  const whole = (column: keyof EventRow, low: number, high: number) => checkWhole(`rows[${at}].${column}`, row[column], low, high)
  const number = (column: keyof EventRow, low: number) => checkNumber(`rows[${at}].${column}`, row[column], low, Number.MAX_VALUE)
  return {
    session: whole('session', 0, 2 ** 31 - 1),
    // A file does not tell the text 1 from the number.
    segment: String(row.segment ?? 'all'),
    step: whole('step', 0, 2 ** 31 - 1),
    kind: checkWord(`rows[${at}].kind`, row.kind, kinds),
    item: whole('item', -1, 2 ** 31 - 1),
    position: whole('position', 0, 255),
    price: number('price', 0),
    margin: number('margin', -Number.MAX_VALUE),
    reward: number('reward', -Number.MAX_VALUE),
  }
}

function checkSegment(session: number, segment: string, first: string): void {
  if (segment !== first) throw new RangeError(`session ${session} is in the segments '${first}' and '${segment}'; a session has one`)
}
