import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { behaviourFeatures, featureNames, featureRows } from '../../src/data/offers-features'
import { generateBehaviour } from '../../src/data/offers-generate'
import { standardise } from '../../src/data/offers-standardise'
import { writeRows } from '../../src/data/rows-file'
import { annsBehaviour, day, midnight } from './offers-by-hand'
import { temporaryFolder } from './temporary'

const temporary = temporaryFolder()

// The records end with day 10. Points: on day 0 a cart and a purchase, 8 · .5^(9.5/14) = 4.998 (both at noon); a view on day 4, .5^(5.5/14)
// = .762; on day 7 a view, .5^(2.5/14) = .884, and the purchase at midnight, 5 · .5^(2/14) = 4.529; on day 9 a view, .5^(.5/14) = .976.
// Together 12.148 (more exactly below), and engagement 12.148 / 32.148 = .3779.
test('the ten features of a shopper, by hand', () => {
  const { table, counts, overall, at } = behaviourFeatures(annsBehaviour())
  expect(at).toBe(midnight + 10 * day)
  const points = 8 * 0.5 ** (9.5 / 14) + 0.5 ** (5.5 / 14) + 0.5 ** (2.5 / 14) + 5 * 0.5 ** (2 / 14) + 0.5 ** (0.5 / 14)
  expect(points).toBeCloseTo(12.148, 2)
  const expected = [
    0.5, // last session: day 9, noon
    4,
    100,
    points / (points + 20),
    0.5, // (1 + 2 · 1/2) / (2 + 2)
    0,
    0.2, // (2 + 5 · 2/10) / (10 + 5)
    0, // of five sms none
    0, // no push message was sent: (0 + 5 · 0) / (0 + 5)
    2, // bought when day 8 began
  ]
  for (const [column, value] of expected.entries()) expect(table[column], featureNames[column]).toBeCloseTo(value, 12)
  expect(counts).toMatchObject({ days: Float64Array.of(10), direct: Int32Array.of(2), directPurchases: Int32Array.of(1) })
  expect(counts.hours[12]).toBe(4)
  expect(overall.discount).toBe(0.5)
})

// At noon of day 4 the session of that moment has not happened. Known for 4.5 of 10 days: of 10 emails 4.5 were sent.
test('at an earlier moment only what came before counts', () => {
  const { table, counts } = behaviourFeatures(annsBehaviour(), midnight + 4.5 * day)
  expect(table[0]).toBe(4)
  expect(table[1]).toBe(1)
  expect(table[2]).toBe(60)
  expect(table[9]).toBe(4)
  expect(counts.sent[0]).toBeCloseTo(4.5, 12)
  expect(counts.days[0]).toBeCloseTo(4.5, 12)
})

test('who never came is counted from sign-up', () => {
  const ann = annsBehaviour()
  const users = {
    count: 2,
    ids: ['ann', 'bob'],
    signup: Float64Array.of(midnight - day, midnight + 3 * day),
    sent: Int32Array.of(10, 5, 0, 8, 4, 0),
  }
  const { table } = behaviourFeatures({ ...ann, users })
  const bob = table.subarray(10)
  expect(bob[0]).toBe(7)
  expect(bob[9]).toBe(7)
  expect([...bob.subarray(1, 4)]).toEqual([0, 0, 0])
  expect(bob[4]).toBe(0.5) // everybody's share
  expect(bob[6]).toBeCloseTo((5 * 2) / 18 / 13, 12) // (0 + 5 · 2/18) / (8 + 5)
})

test('shares and engagement lie between 0 and 1, all is finite', () => {
  const { table, count } = behaviourFeatures(generateBehaviour({ seed: 6, users: 200 }))
  expect(table.every(Number.isFinite)).toBe(true)
  for (let user = 0; user < count; user++) {
    for (let column = 3; column < 9; column++) {
      expect(table[user * 10 + column]).toBeGreaterThanOrEqual(0)
      expect(table[user * 10 + column]).toBeLessThanOrEqual(1)
    }
    for (const column of [0, 1, 2, 9]) expect(table[user * 10 + column]).toBeGreaterThanOrEqual(0)
  }
})

test('the table goes into a CSV file, a line a user', () => {
  const features = behaviourFeatures(annsBehaviour())
  const file = join(temporary, 'features.csv')
  writeRows(file, featureRows(features))
  const [header, line] = readFileSync(file, 'utf8').split('\n')
  expect(header).toBe(['user_id', ...featureNames].join(','))
  expect(line!.split(',').slice(0, 4)).toEqual(['ann', '0.5', '4', '100'])
})

// Columns 1, 3 and 5, 5: means 2 and 5, deviations 1 and 0.
test('a standardised column has mean 0 and deviation 1; one of equal numbers is 0', () => {
  const { table, means, deviations } = standardise(Float64Array.of(1, 5, 3, 5), 2)
  expect([...table]).toEqual([-1, 0, 1, 0])
  expect([...means]).toEqual([2, 5])
  expect([...deviations]).toEqual([1, 1])
})

test('a moment that is no number is refused', () => {
  expect(() => behaviourFeatures(annsBehaviour(), Number.NaN)).toThrow('at is NaN')
})
