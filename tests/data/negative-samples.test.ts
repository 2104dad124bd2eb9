import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { negativeSamples } from '../../src/data/negative-samples'
import { relevantItems, temporalSplit } from '../../src/data/temporal-split'
import { log } from './log'

test('no shopper is given an item as a negative that the training part says they took, and every positive has its k', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 2, max: 30 }),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom('uniform' as const, 'popularity' as const),
      (seed, items, perPositive, by) => {
        const tables = generateTables({ seed, users: 8, items, interactions: 200 })
        const { train } = temporalSplit(tables)
        const taken = relevantItems(train, 8)
        const samples = negativeSamples(train, { items, perPositive, by, seed })
        const positives = train.weight.filter(weight => weight > 0).length
        expect(samples.count).toBe(perPositive * (positives - samples.skipped))
        for (let row = 0; row < samples.count; row++) {
          expect(samples.item[row]!).toBeLessThan(items)
          expect(taken[samples.user[row]!]!.has(samples.item[row]!)).toBe(false)
          expect(taken[samples.user[row]!]!.has(samples.positive[row]!)).toBe(true)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('the same seed gives the same samples, another seed others', () => {
  const { interactions } = generateTables({ users: 20, items: 30, interactions: 300 })
  const draw = (seed: number) => negativeSamples(interactions, { items: 30, seed })
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1).item).not.toEqual(draw(2).item)
})

/** Shopper 0 takes item 0; others take item 1 sixteen times and item 2 once; nobody takes item 3. */
const popular = log([
  ...Array.from({ length: 1000 }, (_, at) => [0, 0, at, 1] as const),
  ...Array.from({ length: 16 }, (_, at) => [1, 1, 1000 + at, 0.5] as const),
  [2, 2, 2000, 1],
])

function sharesOfFirst(by: 'uniform' | 'popularity', power?: number): number[] {
  const samples = negativeSamples(popular, { items: 4, perPositive: 20, by, ...(power === undefined ? {} : { power }), seed: 5 })
  const counts = [0, 0, 0, 0]
  for (let row = 0; row < samples.count; row++) if (samples.user[row] === 0) counts[samples.item[row]!]!++
  return counts.map(count => count / 20_000)
}

// 20,000 draws: four standard errors of a share of one half are .014. Popularity 16, 1 and 0 (counted as 1): 16^.75 = 8, so 8 : 1 : 1.
test('by popularity^.75 a popular item is drawn as often as word2vec would, uniformly as often as any', () => {
  for (const [shares, wanted] of [
    [sharesOfFirst('uniform'), [0, 1 / 3, 1 / 3, 1 / 3]],
    [sharesOfFirst('popularity'), [0, 0.8, 0.1, 0.1]],
    [sharesOfFirst('popularity', 1), [0, 16 / 18, 1 / 18, 1 / 18]],
    [sharesOfFirst('popularity', 0), [0, 1 / 3, 1 / 3, 1 / 3]],
  ] as const)
    shares.forEach((share, item) => {
      expect(Math.abs(share - wanted[item]!)).toBeLessThan(0.014)
    })
})

// Shopper 0 has taken all but the least popular of 200 items, so that nearly every draw would be in vain.
test('a shopper who took nearly everything gets what is left, one who took everything is skipped', () => {
  const rows = Array.from({ length: 199 }, (_, item) => [0, item, item, 1] as const)
  const samples = negativeSamples(log(rows), { items: 200, perPositive: 3, by: 'popularity' })
  expect(new Set(samples.item)).toEqual(new Set([199]))
  expect([samples.count, samples.skipped]).toEqual([597, 0])
  const all = negativeSamples(log(rows), { items: 199 })
  expect([all.count, all.skipped]).toEqual([0, 199])
})

test('a later positive may be drawn as a false negative, unless it is spared', () => {
  const train = log([[0, 0, 1, 1]])
  expect(new Set(negativeSamples(train, { items: 3, perPositive: 50 }).item)).toEqual(new Set([1, 2]))
  expect(new Set(negativeSamples(train, { items: 3, perPositive: 50, spared: [new Set([2])] }).item)).toEqual(new Set([1]))
})

test('what does not fit is refused by name', () => {
  const train = log([[0, 5, 1, 1]])
  expect(() => negativeSamples(train, { items: 3 })).toThrow('items is 3, but the log has item 5')
  expect(() => negativeSamples(train, { items: 9, perPositive: 0 })).toThrow('perPositive is 0')
  expect(() => negativeSamples(train, { items: 9, power: 2 })).toThrow('power is 2')
  expect(() => negativeSamples(train, { items: 9, by: 'hardness' as never })).toThrow(
    'by is "hardness"; it must be one of uniform, popularity',
  )
  expect(() => negativeSamples(train, { items: 9, k: 4 } as never)).toThrow('negativeSamples has no option "k"')
  expect(() => negativeSamples(train, { items: 9, spared: [new Set([9])] })).toThrow('an item spared is 9')
})
