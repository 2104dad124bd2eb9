import fc from 'fast-check'
import { expect, test } from 'vitest'
import { correctedLog, generateInteractionLog } from '../../src/data/interaction-log'
import { appealOfReading, appealOfTaste } from '../../src/data/interaction-log-appeal'
import { logSource } from '../../src/data/interaction-log-options'
import { newcomers, temporalSplit } from '../../src/data/temporal-split'

const log = correctedLog(logSource({}))
const { users, items, interactions } = log.tables

const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

test('the same seed gives the same log, another seed another one', () => {
  const again = generateInteractionLog({ seed: 42 })
  expect(again).toEqual(log.tables)
  expect([users.count, items.count, interactions.count]).toEqual([1000, 500, 10_000])
  expect(generateInteractionLog({ seed: 43 }).interactions.weight).not.toEqual(interactions.weight)
})

test('more users do not change the items, nor more rows the users', () => {
  const small = generateInteractionLog({ seed: 7, users: 20, items: 30, interactions: 50 })
  expect(generateInteractionLog({ seed: 7, users: 40, items: 30, interactions: 50 }).items).toEqual(small.items)
  expect(generateInteractionLog({ seed: 7, users: 20, items: 30, interactions: 90 }).users).toEqual(small.users)
})

test('any sizes: rows in the order of time, weights below 1, ids in their range, nobody active before signing up', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 200 }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      (seed, userCount, itemCount, rows, lateUsers) => {
        const tables = generateInteractionLog({ seed, users: userCount, items: itemCount, interactions: rows, lateUsers })
        const { user, item, timestamp, weight, count } = tables.interactions
        expect([count, user.length, item.length, timestamp.length, weight.length]).toEqual(Array(5).fill(rows))
        for (let row = 0; row < rows; row++) {
          expect(weight[row]! >= 0 && weight[row]! < 1).toBe(true)
          expect(user[row]! < userCount && item[row]! < itemCount).toBe(true)
          expect(timestamp[row]).toBeGreaterThanOrEqual(row === 0 ? 0 : timestamp[row - 1]!)
          expect(timestamp[row]).toBeGreaterThanOrEqual(tables.users.signupDate[user[row]!]!)
        }
      },
    ),
    { numRuns: 40 },
  )
})

// P(Beta(2, 5) > x) = (1 - x)^5 (1 + 5 x); the median is .2644 (tables of the incomplete beta function).
test('the appeal of a reading is the Beta(2, 5) number of its rank', () => {
  expect(appealOfReading(0)).toBeCloseTo(0.26445, 5)
  for (const [reading, below] of [
    [-1.959963984540054, 0.025],
    [-0.6744897501960817, 0.25],
    [1.2815515655446004, 0.9],
    [3.090232306167813, 0.999],
  ] as const) {
    const appeal = appealOfReading(reading)
    expect(1 - (1 - appeal) ** 5 * (1 + 5 * appeal)).toBeCloseTo(below, 9)
  }
})

test('the appeal of a taste grows with it and is 2/7 on average, the mean of Beta(2, 5)', () => {
  let sum = 0
  let weights = 0
  for (let taste = -7; taste <= 7; taste += 0.01) {
    const density = Math.exp((-taste * taste) / 2)
    sum += density * appealOfTaste(taste)
    weights += density
    expect(appealOfTaste(taste + 0.01)).toBeGreaterThan(appealOfTaste(taste))
  }
  expect(sum / weights).toBeCloseTo(2 / 7, 5)
})

// Beta(2, 5) has mean 2/7 and second moment 6/56, Power(.5) mean 1/3 and second moment 1/5; popularity is shared by an item's rows.
test('weights are distributed as Beta(2, 5) · Power(.5), in the corrected log as in the published one', () => {
  for (const preset of ['corrected', 'published'] as const) {
    const seeds = [1, 2, 3, 4, 5, 6]
    const weights = seeds.flatMap(seed => Array.from(generateInteractionLog({ preset, seed }).interactions.weight))
    const spread = Math.sqrt((1 / 5 - 1 / 9) * (4 / 49)) / Math.sqrt(500 * seeds.length)
    // A corrected log adds what regions like, twenty numbers a seed: about as much again.
    expect(Math.abs(meanOf(weights) - 2 / 21)).toBeLessThan(4 * Math.SQRT2 * spread)
    expect(Math.abs(meanOf(weights.map(weight => weight * weight)) - (6 / 56) * (1 / 5))).toBeLessThan(0.0025)
  }
})

test('age, price and rating are uniform as published', () => {
  const shares = (values: ArrayLike<number>, low: number, high: number) =>
    [0, 1, 2, 3].map(
      quarter =>
        Array.from(values).filter(value => Math.min(3, Math.floor((4 * (value - low)) / (high - low))) === quarter).length / values.length,
    )
  for (const share of shares(users.age, 18, 80)) expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / 1000))
  for (const share of shares(items.price, 10, 1000)) expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / 500))
  // One decimal: 1.0 and 5.0 stand for half as wide a stretch.
  for (const share of shares(items.rating, 0.95, 5.05)) expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / 500))
})

