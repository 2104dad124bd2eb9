import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { itemPopularity } from '../../src/data/item-popularity'
import { newcomers, relevantItems, temporalSplit } from '../../src/data/temporal-split'
import { log } from './log'

const ten = log(Array.from({ length: 10 }, (_, at) => [0, at, at, 1]))

test('of ten rows the last two are for the test, the one before for validation', () => {
  const { train, validation, test: held } = temporalSplit({ interactions: ten })
  expect([[...train.item], [...validation.item], [...held.item]]).toEqual([[0, 1, 2, 3, 4, 5, 6], [7], [8, 9]])
})

test('rows of one moment stay together', () => {
  const same = log(Array.from({ length: 10 }, (_, at) => [0, at, Math.min(at, 6), 1]))
  const { train, validation, test: held } = temporalSplit({ interactions: same })
  expect([train.count, validation.count, held.count]).toEqual([6, 0, 4])
})

test('no row is lost, and everything learned from lies before everything tested on', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 0, max: 300 }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      (seed, interactions, test, validation) => {
        const tables = generateTables({ seed, users: 10, items: 5, interactions })
        const parts = temporalSplit(tables, { test, validation })
        const all = [parts.train, parts.validation, parts.test]
        expect(all.flatMap(part => [...part.timestamp])).toEqual([...tables.interactions.timestamp])
        expect(all.flatMap(part => [...part.item])).toEqual([...tables.interactions.item])
        const later = [...parts.validation.timestamp, ...parts.test.timestamp]
        expect(Math.max(...parts.train.timestamp)).toBeLessThan(Math.min(...later))
      },
    ),
    { numRuns: 60 },
  )
})

test('shares may take all rows together, also where binary fractions do not quite add up', () => {
  for (const [test, validation] of [
    [0.9, 0.1],
    [0.8, 0.2],
    [0.7, 0.3],
  ] as const) {
    const parts = temporalSplit({ interactions: ten }, { test, validation })
    expect([parts.train.count, parts.validation.count, parts.test.count]).toEqual([0, Math.round(10 * validation), Math.round(10 * test)])
  }
})

test('shares out of range are refused', () => {
  expect(() => temporalSplit({ interactions: ten }, { test: 1.5 })).toThrow('test is 1.5; it must be a number between 0 and 1')
  expect(() => temporalSplit({ interactions: ten }, { test: 0.75, validation: 0.5 })).toThrow(
    'validation is 0.5; it must be a number between 0 and 0.25',
  )
})

// Rows by time; the last three are for the test. User 3 and item 9 are met there alone; user 1 was met after user 0, item 7 after item 5.
const meeting = log([
  [0, 5, 1, 1],
  [0, 5, 2, 1],
  [2, 6, 3, 1],
  [1, 7, 4, 1],
  [0, 5, 5, 1],
  [1, 6, 6, 1],
  [0, 7, 7, 1],
  [3, 9, 8, 1],
  [1, 5, 9, 1],
])
const thirds = { test: 1 / 3, validation: 0 }

test('users and items that the test part alone has met are named', () => {
  expect(newcomers(temporalSplit({ interactions: meeting }, thirds))).toEqual({ users: Int32Array.of(3), items: Int32Array.of(9) })
})

test('a share of new users is guaranteed: those met last lose their rows in the other parts', () => {
  const split = temporalSplit({ interactions: meeting }, { ...thirds, newUsers: 2 / 3 })
  expect(newcomers(split).users).toEqual(Int32Array.of(1, 3))
  expect([...split.train.user]).toEqual([0, 0, 2, 0])
  expect(split.test.count).toBe(3)
  // Item 7 was met through user 1 alone before the test, so it is new now too.
  expect(newcomers(split).items).toEqual(Int32Array.of(7, 9))
})

test('so is a share of new items', () => {
  const split = temporalSplit({ interactions: meeting }, { ...thirds, newItems: 1 })
  expect(newcomers(split).items).toEqual(Int32Array.of(5, 7, 9))
  expect([...split.train.item]).toEqual([6, 6])
})

test('whatever the log, the shares asked for are there, and no row of the test part is lost', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 200 }), share, share, (seed, interactions, newUsers, newItems) => {
      const tables = generateTables({ seed, users: 10, items: 5, interactions })
      const split = temporalSplit(tables, { newUsers, newItems })
      const { users, items } = newcomers(split)
      expect(users.length).toBeGreaterThanOrEqual(newUsers * new Set(split.test.user).size - 1e-6)
      expect(items.length).toBeGreaterThanOrEqual(newItems * new Set(split.test.item).size - 1e-6)
      expect(split.test).toEqual(temporalSplit(tables).test)
      for (const part of [split.train, split.validation]) {
        expect([part.item.length, part.timestamp.length, part.weight.length, part.event.length]).toEqual(Array(4).fill(part.count))
      }
    }),
    { numRuns: 60 },
  )
})

test('a share of newcomers out of range is refused', () => {
  expect(() => temporalSplit({ interactions: ten }, { newUsers: 2 })).toThrow('newUsers is 2; it must be a number between 0 and 1')
  expect(() => temporalSplit({ interactions: ten }, { newItems: Number.NaN })).toThrow('newItems is NaN')
})

const few = log([
  [0, 2, 1, 1],
  [0, 2, 2, 0.5],
  [0, 1, 3, 0],
  [2, 1, 4, 0.5],
])

test('relevant is what a shopper engaged with', () => {
  expect(relevantItems(few, 3)).toEqual([new Set([2]), new Set(), new Set([1])])
})

test('popularity counts engagements, not impressions', () => {
  expect([...itemPopularity(few, 4)]).toEqual([0, 1, 2, 0])
})
