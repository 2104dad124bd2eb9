/** Sessions written by hand, and random ones, recorded as if a shop had played them. */
import fc from 'fast-check'
import { type EventKind, EventLog, eventCode, eventKinds } from '../../src/envs/events'
import { eventRecorder } from '../../src/metrics/event-recorder'
import type { RecordedEvents } from '../../src/metrics/recorded-events'

export interface HandEvent {
  readonly kind: EventKind
  readonly item?: number
  readonly position?: number
  readonly price?: number
  readonly margin?: number
}

export interface HandStep {
  readonly reward: number
  readonly events: readonly HandEvent[]
}

export interface HandSession {
  readonly number: number
  readonly segment: string
  readonly steps: readonly HandStep[]
}

/** A step of a shop of one copy. */
export function shopStep({ reward, events }: HandStep, ends: boolean, bonus = 0) {
  const log = new EventLog(64)
  for (const { kind, item = -1, position = 0, price = 0, margin = 0 } of events) log.add(0, eventCode[kind], item, position, price, margin)
  return {
    copies: 1,
    events: log,
    rewards: Float64Array.of(reward + bonus),
    bonuses: Float64Array.of(bonus),
    terminated: Uint8Array.of(ends ? 1 : 0),
    truncated: Uint8Array.of(0),
  }
}

export function recordSessions(sessions: readonly HandSession[]): RecordedEvents {
  const recorder = eventRecorder(1, 1)
  for (const { number, segment, steps } of sessions) {
    recorder.begin(0, number, segment)
    steps.forEach((step, at) => {
      recorder.add(shopStep(step, at === steps.length - 1))
    })
  }
  return recorder.recorded()
}

const event = fc.record({
  kind: fc.constantFrom<EventKind>('impression', 'click', 'purchase', 'view', 'like', 'cart', 'message', 'return'),
  item: fc.integer({ min: -1, max: 9 }),
  position: fc.nat(255),
  price: fc.integer({ min: 0, max: 40 }).map(quarters => quarters / 4),
  margin: fc.integer({ min: -40, max: 40 }).map(quarters => quarters / 4),
})
const step = fc.record({ reward: fc.integer({ min: -8, max: 8 }).map(quarters => quarters / 4), events: fc.array(event, { maxLength: 6 }) })

/** Random sessions of at least one step; rewards and money in quarters, so that sums are exact in any order. */
export const randomSessions: fc.Arbitrary<HandSession[]> = fc
  .array(fc.record({ segment: fc.constantFrom('new', 'old', ''), steps: fc.array(step, { minLength: 1, maxLength: 5 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map(sessions => sessions.map((session, number) => ({ number, ...session })))

/** Every event of a kind, of sessions written by hand. */
export const eventsOf = (sessions: readonly HandSession[], kind: EventKind) =>
  sessions.flatMap(({ steps }) => steps.flatMap(({ events }) => events.filter(happened => happened.kind === kind)))

export const allKinds = eventKinds
