import { expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { oddTaste } from '../../src/data/odd-taste'
import { rowLengths } from '../../src/data/preference'

const tables = generateTables({ seed: 3, users: 60, items: 12, interactions: 0 })
const { users, width } = tables

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const inner = (x: ArrayLike<number>, y: ArrayLike<number>) => Array.from(x).reduce((sum, value, at) => sum + value * y[at]!, 0)
  return inner(a, b) / Math.sqrt(inner(a, a) * inner(b, b))
}
const shopper = (user: number) => users.embeddings.slice(user * width, (user + 1) * width)
const everybody = Array.from({ length: users.count }, (_, user) => shopper(user))

test('an odd taste is as far from everybody as it says, and further than shoppers are from one another', () => {
  const { taste, nearest, usual } = oddTaste(tables)
  expect(nearest).toBeCloseTo(Math.max(...everybody.map(other => cosine(taste, other))), 10)
  const own = everybody.map((one, at) => Math.max(...everybody.filter((_, other) => other !== at).map(other => cosine(one, other))))
  expect(usual).toBeCloseTo(own.reduce((sum, value) => sum + value, 0) / own.length, 10)
  expect(nearest).toBeLessThan(usual)
})

test('it is as long as a shopper is on average', () => {
  const lengths = rowLengths(users.embeddings, users.count, width)
  const mean = lengths.reduce((sum, value) => sum + value, 0) / users.count
  expect(rowLengths(oddTaste(tables).taste, 1, width)[0]).toBeCloseTo(mean, 10)
})

test('the same seed gives the same taste, another seed another', () => {
  expect(oddTaste(tables, 5)).toEqual(oddTaste(tables, 5))
  expect(oddTaste(tables, 6).taste).not.toEqual(oddTaste(tables, 5).taste)
})

test('a single shopper is refused: nothing is odd beside nobody', () => {
  expect(() => oddTaste(generateTables({ seed: 3, users: 1, items: 12, interactions: 0 }))).toThrow(/at least two/)
})
