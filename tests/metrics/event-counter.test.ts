import { expect, test } from 'vitest'
import { type EventKind, EventLog, eventCode } from '../../src/envs/events'
import { eventCounter } from '../../src/metrics/event-counter'

const step = (...kinds: EventKind[]) => {
  const log = new EventLog(16)
  for (const kind of kinds) log.add(0, eventCode[kind], 3, 0, 1, 0.5)
  return log
}

test('counts the events of every step by kind', () => {
  const counter = eventCounter()
  counter.add(step('impression', 'click', 'purchase'))
  counter.add(step('impression', 'click'))
  counter.add(step('impression', 'return'))
  counter.add(step('impression'))
  expect(counter.counts()).toEqual({ impression: 4, click: 2, purchase: 1, return: 1 })
  expect(counter.of('click')).toBe(2)
  expect(counter.clickThroughRate()).toBe(0.5)
  expect(counter.conversionRate()).toBe(0.5)
})

test('what an earlier step left behind in the log is not counted', () => {
  const counter = eventCounter()
  const log = step('impression', 'click')
  log.clear()
  log.add(0, eventCode.impression, 1, 0, 0, 0)
  counter.add(log)
  expect(counter.counts()).toEqual({ impression: 1, click: 0, purchase: 0, return: 0 })
})

test('starts again from zero, where all rates are 0', () => {
  const counter = eventCounter()
  counter.add(step('impression', 'click'))
  counter.reset()
  expect(counter.of('impression')).toBe(0)
  expect(counter.clickThroughRate()).toBe(0)
  expect(counter.conversionRate()).toBe(0)
})

test('an unknown kind is refused', () => {
  expect(() => eventCounter().of('like' as EventKind)).toThrow("kind is 'like'; the kinds of event are impression")
})
