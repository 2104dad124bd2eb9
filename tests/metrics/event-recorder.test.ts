import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventLog, eventCode } from '../../src/envs/events'
import { eventRecorder } from '../../src/metrics/event-recorder'
import { randomSessions, recordSessions, shopStep } from './sessions'

const { impression, click } = eventCode

test('events have their session and step, sorted by session number, and rewards leave bonuses out', () => {
  const recorder = eventRecorder(2, 1)
  const events = new EventLog(8)
  const shop = {
    copies: 2,
    events,
    rewards: Float64Array.of(1, 2),
    bonuses: Float64Array.of(0.5, 0),
    terminated: new Uint8Array(2),
    truncated: new Uint8Array(2),
  }
  recorder.begin(0, 7, 'old')
  recorder.begin(1, 3, 'new')
  events.add(0, impression, 4, 1, 9.5, 0)
  events.add(1, impression, 5, 2, 8, 0)
  events.add(0, click, 4, 1, 9.5, 2)
  shop.truncated[1] = 1
  recorder.add(shop)
  expect(recorder.open()).toBe(1)
  events.clear()
  events.add(1, click, 6, 0, 0, 0) // of a copy whose session is over
  events.add(0, click, 5, 0, 1, -1)
  shop.terminated[0] = 1
  recorder.add(shop)
  expect(recorder.open()).toBe(0)
  expect(recorder.recorded()).toEqual({
    sessions: { count: 2, number: Int32Array.of(3, 7), segment: ['new', 'old'], length: Int32Array.of(1, 2) },
    rewards: Float64Array.of(2, 0.5, 0.5),
    count: 4,
    session: Int32Array.of(0, 1, 1, 1),
    step: Int32Array.of(0, 0, 0, 1),
    kind: Uint8Array.of(impression, impression, click, click),
    item: Int32Array.of(5, 4, 4, 5),
    position: Uint8Array.of(2, 1, 1, 0),
    price: Float64Array.of(8, 9.5, 9.5, 1),
    margin: Float64Array.of(0, 0, 2, -1),
  })
})

test('a session that goes on counts as far as it has come, and the record is a copy', () => {
  const recorder = eventRecorder(1)
  recorder.begin(0, 0)
  recorder.add(shopStep({ reward: 1, events: [{ kind: 'click' }] }, false))
  const before = recorder.recorded()
  recorder.add(shopStep({ reward: 2, events: [] }, true, 5))
  expect([...before.rewards]).toEqual([1])
  expect([...recorder.recorded().rewards]).toEqual([1, 2])
  expect(recorder.recorded().sessions).toMatchObject({ count: 1, segment: ['all'], length: Int32Array.of(2) })
})

test('room for four events grows to six hundred, twice over', () => {
  const recorder = eventRecorder(1, 4)
  const step = {
    reward: 1,
    events: [
      { kind: 'click', item: 3 },
      { kind: 'like', item: 3 },
    ],
  } as const
  for (let time = 0; time < 2; time++) {
    recorder.begin(0, 0)
    for (let at = 0; at < 300; at++) recorder.add(shopStep(step, at === 299))
    const { count, rewards, item, step: steps } = recorder.recorded()
    expect([count, rewards.length, item[599], steps[599]]).toEqual([600, 300, 3, 299])
    recorder.clear()
    expect(recorder.recorded()).toMatchObject({ count: 0, sessions: { count: 0 } })
  }
})

test('what is forgotten is over: its copy is in no session', () => {
  const recorder = eventRecorder(1)
  recorder.begin(0, 0)
  recorder.clear()
  expect(recorder.open()).toBe(0)
  recorder.add(shopStep({ reward: 1, events: [{ kind: 'click' }] }, false))
  expect(recorder.recorded()).toMatchObject({ count: 0, sessions: { count: 0 } })
})

test('the order in which sessions were played leaves no trace', () => {
  fc.assert(
    fc.property(randomSessions, sessions => {
      expect(recordSessions([...sessions].reverse())).toEqual(recordSessions(sessions))
    }),
  )
})

test('what is out of range is refused', () => {
  expect(() => eventRecorder(0)).toThrow('copies is 0')
  expect(() => eventRecorder(1, 0)).toThrow('room is 0')
  const recorder = eventRecorder(2)
  expect(() => recorder.begin(2, 0)).toThrow('copy is 2; it must be a whole number between 0 and 1')
  expect(() => recorder.begin(0, -1)).toThrow('session is -1')
  recorder.begin(0, 5)
  expect(() => recorder.begin(1, 5)).toThrow('session is 5; there is one of that number already')
  expect(() => recorder.begin(1, 6, 3 as never)).toThrow("segment is 3; it must be a text, such as the shopper's type")
  expect(() => recorder.add(shopStep({ reward: 0, events: [] }, false))).toThrow('env has 1 copies; this recorder was made for 2')
})
