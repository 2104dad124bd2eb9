import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EventKind } from '../../src/envs/events'
import { purchaseFunnel, sessionsReached } from '../../src/metrics/purchase-funnel'
import { randomSessions, recordSessions } from './sessions'

test('rates and drop-offs from stage to stage, worked by hand', () => {
  expect(purchaseFunnel({ view: 200, like: 50, cart: 20, purchase: 5, click: 9 })).toEqual([
    { stage: 'view', count: 200, rate: 1, dropOff: 0, ofFirst: 1 },
    { stage: 'like', count: 50, rate: 0.25, dropOff: 0.75, ofFirst: 0.25 },
    { stage: 'cart', count: 20, rate: 0.4, dropOff: 0.6, ofFirst: 0.1 },
    { stage: 'purchase', count: 5, rate: 0.25, dropOff: 0.75, ofFirst: 0.025 },
  ])
})

test('a shop that lacks stages names those it has; a stage it lacks counts 0', () => {
  const counts = { impression: 10, click: 4, purchase: 1 }
  expect(purchaseFunnel(counts, ['impression', 'click', 'purchase']).map(({ rate }) => rate)).toEqual([1, 0.4, 0.25])
  expect(purchaseFunnel(counts)).toEqual([
    { stage: 'view', count: 0, rate: 1, dropOff: 0, ofFirst: 0 },
    { stage: 'like', count: 0, rate: 0, dropOff: 0, ofFirst: 0 },
    { stage: 'cart', count: 0, rate: 0, dropOff: 0, ofFirst: 0 },
    { stage: 'purchase', count: 1, rate: 0, dropOff: 0, ofFirst: 0 },
  ])
})

test('more purchases than carts: the rate is above 1 and the drop-off negative', () => {
  expect(purchaseFunnel({ view: 8, like: 4, cart: 2, purchase: 3 })[3]).toMatchObject({ rate: 1.5, dropOff: -0.5 })
})

test('sessions reach a stage after all before it, in this order', () => {
  const step = (...kinds: EventKind[]) => ({ reward: 0, events: kinds.map(kind => ({ kind })) })
  const sessions = [
    [step('view', 'view', 'like'), step('cart', 'purchase')],
    [step('like', 'view'), step('purchase')], // the like came before the view, and nothing was put into the cart
    [step('view'), step('cart'), step('like')],
    [step()],
  ].map((steps, number) => ({ number, segment: 'all', steps }))
  const events = recordSessions(sessions)
  expect(sessionsReached(events)).toEqual({ view: 3, like: 2, cart: 1, purchase: 1 })
  expect(sessionsReached(events, ['purchase'])).toEqual({ purchase: 2 })
  expect(purchaseFunnel(sessionsReached(events))[1]).toMatchObject({ count: 2, rate: 2 / 3 })
})

test('a funnel of sessions never grows, and equals looking for each stage after the one before', () => {
  const stages = ['view', 'like', 'cart', 'purchase'] as const
  fc.assert(
    fc.property(randomSessions, sessions => {
      const reached = sessionsReached(recordSessions(sessions), stages)
      stages.forEach((stage, at) => {
        const came = sessions.filter(({ steps }) => {
          const kinds = steps.flatMap(({ events }) => events.map(({ kind }) => kind))
          let from = 0
          return stages.slice(0, at + 1).every(wanted => {
            const place = kinds.indexOf(wanted, from)
            from = place + 1
            return place >= 0
          })
        })
        expect(reached[stage]).toBe(came.length)
      })
    }),
  )
})

test('a shop where nothing happened has a funnel of 0', () => {
  expect(purchaseFunnel({ view: 0 }, ['view', 'purchase']).map(({ count, rate }) => [count, rate])).toEqual([
    [0, 1],
    [0, 0],
  ])
})

test('stages that are none, and counts that are none, are refused', () => {
  expect(() => purchaseFunnel({}, [])).toThrow('stages is empty')
  expect(() => purchaseFunnel({}, ['view', 'wish' as EventKind])).toThrow('stages[1] is "wish"; it must be one of impression')
  expect(() => purchaseFunnel({}, ['view', 'like', 'view'])).toThrow('stages names view twice')
  expect(() => purchaseFunnel({ view: 1, like: Number.NaN })).toThrow('like is NaN')
  expect(() => purchaseFunnel({ views: 3 } as never)).toThrow('counts has none of view, like, cart, purchase; it has views')
  expect(() => sessionsReached(recordSessions([]), [])).toThrow('stages is empty')
})
