import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameRows, toDataFrame } from '../../src/data/data-frame'
import { readRows, writeRows } from '../../src/data/rows-file'
import { eventRows, recordedFromRows } from '../../src/metrics/event-rows'
import { temporaryFolder } from '../data/temporary'
import { randomSessions, recordSessions } from './sessions'

const none = { item: -1, position: 0, price: 0, margin: 0, reward: 0 }
const sessions = [
  { number: 4, segment: 'new', steps: [{ reward: 1.5, events: [{ kind: 'purchase', item: 2, position: 1, price: 9, margin: 3 }] }] },
  {
    number: 6,
    segment: 'old',
    steps: [
      { reward: 0, events: [] },
      { reward: -1, events: [{ kind: 'leave' }] },
    ],
  },
] as const

test('a row for each step, with its reward, and one for each of its events', () => {
  expect(eventRows(recordSessions(sessions))).toEqual([
    { ...none, session: 4, segment: 'new', step: 0, kind: 'step', reward: 1.5 },
    { ...none, session: 4, segment: 'new', step: 0, kind: 'purchase', item: 2, position: 1, price: 9, margin: 3 },
    { ...none, session: 6, segment: 'old', step: 0, kind: 'step' },
    { ...none, session: 6, segment: 'old', step: 1, kind: 'step', reward: -1 },
    { ...none, session: 6, segment: 'old', step: 1, kind: 'leave' },
  ])
})

test('there and back is the same, also by a DataFrame and sorted otherwise', () => {
  fc.assert(
    fc.property(randomSessions, sessions => {
      const events = recordSessions(sessions)
      const rows = eventRows(events)
      expect(recordedFromRows(rows)).toEqual(events)
      const steps = rows.filter(({ kind }) => kind === 'step')
      const others = rows.filter(({ kind }) => kind !== 'step')
      expect(recordedFromRows([...others, ...steps.reverse()])).toEqual(events)
    }),
  )
  const events = recordSessions(sessions)
  expect(recordedFromRows(frameRows(toDataFrame(eventRows(events))))).toEqual(events)
})

test('there and back by a file is the same', () => {
  const file = join(temporaryFolder(), 'events.csv')
  const events = recordSessions([{ ...sessions[0], segment: '25' }, sessions[1]])
  writeRows(file, eventRows(events))
  expect(recordedFromRows(readRows(file))).toEqual(events)
})

test('sessions and steps that were filtered out are gone, and the others close up', () => {
  const rows = eventRows(recordSessions(sessions))
  const kept = recordedFromRows(rows.filter(({ session, step }) => session === 6 && step === 1))
  expect(kept).toEqual(recordSessions([{ number: 6, segment: 'old', steps: [sessions[1].steps[1]] }]))
  expect(recordedFromRows([])).toEqual(recordSessions([]))
})

test('without segments all sessions are in one', () => {
  const rows = eventRows(recordSessions(sessions)).map(({ segment: _, ...row }) => row)
  expect(recordedFromRows(rows).sessions.segment).toEqual(['all', 'all'])
})

test('rows that are no events are refused', () => {
  const rows = eventRows(recordSessions(sessions))
  const wrong = (at: number, cells: object) => () => recordedFromRows(rows.map((row, place) => (place === at ? { ...row, ...cells } : row)))
  expect(wrong(1, { kind: 'wish' })).toThrow('rows[1].kind is "wish"; it must be one of step, impression, click')
  expect(wrong(0, { session: 0.5 })).toThrow('rows[0].session is 0.5')
  expect(wrong(0, { reward: Number.NaN })).toThrow('rows[0].reward is NaN')
  expect(wrong(1, { price: -1 })).toThrow('rows[1].price is -1')
  expect(wrong(1, { position: 256 })).toThrow('rows[1].position is 256; it must be a whole number between 0 and 255')
  expect(wrong(1, { item: -2 })).toThrow('rows[1].item is -2')
  expect(wrong(1, { segment: 'old' })).toThrow("session 4 is in the segments 'new' and 'old'; a session has one")
  expect(wrong(3, { segment: 'new' })).toThrow("session 6 is in the segments 'old' and 'new'")
  expect(() => recordedFromRows(rows.slice(1))).toThrow("rows has a purchase in step 0 of session 4, but no row of the kind 'step' for it")
  expect(() => recordedFromRows([rows[0]!, rows[0]!])).toThrow('rows has step 0 of session 4 twice')
  expect(() => recordedFromRows([{ session: 1 }])).toThrow('rows[0].step is undefined')
})
