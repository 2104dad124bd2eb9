import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { returnRate } from '../../src/metrics/return-rate'
import { log } from '../data/log'

const day = 86_400
const at = (user: number, time: number) => [user, 0, time, 1] as const

// With a window of a day: shopper 0 comes back after half a day, 1 after two, 2 never; 3 first comes when the log is nearly over.
const shop = log([at(0, 0), at(1, 100), at(2, 200), at(0, day / 2), at(1, 2 * day), at(3, 4.5 * day), at(3, 4.9 * day), at(4, 5 * day)])

test('users by hand: one of three returned, and those whose day had not passed are left out', () => {
  expect(returnRate(shop, { window: day })).toEqual({ rate: 1 / 3, returned: 1, counted: 3, censored: 2 })
  expect(returnRate(shop, { window: 2 * day })).toEqual({ rate: 2 / 3, returned: 2, counted: 3, censored: 2 })
})

// Sessions with their day within the log: both of 0, both of 1, that of 2; of these one was followed within a day.
test('sessions by hand', () => {
  expect(returnRate(shop, { window: day, of: 'sessions' })).toEqual({ rate: 1 / 5, returned: 1, counted: 5, censored: 3 })
})

test('when the log is known to have gone on in silence, fewer are left out', () => {
  expect(returnRate(shop, { window: day, until: 7 * day })).toEqual({ rate: 2 / 5, returned: 2, counted: 5, censored: 0 })
})

// The window is counted from the end of the session; what comes within half an hour is the same visit and no return.
test('a visit that goes on is no return, and the window begins when it ends', () => {
  const visit = log([at(0, 0), at(0, 1700), at(0, 1700 + 5000), at(1, 50_000)])
  expect(returnRate(visit, { window: 4999 }).returned).toBe(0)
  expect(returnRate(visit, { window: 5000 }).returned).toBe(1)
  expect(returnRate(visit, { window: 5000, gap: 100 }).returned).toBe(1)
  expect(returnRate(visit, { window: 1500, gap: 100 }).returned).toBe(0)
})

test('where nothing counts the rate is 0', () => {
  expect(returnRate(log([]), { window: day })).toEqual({ rate: 0, returned: 0, counted: 0, censored: 0 })
  expect(returnRate(log([at(0, 0)]), { window: day })).toEqual({ rate: 0, returned: 0, counted: 0, censored: 1 })
})

test('the longer the window, the more of the same users return', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 100 }),
      fc.constantFrom('users' as const, 'sessions' as const),
      (seed, days, of) => {
        const { interactions } = generateTables({ seed, users: 12, items: 4, interactions: 200 })
        const until = 2e9 // long after, so that nobody is left out
        const [short, long] = [days, 2 * days].map(count => returnRate(interactions, { window: count * day, of, until }))
        expect(short!.counted).toBe(long!.counted)
        expect(short!.returned).toBeLessThanOrEqual(long!.returned)
        expect(long!.rate).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 50 },
  )
})

// To keep only those users who were seen to return, of those at the log's end, makes the rate too high: here the truth is known.
test('cutting a log does not change what is expected of it', () => {
  const { interactions } = generateTables({ users: 2000, items: 5, interactions: 40_000 })
  const end = interactions.timestamp[interactions.count - 1]!
  const cut = end - 100 * day
  const kept = interactions.timestamp.findIndex(time => time > cut)
  const early = log(Array.from({ length: kept }, (_, row) => at(interactions.user[row]!, interactions.timestamp[row]!)))
  const window = 30 * day
  const known = returnRate(early, { window, until: cut })
  console.log(`${known.counted} users counted, ${known.censored} left out: ${(100 * known.rate).toFixed(1)} % return within 30 days`)
  // The same users, now that the rest of the log has been seen: nobody who was counted changes sides.
  const firstEnd = new Map<number, number>()
  for (let row = 0; row < kept; row++) if (!firstEnd.has(early.user[row]!)) firstEnd.set(early.user[row]!, early.timestamp[row]!)
  const cohort = new Set(Array.from(firstEnd).flatMap(([user, time]) => (time + window + 3600 <= cut ? [user] : [])))
  const rows = Array.from({ length: interactions.count }, (_, row) => row).filter(row => cohort.has(interactions.user[row]!))
  const later = returnRate(log(rows.map(row => at(interactions.user[row]!, interactions.timestamp[row]!))), { window, until: end })
  expect(known.censored).toBeGreaterThan(0)
  expect(Math.abs(later.rate - known.rate)).toBeLessThan(0.005)
})

test('what does not fit is refused', () => {
  expect(() => returnRate(shop, { window: 0 })).toThrow('window is 0')
  // Nobody could return: the rate would be 0 whatever the log.
  expect(() => returnRate(shop, { window: 1800 })).toThrow('window is 1800; it must be above the gap, 1800 s')
  expect(() => returnRate(shop, {} as never)).toThrow('window is undefined')
  expect(() => returnRate(shop, { window: day, until: day })).toThrow(`until is ${day}, but the log goes on to ${5 * day}`)
  expect(() => returnRate(shop, { window: day, of: 'visits' as never })).toThrow('of is "visits"; it must be one of users, sessions')
  expect(() => returnRate(log([at(0, 2), at(0, 1)]), { window: day, until: 9 })).toThrow('sort the log by time')
})
