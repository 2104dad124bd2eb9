import { expect, test } from 'vitest'
import { type EventKind, EventLog, eventCode, eventKinds } from '../../src/envs/events'
import { eventCounter } from '../../src/metrics/event-counter'
import { recordSessions } from './sessions'

const step = (...kinds: EventKind[]) => {
  const log = new EventLog(16)
  for (const kind of kinds) log.add(0, eventCode[kind], 3, 0, 1, 0.5)
  return log
}

/** A count for every kind: those given, and 0 for all others. */
const counts = (given: Partial<Record<EventKind, number>>) => ({ ...Object.fromEntries(eventKinds.map(kind => [kind, 0])), ...given })

test('counts the events of every step by kind', () => {
  const counter = eventCounter()
  counter.add(step('impression', 'click', 'purchase'))
  counter.add(step('impression', 'click'))
  counter.add(step('impression', 'return'))
  counter.add(step('impression'))
  expect(counter.counts()).toEqual(counts({ impression: 4, click: 2, purchase: 1, return: 1 }))
  expect(counter.of('click')).toBe(2)
  expect(counter.clickThroughRate()).toBe(0.5)
  expect(counter.conversionRate()).toBe(0.5)
  expect(counter.buyThroughRate()).toBe(0.25)
})

test('recorded sessions are counted at once', () => {
  const counter = eventCounter()
  counter.add(recordSessions([{ number: 0, segment: 'all', steps: [{ reward: 1, events: [{ kind: 'view' }, { kind: 'like' }] }] }]))
  expect(counter.counts()).toEqual(counts({ view: 1, like: 1 }))
})

test('what an earlier step left behind in the log is not counted', () => {
  const counter = eventCounter()
  const log = step('impression', 'click')
  log.clear()
  log.add(0, eventCode.impression, 1, 0, 0, 0)
  counter.add(log)
  expect(counter.counts()).toEqual(counts({ impression: 1 }))
})

test('starts again from zero, where all rates are 0', () => {
  const counter = eventCounter()
  counter.add(step('impression', 'click'))
  counter.reset()
  expect(counter.of('impression')).toBe(0)
  expect(counter.clickThroughRate()).toBe(0)
  expect(counter.conversionRate()).toBe(0)
  expect(counter.buyThroughRate()).toBe(0)
})

test('an unknown kind is refused', () => {
  expect(() => eventCounter().of('wish' as EventKind)).toThrow("kind is 'wish'; the kinds of event are impression")
})