test('the mean weight of a pair is its true affinity', () => {
  const residuals = Array.from(
    interactions.weight,
    (weight, row) => weight - log.affinity[interactions.user[row]! * items.count + interactions.item[row]!]!,
  )
  const mean = meanOf(residuals)
  const deviation = Math.sqrt(meanOf(residuals.map(residual => (residual - mean) ** 2)))
  expect(Math.abs(mean)).toBeLessThan((4 * deviation) / Math.sqrt(residuals.length))
  // The reading's own noise is there, but small beside the spread of weights (.097).
  expect(deviation).toBeGreaterThan(0.02)
  expect(deviation).toBeLessThan(0.05)
})

test('columns mean something: older users lean to books and home, younger to the rest, and ratings please everybody', () => {
  const meanAffinity = (who: (user: number) => boolean, what: (item: number) => boolean) => {
    let sum = 0
    let count = 0
    for (let user = 0; user < users.count; user++) {
      if (!who(user)) continue
      for (let item = 0; item < items.count; item++) {
        if (!what(item)) continue
        sum += log.affinity[user * items.count + item]!
        count++
      }
    }
    return sum / count
  }
  const young = (user: number) => users.age[user]! < 35
  const old = (user: number) => users.age[user]! >= 60
  for (const category of ['books', 'home']) {
    const sold = (item: number) => items.categories[item] === category
    expect(meanAffinity(old, sold)).toBeGreaterThan(1.3 * meanAffinity(young, sold))
  }
  for (const category of ['electronics', 'clothing', 'sports']) {
    const sold = (item: number) => items.categories[item] === category
    expect(meanAffinity(young, sold)).toBeGreaterThan(1.3 * meanAffinity(old, sold))
  }
  const everybody = () => true
  const praised = meanAffinity(everybody, item => items.rating[item]! >= 4)
  expect(praised).toBeGreaterThan(1.3 * meanAffinity(everybody, item => items.rating[item]! <= 2))
})

test('late users, a twentieth, are in the test part alone, and the split names them', () => {
  for (const seed of [42, 1, 2, 3]) {
    const tables = generateInteractionLog({ seed })
    const lateFrom = Date.UTC(2022, 11, 12) / 1000
    const late = Array.from(tables.users.signupDate.keys()).filter(user => tables.users.signupDate[user]! >= lateFrom)
    expect(late).toHaveLength(50)
    for (const user of late) {
      const rows = tables.interactions.user.filter(of => of === user).length
      expect(rows >= 1 && rows <= 10).toBe(true) // one visit
    }
    const named = new Set(newcomers(temporalSplit(tables)).users)
    expect(late.every(user => named.has(user))).toBe(true)
  }
})

// 50 of 1,000 users are late, 10 of 200; each of them would look at one item at least.
test('in a small log too, late users have at most their share of the rows', () => {
  for (const [sizes, most] of [
    [{ interactions: 150 }, 7],
    [{ users: 200, interactions: 150 }, 7],
    [{ users: 200, interactions: 40, lateUsers: 0.5 }, 20],
  ] as const) {
    const tables = generateInteractionLog(sizes)
    const lateFrom = Date.UTC(2022, 11, 12) / 1000
    const late = tables.interactions.user.filter(user => tables.users.signupDate[user]! >= lateFrom).length
    expect(late).toBe(most)
  }
})

test('options out of range are refused by name', () => {
  expect(() => generateInteractionLog({ users: 0 })).toThrow('users is 0; it must be a whole number between 1 and 100000')
  expect(() => generateInteractionLog({ items: 1.5 })).toThrow('items is 1.5')
  expect(() => generateInteractionLog({ seed: Number.NaN })).toThrow('seed is NaN')
  expect(() => generateInteractionLog({ lateUsers: 0.6 })).toThrow('lateUsers is 0.6; it must be a number between 0 and 0.5')
  expect(() => generateInteractionLog({ preset: 'published', lateUsers: 0.1 })).toThrow(
    'lateUsers is 0.1; it must be a number between 0 and 0',
  )
  expect(() => generateInteractionLog({ preset: 'published', seed: -1 })).toThrow('seed is -1; it must be a whole number between 0')
  expect(() => generateInteractionLog({ preset: 'guide' as never })).toThrow('preset is "guide"; it must be one of corrected, published')
  expect(() => generateInteractionLog({ rows: 3 } as never)).toThrow('generateInteractionLog has no option "rows"')
  expect(() => generateInteractionLog({ users: 100_000, items: 501 })).toThrow(
    'users × items is 100000 × 501; it must be at most 50,000,000',
  )
})
