/**
 * Collects what happens in many sessions, step by step, for metrics that need to know in which session and step it was.
 *
 *   const recorder = eventRecorder(env.copies)
 *   recorder.begin(copy, number, segment)   // of every copy, after `reset` and after each end that shall be followed by another session
 *   recorder.add(env)                       // after every step
 *   businessMetrics(recorder.recorded())
 *
 * Columns are typed arrays that double when they are full, so a step that finds room allocates nothing. Where counts by kind are enough,
 * `eventCounter` keeps no log at all.
 */
import { checkWhole } from '../data/check'
import type { Env } from '../envs/env'
import { gathered, growingColumns } from './growing-columns'
import type { RecordedEvents } from './recorded-events'

export interface EventRecorder {
  /**
   * From now on what happens to the copy belongs to this session, until it ends.
   *
   * @param session a number that no other session has, 0 or more
   * @param segment what the session is grouped by, such as the shopper's type; 'all'
   */
  begin(copy: number, session: number, segment?: string): void
  /** Takes in the last step of the shop: the events and rewards of the copies that are in a session. */
  add(env: Pick<Env, 'copies' | 'events' | 'rewards' | 'bonuses' | 'terminated' | 'truncated'>): void
  /** How many copies are in a session that goes on. */
  open(): number
  /** All sessions begun so far; one that goes on counts as far as it has come. A copy: recording may go on. */
  recorded(): RecordedEvents
  /** Forgets everything, and keeps the room. */
  clear(): void
}

/**
 * @param copies of the shop, at least 1
 * @param room   for so many events at first
 */
export function eventRecorder(copies: number, room = 1024): EventRecorder {
  checkWhole('copies', copies, 1, 2 ** 31 - 1)
  checkWhole('room', room, 1, 2 ** 31 - 1)
  const steps = growingColumns({ session: Int32Array, reward: Float64Array }, room)
  const events = growingColumns(
    {
      session: Int32Array,
      step: Int32Array,
      kind: Uint8Array,
      item: Int32Array,
      position: Uint8Array,
      price: Float64Array,
      margin: Float64Array,
    },
    room,
  )
  /** Of each session in the order they began: its number, its segment, its steps so far. */
  let numbers: number[] = []
  let segments: string[] = []
  let lengths: number[] = []
  const known = new Set<number>()
  /** [copies]: which of them a copy is in, -1 for none. */
  const current = new Int32Array(copies).fill(-1)

  return {
    begin(copy, session, segment = 'all') {
      checkWhole('copy', copy, 0, copies - 1)
      checkWhole('session', session, 0, 2 ** 31 - 1)
      if (known.has(session)) throw new RangeError(`session is ${session}; there is one of that number already, so give another one`)
      if (typeof segment !== 'string') throw new RangeError(`segment is ${String(segment)}; it must be a text, such as the shopper's type`)
      known.add(session)
      current[copy] = numbers.length
      numbers.push(session)
      segments.push(segment)
      lengths.push(0)
    },

    add({ copies: stepped, events: log, rewards, bonuses, terminated, truncated }) {
      if (stepped !== copies) throw new RangeError(`env has ${stepped} copies; this recorder was made for ${copies}`)
      const { count, copy: copyOf, kind, item, position, price, margin } = log
      events.makeRoom(count)
      steps.makeRoom(copies)
      const to = events.columns
      for (let from = 0; from < count; from++) {
        const session = current[copyOf[from]!]!
        if (session < 0) continue
        const at = events.count++
        to.session[at] = session
        to.step[at] = lengths[session]!
        to.kind[at] = kind[from]!
        to.item[at] = item[from]!
        to.position[at] = position[from]!
        to.price[at] = price[from]!
        to.margin[at] = margin[from]!
      }
      for (let copy = 0; copy < copies; copy++) {
        const session = current[copy]!
        if (session < 0) continue
        const at = steps.count++
        steps.columns.session[at] = session
        steps.columns.reward[at] = rewards[copy]! - bonuses[copy]!
        lengths[session]!++
        if (terminated[copy] || truncated[copy]) current[copy] = -1
      }
    },

    open: () => current.reduce((open, session) => open + (session < 0 ? 0 : 1), 0),

    recorded() {
      const order = numbers.map((_, session) => session).sort((one, other) => numbers[one]! - numbers[other]!)
      const row = new Int32Array(order.length)
      order.forEach((session, at) => {
        row[session] = at
      })
      const eventOrder = orderBySession(events.columns.session, events.count, row)
      const stepOrder = orderBySession(steps.columns.session, steps.count, row)
      const { columns } = events
      return {
        sessions: {
          count: order.length,
          number: Int32Array.from(order, session => numbers[session]!),
          segment: order.map(session => segments[session]!),
          length: Int32Array.from(order, session => lengths[session]!),
        },
        rewards: gathered(steps.columns.reward, stepOrder),
        count: events.count,
        session: gathered(columns.session, eventOrder).map(session => row[session]!),
        step: gathered(columns.step, eventOrder),
        kind: gathered(columns.kind, eventOrder),
        item: gathered(columns.item, eventOrder),
        position: gathered(columns.position, eventOrder),
        price: gathered(columns.price, eventOrder),
        margin: gathered(columns.margin, eventOrder),
      }
    },

    clear() {
      events.count = 0
      steps.count = 0
      numbers = []
      segments = []
      lengths = []
      known.clear()
      current.fill(-1)
    },
  }
}

/** The places of the first `count` rows, session by session, within one in the order in which they came. */
function orderBySession(session: Int32Array, count: number, row: Int32Array): Int32Array {
  const next = new Int32Array(row.length + 1)
  for (let at = 0; at < count; at++) next[row[session[at]!]! + 1]!++
  for (let at = 1; at < next.length; at++) next[at]! += next[at - 1]!
  const order = new Int32Array(count)
  for (let at = 0; at < count; at++) order[next[row[session[at]!]!]!++] = at
  return order
}
