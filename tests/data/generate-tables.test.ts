import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstDay, hourOf, hourWeights, recordedDays, secondsADay, weekdayOf, weekdayWeights } from '../../src/data/calendar'
import { candyKinds } from '../../src/data/candy'
import { generateTables, type TablesOptions } from '../../src/data/generate-tables'
import { affinity, guidePreference, purchaseShare, sigmoid } from '../../src/data/preference'
import { tableFiles } from '../../src/data/write-tables'

const tables = generateTables({ seed: 42 })
const { users, items, interactions, width } = tables
const large = generateTables({ seed: 1, interactions: 100_000 })

const bytes = (options: TablesOptions) =>
  createHash('sha256')
    .update(Object.values(tableFiles(generateTables(options))).join(''))
    .digest('hex')

test('the sizes are those asked for, by default the guide’s', () => {
  expect([users.count, items.count, interactions.count, width]).toEqual([500, 100, 10_000, 20])
  const small = generateTables({ seed: 3, users: 1, items: 1, interactions: 7 })
  expect([small.users.ids, small.items.ids, small.interactions.count]).toEqual([['user_0'], ['item_0'], 7])
  expect(small.interactions.timestamp.length).toBe(7)
})

test('the same seed gives the same bytes, another seed others', () => {
  fc.assert(
    fc.property(fc.integer(), seed => {
      const size = { users: 20, items: 9, interactions: 50 }
      expect(bytes({ seed, ...size })).toBe(bytes({ seed, ...size }))
      expect(bytes({ seed, ...size })).not.toBe(bytes({ seed: seed + 1, ...size }))
    }),
    { numRuns: 10 },
  )
})

test('the files in data/ are those of seed 42, byte for byte', () => {
  for (const [name, content] of Object.entries(tableFiles(tables))) expect(readFileSync(join('data', name), 'utf8'), name).toBe(content)
})

test('more interactions or users do not change the items, except how they are rated', () => {
  const more = generateTables({ seed: 42, users: 600, interactions: 3 })
  expect(more.items.embeddings).toEqual(items.embeddings)
  expect([more.items.titles, more.items.price]).toEqual([items.titles, items.price])
  expect(more.users.embeddings.slice(0, users.count * width)).toEqual(users.embeddings)
})

test('embeddings have mean 0 and variance 1 over many shops, and four decimals', () => {
  let sum = 0
  let squares = 0
  let count = 0
  let rounded = true
  for (let seed = 0; seed < 30; seed++) {
    const shop = generateTables({ seed, users: 100, interactions: 0 })
    for (const value of [...shop.users.embeddings, ...shop.items.embeddings]) {
      sum += value
      squares += value * value
      count++
      rounded &&= Number(value.toFixed(4)) === value
    }
  }
  expect(rounded).toBe(true)
  // Numbers of one kind share a centre, so there are about 30 shops × 8 centres × 20 independent ones: an error of .014 for the mean, .02 for the variance.
  expect(Math.abs(sum / count)).toBeLessThan(4 * 0.015)
  expect(Math.abs(squares / count - 1)).toBeLessThan(4 * 0.021)
})

test('titles and ids are all different, kinds all there', () => {
  const many = generateTables({ seed: 1, items: 3000, users: 3, interactions: 0 })
  for (const catalogue of [items, many.items]) {
    expect(new Set(catalogue.titles).size).toBe(catalogue.count)
    expect(new Set(catalogue.ids).size).toBe(catalogue.count)
    expect(new Set(catalogue.categories)).toEqual(new Set(candyKinds.map(kind => kind.name)))
  }
  expect(items.titles.some(title => /^Sour .* Drops$/.test(title))).toBe(true)
})

test('prices, ratings and ages lie where they may', () => {
  expect(items.price.every(price => price >= 0.25 && price < 50 && Number(price.toFixed(2)) === price)).toBe(true)
  expect(items.rating.every(rating => rating >= 1 && rating <= 5 && Number(rating.toFixed(1)) === rating)).toBe(true)
  expect(users.age.every(age => age >= 13 && age <= 90)).toBe(true)
})

test('everybody signed up before the first visit, and visits lie within twelve months, in the order of time', () => {
  const { timestamp, user, count } = large.interactions
  const end = firstDay + recordedDays * secondsADay + 3600
  const wrong = Array.from(timestamp.keys()).filter(row => {
    const time = timestamp[row]!
    return time <= large.users.signupDate[user[row]!]! || time < firstDay || time >= end || (row > 0 && time < timestamp[row - 1]!)
  })
  expect([wrong, count]).toEqual([[], 100_000])
})

