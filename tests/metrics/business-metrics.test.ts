import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameRows, toDataFrame } from '../../src/data/data-frame'
import { eventKinds } from '../../src/envs/events'
import { businessMetrics, businessMetricsBy } from '../../src/metrics/business-metrics'
import { eventRows, recordedFromRows } from '../../src/metrics/event-rows'
import { eventsOf, type HandSession, randomSessions, recordSessions } from './sessions'

/** Two sessions: the first is shown two items, clicks one, likes it and buys it; the second gets a message, buys another item, and comes back. */
const sessions: HandSession[] = [
  {
    number: 0,
    segment: 'new',
    steps: [
      { reward: 1, events: [{ kind: 'impression' }, { kind: 'view' }, { kind: 'impression' }, { kind: 'view' }] },
      { reward: 2, events: [{ kind: 'click' }, { kind: 'like' }, { kind: 'cart' }, { kind: 'purchase', price: 10, margin: 4 }] },
      { reward: 0, events: [] },
    ],
  },
  {
    number: 1,
    segment: 'old',
    steps: [
      {
        reward: 3,
        events: [
          { kind: 'message', price: 0.5, margin: -0.5 },
          { kind: 'impression' },
          { kind: 'impression' },
          { kind: 'click' },
          { kind: 'purchase', price: 5, margin: 1.5 },
          { kind: 'return' },
        ],
      },
    ],
  },
]

test('every number of two sessions, worked by hand', () => {
  expect(businessMetrics(recordSessions(sessions))).toEqual({
    sessions: 2,
    reward: 3, // (1 + 2 + 0 + 3) / 2
    sessionLength: 2, // (3 + 1) / 2
    impressions: 4,
    clicks: 2,
    clickThroughRate: 0.5,
    buyThroughRate: 0.5, // 2 / 4
    conversionRate: 1, // 2 / 2
    views: 2,
    likes: 1,
    carts: 1,
    purchases: 2,
    viewToLike: 0.5,
    likeToCart: 1,
    cartToPurchase: 2,
    revenue: 15,
    margin: 5.5,
    messageCost: 0.5,
    profit: 5, // 4 + 1.5 - .5
    averageOrderValue: 7.5,
    returnRate: 0.5,
  })
})

test('a row for each segment and for each session is the row of those sessions alone', () => {
  const events = recordSessions(sessions)
  const alone = sessions.map(session => businessMetrics(recordSessions([session])))
  expect(businessMetricsBy(events, 'segment')).toEqual([
    { segment: 'new', ...alone[0] },
    { segment: 'old', ...alone[1] },
  ])
  expect(businessMetricsBy(events, 'session')).toEqual([
    { session: 0, segment: 'new', ...alone[0] },
    { session: 1, segment: 'old', ...alone[1] },
  ])
})

test('equals plain counting of the events, and the profit is all margins', () => {
  const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
  fc.assert(
    fc.property(randomSessions, sessions => {
      const row = businessMetrics(recordSessions(sessions))
      const of = (...[kind]: Parameters<typeof eventsOf>[1][]) => eventsOf(sessions, kind!)
      const sum = (numbers: (number | undefined)[]) => numbers.reduce<number>((total, number) => total + number!, 0)
      const rewards = sessions.flatMap(({ steps }) => steps.map(({ reward }) => reward))
      expect(row.reward).toBe(sum(rewards) / sessions.length)
      expect(row.sessionLength).toBe(rewards.length / sessions.length)
      expect([row.impressions, row.clicks, row.purchases]).toEqual([of('impression').length, of('click').length, of('purchase').length])
      expect(row.buyThroughRate).toBe(ratio(of('purchase').length, of('impression').length))
      expect(row.cartToPurchase).toBe(ratio(of('purchase').length, of('cart').length))
      expect(row.revenue).toBe(sum(of('purchase').map(({ price }) => price)))
      expect(row.margin).toBe(sum(of('purchase').map(({ margin }) => margin)))
      expect(row.messageCost).toBe(sum(of('message').map(({ price }) => price)))
      expect(row.profit).toBe(sum(eventKinds.flatMap(kind => of(kind).map(({ margin }) => margin))))
      expect(row.returnRate).toBe(of('return').length / sessions.length)
    }),
  )
})

test('segments and sessions add up to the whole, whatever the order of the sessions', () => {
  const sums = [
    'sessions',
    'impressions',
    'clicks',
    'views',
    'likes',
    'carts',
    'purchases',
    'revenue',
    'margin',
    'messageCost',
    'profit',
  ] as const
  fc.assert(
    fc.property(randomSessions, sessions => {
      const events = recordSessions(sessions)
      const all = businessMetrics(events)
      for (const rows of [businessMetricsBy(events, 'segment'), businessMetricsBy(events, 'session')]) {
        for (const sum of sums) expect(rows.reduce((total, row) => total + row[sum], 0)).toBe(all[sum])
        expect(rows.reduce((total, row) => total + row.reward * row.sessions, 0)).toBeCloseTo(all.reward * all.sessions, 10)
        expect(rows.reduce((total, row) => total + row.sessionLength * row.sessions, 0)).toBeCloseTo(all.sessionLength * all.sessions, 10)
      }
      const renumbered = [...sessions].reverse().map((session, number) => ({ ...session, number }))
      expect(businessMetrics(recordSessions(renumbered))).toEqual(all)
    }),
  )
})

test('events that come as a DataFrame give the same, and the rows become a DataFrame', () => {
  const events = recordSessions(sessions)
  const rows = businessMetricsBy(recordedFromRows(frameRows(toDataFrame(eventRows(events)))), 'segment')
  expect(rows).toEqual(businessMetricsBy(events, 'segment'))
  const frame = toDataFrame(rows)
  expect(frame.column('revenue').values).toEqual([10, 5])
  expect(frameRows(frame)).toEqual(rows)
})

test('no session and an unknown grouping are refused', () => {
  expect(() => businessMetrics(recordSessions([]))).toThrow('events has no session; record at least one')
  expect(() => businessMetricsBy(recordSessions(sessions), 'agent' as never)).toThrow('by is "agent"; it must be one of segment, session')
})

test('rows that were not read back are told so', () => {
  expect(() => businessMetrics([] as never)).toThrow('events are no recorded events; playSessions and eventRecorder make them')
})
