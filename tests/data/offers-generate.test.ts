import { expect, test } from 'vitest'
import { endOfRecords, startOfRecords } from '../../src/data/offers-behaviour'
import { behaviourDays, generateBehaviour } from '../../src/data/offers-generate'
import { productCategories, shopperKinds } from '../../src/data/offers-story'
import { annsBehaviour, day, midnight } from './offers-by-hand'

const behaviour = generateBehaviour({ seed: 4, users: 120 })
const { users, sessions, actions } = behaviour

test('the same seed gives the same behaviour, another seed another', () => {
  expect(generateBehaviour({ seed: 4, users: 120 })).toEqual(behaviour)
  expect(generateBehaviour({ seed: 5, users: 120 }).sessions.timestamp).not.toEqual(sessions.timestamp)
})

test('more users do not change those who were there', () => {
  const more = generateBehaviour({ seed: 4, users: 121 })
  expect(more.users.sent.subarray(0, 360)).toEqual(users.sent)
  const of = (all: typeof behaviour, user: number) => [...all.sessions.timestamp].filter((_, row) => all.sessions.user[row] === user)
  for (const user of [0, 60, 119]) expect(of(more, user)).toEqual(of(behaviour, user))
})

test('sessions lie in the quarter, after sign-up, in the order of time; actions follow their session', () => {
  expect(startOfRecords(behaviour)).toBe(midnight)
  expect(endOfRecords(behaviour)).toBe(midnight + behaviourDays * day)
  for (let row = 0; row < sessions.count; row++) {
    expect(sessions.timestamp[row]).toBeGreaterThan(users.signup[sessions.user[row]!]!)
    if (row > 0) expect(sessions.timestamp[row]).toBeGreaterThanOrEqual(sessions.timestamp[row - 1]!)
  }
  const names = productCategories.map(category => category.name as string)
  for (let row = 0; row < actions.count; row++) {
    const began = sessions.timestamp[actions.session[row]!]!
    expect(actions.timestamp[row]! - began).toBeGreaterThanOrEqual(0)
    expect(actions.timestamp[row]! - began).toBeLessThan(3600)
    expect(names).toContain(actions.category[row])
    expect(actions.amount[row]).toBeGreaterThan(0)
    // An offer is used in buying, and one at a time.
    if (actions.action[row] !== 2) expect(actions.discount[row]! + actions.freeShipping[row]!).toBe(0)
    expect(actions.discount[row]! + actions.freeShipping[row]!).toBeLessThanOrEqual(1)
  }
})

test('of a product that was bought, a view and a cart stand before it in the session', () => {
  for (let row = 0; row < actions.count; row++) {
    if (actions.action[row] !== 2) continue
    const before = [...actions.action.subarray(0, row)].filter((_, at) => actions.session[at] === actions.session[row])
    expect(before).toContain(0)
    expect(before).toContain(1)
  }
})

test('a quarter brings every user of the whole time one message a week by each channel: 12 or 13', () => {
  for (let user = 0; user < users.count; user++) {
    if (users.signup[user]! >= midnight) continue
    for (const sent of users.sent.subarray(user * 3, user * 3 + 3)) expect([12, 13]).toContain(sent)
  }
})

test('the kinds of shoppers are everybody', () => {
  expect(shopperKinds.reduce((sum, kind) => sum + kind.share, 0)).toBeCloseTo(1, 12)
})

test('what is out of range is refused by name', () => {
  expect(() => generateBehaviour({ users: 0 })).toThrow('users is 0; it must be a whole number between 1 and 100000')
  expect(() => generateBehaviour({ seed: Number.NaN })).toThrow('seed is NaN')
  expect(() => generateBehaviour({ people: 3 } as never)).toThrow('generateBehaviour has no option "people"')
})

test('records without a session run from the first sign-up to the day after the last', () => {
  const empty = annsBehaviour()
  const silent = { ...empty, sessions: { ...empty.sessions, count: 0, timestamp: new Float64Array(0) } }
  expect(startOfRecords(silent)).toBe(midnight - day)
  expect(endOfRecords(silent)).toBe(midnight)
})