test('an engagement is as likely as the preference says', () => {
  const { user, item, event, count } = large.interactions
  let surplus = 0
  let variance = 0
  let clicks = 0
  let purchases = 0
  for (let row = 0; row < count; row++) {
    const product = affinity(large.users.embeddings, user[row]!, large.items.embeddings, item[row]!, width)
    const probability = sigmoid(guidePreference.scale * product + guidePreference.shift)
    surplus += (event[row]! > 0 ? 1 : 0) - probability
    variance += probability * (1 - probability)
    clicks += event[row]! > 0 ? 1 : 0
    purchases += event[row] === 2 ? 1 : 0
  }
  // The noise of .1 shifts a probability by at most .0005, which is left out.
  expect(Math.abs(surplus)).toBeLessThan(4 * Math.sqrt(variance) + 0.0005 * count)
  expect(Math.abs(purchases / clicks - purchaseShare)).toBeLessThan(4 * Math.sqrt((purchaseShare * (1 - purchaseShare)) / clicks))
})

test('weights follow events', () => {
  for (let row = 0; row < interactions.count; row++) expect(interactions.weight[row]).toBe(interactions.event[row]! / 2)
})

test('visits begin by the hours and weekdays of the calendar', () => {
  const { user, timestamp, count } = large.interactions
  const hours = new Float64Array(24)
  const weekdays = new Float64Array(7)
  const last = new Map<number, number>()
  let visits = 0
  for (let row = 0; row < count; row++) {
    const before = last.get(user[row]!) ?? -Infinity
    last.set(user[row]!, timestamp[row]!)
    if (timestamp[row]! - before <= 180) continue
    visits++
    hours[hourOf(timestamp[row]!)]!++
    weekdays[weekdayOf(timestamp[row]!)]!++
  }
  const check = (counts: Float64Array, weights: readonly number[]) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    counts.forEach((found, at) => {
      const share = weights[at]! / total
      expect(Math.abs(found / visits - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / visits) + 0.002)
    })
  }
  check(hours, hourWeights)
  check(weekdays, weekdayWeights)
  expect(count / visits).toBeGreaterThan(3.5)
  expect(count / visits).toBeLessThan(4.5)
})

test('the day of 2022-01-01 was a Saturday, and noon is hour 12', () => {
  expect(weekdayOf(firstDay)).toBe(new Date(firstDay * 1000).getUTCDay())
  expect(weekdayOf(firstDay)).toBe(6)
  expect(hourOf(firstDay + 12.5 * 3600)).toBe(12)
})

test('popularity has a long tail: a fifth of the items has more than half of what is shown', () => {
  const shown = new Float64Array(items.count)
  for (const item of interactions.item) shown[item]!++
  const sorted = [...shown].sort((a, b) => b - a)
  expect(sorted.slice(0, 20).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.5 * interactions.count)
  expect(sorted.at(-1)!).toBeGreaterThan(0)
})

test('a shopper likes the favourite kind better than the others', () => {
  // Of each shopper's mean affinity by kind, the best is far above the mean: interests are few.
  let above = 0
  for (let user = 0; user < users.count; user++) {
    const byKind = new Map<string, number[]>()
    for (let item = 0; item < items.count; item++) {
      const wishes = byKind.get(items.categories[item]!) ?? []
      wishes.push(affinity(users.embeddings, user, items.embeddings, item, width))
      byKind.set(items.categories[item]!, wishes)
    }
    const means = [...byKind.values()].map(wishes => wishes.reduce((sum, wish) => sum + wish, 0) / wishes.length)
    above += Math.max(...means) - means.reduce((sum, mean) => sum + mean, 0) / means.length
  }
  expect(above / users.count).toBeGreaterThan(5)
})

test('a size or option that cannot be is refused with its value', () => {
  expect(() => generateTables({ users: 0 })).toThrow('users is 0; it must be a whole number between 1 and 100000')
  expect(() => generateTables({ items: 1.5 })).toThrow('items is 1.5')
  expect(() => generateTables({ interactions: Number.NaN })).toThrow('interactions is NaN')
  expect(() => generateTables({ seed: Infinity })).toThrow('seed is Infinity')
  expect(() => generateTables({ people: 3 } as TablesOptions)).toThrow(
    'no option "people"; its options are seed, users, items, interactions',
  )
})
