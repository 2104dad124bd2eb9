import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { splitSessions } from '../../src/data/sessions'
import { sessionLength } from '../../src/metrics/session-length'
import { log } from './log'

// Shopper 0 at 0, 1800 (the gap exactly: the same session) and 3601 (a second more: a new one); shopper 1 between them.
test('a pause of exactly the gap goes on, one second more begins a session, each shopper has their own', () => {
  const sessions = splitSessions(
    log([
      [0, 0, 0, 1],
      [1, 0, 10, 1],
      [0, 1, 1800, 0],
      [0, 2, 3601, 1],
    ]),
  )
  expect(sessions).toEqual({
    count: 3,
    user: Int32Array.of(0, 1, 0),
    start: Float64Array.of(0, 10, 3601),
    end: Float64Array.of(1800, 10, 3601),
    lengths: Int32Array.of(2, 1, 1),
    durations: Float64Array.of(1800, 0, 0),
    sessionOf: Int32Array.of(0, 1, 0, 2),
  })
})

test('every row belongs to one session of its shopper, and a larger gap never makes more of them', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 100_000 }), (seed, interactions, gap) => {
      const { interactions: all } = generateTables({ seed, users: 6, items: 4, interactions })
      const sessions = splitSessions(all, { gap })
      expect(sessions.lengths.reduce((sum, length) => sum + length, 0)).toBe(all.count)
      for (let row = 0; row < all.count; row++) {
        const session = sessions.sessionOf[row]!
        expect(sessions.user[session]).toBe(all.user[row])
        expect(all.timestamp[row]! >= sessions.start[session]! && all.timestamp[row]! <= sessions.end[session]!).toBe(true)
      }
      expect(splitSessions(all, { gap: 2 * gap }).count).toBeLessThanOrEqual(sessions.count)
    }),
    { numRuns: 40 },
  )
})

// Visits of 1 + a geometric number (.78), cut at ten: (1 - .78^10) / .22 = 4.17 on average; a few visits of one shopper touch each other.
test('the visits that the tables were made of are found again: four interactions each', () => {
  const { lengths, durations, count } = splitSessions(generateTables().interactions)
  console.log(
    `${count} sessions, ${sessionLength(lengths).toFixed(2)} interactions and ${(sessionLength(durations) / 60).toFixed(1)} minutes each`,
  )
  expect(Math.abs(sessionLength(lengths) - 4.17)).toBeLessThan(4 * (2.9 / Math.sqrt(count)))
  // Pauses of 30 to 180 seconds, 105 on average, and 3.17 of them.
  expect(Math.abs(sessionLength(durations) - 3.17 * 105)).toBeLessThan(30)
})

test('a log that is not in the order of time, or a gap of nothing, is refused', () => {
  const back = log([
    [0, 0, 5, 1],
    [0, 0, 4, 1],
  ])
  expect(() => splitSessions(back)).toThrow('interaction 1 is of 4, before or without the time of the one above it; sort the log by time')
  expect(() => splitSessions(back, { gap: 0 })).toThrow('gap is 0')
  expect(() => splitSessions(back, { pause: 1 } as never)).toThrow('splitSessions has no option "pause"')
})
