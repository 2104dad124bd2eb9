import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventTotals } from '../../src/metrics/event-totals'
import { messageCost } from '../../src/metrics/message-cost'
import { profit } from '../../src/metrics/profit'
import { purchaseMargin } from '../../src/metrics/purchase-margin'
import { revenue } from '../../src/metrics/revenue'
import { allKinds, eventsOf, randomSessions, recordSessions } from './sessions'

test('money by hand: what shoppers paid, what is left of it, and what the messages took', () => {
  const events = [
    { kind: 'message', price: 0.25, margin: -0.25 },
    { kind: 'impression', price: 99 }, // what is only shown is not paid
    { kind: 'purchase', price: 8, margin: 3 },
    { kind: 'purchase', price: 4, margin: -1 },
  ] as const
  const [totals] = eventTotals(recordSessions([{ number: 0, segment: 'all', steps: [{ reward: 2, events }] }]), [0], 1)
  expect([revenue(totals!), purchaseMargin(totals!), messageCost(totals!), profit(totals!)]).toEqual([12, 2, 0.25, 1.75])
})

test('each group has the counts, prices and margins of its sessions, however sessions are grouped', () => {
  fc.assert(
    fc.property(randomSessions, fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }), (sessions, group) => {
      eventTotals(recordSessions(sessions), group, 3).forEach((totals, at) => {
        const own = sessions.filter((_, row) => group[row] === at)
        expect(totals.sessions).toBe(own.length)
        expect(totals.steps).toBe(own.reduce((sum, { steps }) => sum + steps.length, 0))
        expect(totals.reward).toBe(own.flatMap(({ steps }) => steps).reduce((sum, { reward }) => sum + reward, 0))
        for (const kind of allKinds) {
          const events = eventsOf(own, kind)
          expect(totals.count(kind)).toBe(events.length)
          expect(totals.price(kind)).toBe(events.reduce((sum, { price }) => sum + price!, 0))
          expect(totals.margin(kind)).toBe(events.reduce((sum, { margin }) => sum + margin!, 0))
        }
      })
    }),
  )
})
