/**
 * The marketplace against the formulas of its source, github.com/vougeress/rl_project, src/data_generation.py at
 * bf47f7ff0432b6329fe8a4bd0fcace9238d73378. The constants of its tables and the means of what it draws stand in
 * src/conformance/marketplace.ts and are tested here, with examples worked by hand.
 */
import { describe, expect, test } from 'vitest'
import { marketplaceFigures } from '../../src/conformance/marketplace'
import { marketplaceCategories } from '../../src/data/marketplace-categories'
import { generateProducts } from '../../src/data/marketplace-products'
import { budgetMultipliers, generateUsers } from '../../src/data/marketplace-users'
import { marketplace } from '../../src/envs/marketplace'
import { engagement, fillOutcomes, outcomeCode, priceMatch } from '../../src/envs/marketplace-outcomes'
import { expectedReward } from '../../src/envs/oracle'
import { testFigures } from './test-figures'

function tableAt(e: number, match: number, quality: number, popularity: number) {
  const probability = new Float64Array(9)
  const reward = new Float64Array(9)
  fillOutcomes(e, match, quality, popularity, probability, reward)
  return (outcome: keyof typeof outcomeCode) => [probability[outcomeCode[outcome]]!, reward[outcomeCode[outcome]]!] as const
}

testFigures(marketplaceFigures)

describe('how well a price suits', () => {
  test('50 b suits wholly, for each of the budgets', () => {
    for (const budget of budgetMultipliers) expect(priceMatch(50 * budget, budget)).toBe(1)
  })

  test('25 b away it is exp(-1/2), 50 b away exp(-2), on either side', () => {
    for (const budget of budgetMultipliers) {
      expect(priceMatch(25 * budget, budget)).toBeCloseTo(Math.exp(-0.5), 12)
      expect(priceMatch(75 * budget, budget)).toBeCloseTo(Math.exp(-0.5), 12)
      expect(priceMatch(100 * budget, budget)).toBeCloseTo(Math.exp(-2), 12)
    }
  })
})

describe('engagement', () => {
  // .35 · .8 + .30 · .2 + .20 · (1 - .5 · (1 - .6)) + .10 · .7 · .4 + .05 · (1 - .3) · .5
  //  = .28 + .06 + .16 + .028 + .0175 = .5455
  test('by hand', () => {
    expect(engagement(0.8, 0.2, 0.6, 0.5, 0.7, 0.3, 0.4, 0.5, 1)).toBeCloseTo(0.5455, 12)
  })

  test('a style that does not suit counts 0, not less', () => {
    expect(engagement(-0.8, 0.2, 0.6, 0.5, 0.7, 0.3, 0.4, 0.5, 1)).toBeCloseTo(0.2655, 12)
    expect(engagement(0, 0.2, 0.6, 0.5, 0.7, 0.3, 0.4, 0.5, 1)).toBeCloseTo(0.2655, 12)
  })
})

describe('the table of outcomes', () => {
  test('below its threshold an outcome cannot happen', () => {
    expect(tableAt(0.15, 1, 1, 1)('cart')[0]).toBe(0)
    expect(tableAt(0.2, 1, 1, 1)('purchase')[0]).toBe(0)
    expect(tableAt(0.25, 1, 1, 1)('purchase')[0]).toBe(0)
  })
})

test('the published shop acts by these formulas, from its catalogue and its shoppers', () => {
  const env = marketplace(3, { preset: 'published' })
  env.reset(4)
  const { catalogue, users } = env
  const expected = new Float64Array(3)
  const dot = (user: number, product: number) =>
    [0, 1, 2, 3, 4].reduce((sum, at) => sum + users.style[user * 5 + at]! * catalogue.style[product * 5 + at]!, 0)
  for (let product = 0; product < catalogue.count; product++) {
    expectedReward(env, new Int32Array(3).fill(product), expected)
    for (const copy of [0, 1, 2]) {
      const user = env.shoppers[copy]!
      const budget = budgetMultipliers[users.income[user]!]!
      const match = Math.exp(-((catalogue.price[product]! - 50 * budget) ** 2) / (2 * (25 * budget) ** 2))
      const [q, pop] = [catalogue.quality[product]!, catalogue.popularity[product]!]
      const raw =
        0.35 * Math.max(0, dot(user, product)) +
        0.3 * users.preference[user * 10 + catalogue.category[product]!]! +
        0.2 * Math.max(0, 1 - users.priceSensitivity[user]! * (1 - match)) +
        0.1 * users.qualitySensitivity[user]! * q +
        0.05 * (1 - users.exploration[user]!) * pop
      const e = Math.min(0.95, Math.max(0.15, raw))
      const rows = [
        [1, 0.1 + 0.2 * e],
        [Math.min(0.6, 0.5 * e), 0.8 + 0.4 * e],
        [Math.min(0.3, Math.max(0, 0.4 * (e - 0.15))), 2.5 + e],
        [Math.min(0.2, Math.max(0, 0.25 * (e - 0.25) * match)), 7 + 2 * e],
        [Math.min(0.1, 0.12 * q * pop * e), 3.5 + e],
        [Math.min(0.25, 0.15 * (1 - e)), -0.2 - 0.2 * (1 - e)],
        [Math.min(0.002, 0.001 * (1 - e) * (1 - q)), -1],
      ] as const
      const found = env.outcomesOf(copy, product)
      expect(found.map(({ outcome }) => outcome)).toEqual(['view', 'like', 'cart', 'purchase', 'share', 'dislike', 'spam'])
      for (const [row, [probability, reward]] of rows.entries()) {
        expect(found[row]!.probability).toBeCloseTo(probability, 12)
        expect(found[row]!.reward).toBeCloseTo(reward, 12)
      }
      expect(expected[copy]).toBeCloseTo(
        rows.reduce((sum, [probability, reward]) => sum + probability * reward, 0),
        12,
      )
    }
  }
})

test('as published a session is 50 steps, truncated, of a shopper who never changes', () => {
  const env = marketplace(1, { preset: 'published' })
  env.reset(3)
  const before = [...env.observations.subarray(0, 20)]
  for (let step = 1; step <= 50; step++) {
    const table = env.outcomesOf(0, 7)
    env.step(Int32Array.of(step % 200))
    expect([env.terminated[0], env.truncated[0]]).toEqual([0, step === 50 ? 1 : 0])
    const seen = step === 50 ? env.finalObservations : env.observations
    expect([...seen.subarray(0, 20)]).toEqual(before)
    if (step < 50) expect(env.outcomesOf(0, 7)).toEqual(table)
  }
})

describe('the distributions behind it', () => {
  const catalogue = generateProducts(1, 40_000)
  const users = generateUsers(1, 20_000)
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
  /** Within four standard errors. */
  const near = (values: ArrayLike<number>, expected: number) => {
    const middle = mean(values)
    const variance = mean(Array.from(values, value => (value - middle) ** 2))
    expect(Math.abs(middle - expected)).toBeLessThanOrEqual(4 * Math.sqrt(variance / values.length))
  }

  test('popularity is Beta(2, 5) + .3 q, clipped to 0..1', () => {
    expect(Math.max(...catalogue.popularity)).toBeLessThanOrEqual(1)
    near(
      Array.from(catalogue.popularity, (popularity, product) => popularity - 0.3 * catalogue.quality[product]!),
      2 / 7,
    )
  })

  test('a price is at least 5', () => {
    expect(Math.min(...catalogue.price)).toBe(5)
  })

  test('styles are directions: of length 1, none preferred', () => {
    for (const { style, count } of [catalogue, users]) {
      const rows = Array.from({ length: count }, (_, row) => style.subarray(row * 5, row * 5 + 5))
      for (const row of rows) expect(Math.hypot(...row)).toBeCloseTo(1, 12)
      for (const at of [0, 4]) {
        near(
          rows.map(row => row[at]!),
          0,
        )
        near(
          rows.map(row => row[at]! ** 2),
          1 / 5,
        )
      }
    }
  })

  test('ages are 18 to 69, and the four types equally many', () => {
    expect([Math.min(...users.age), Math.max(...users.age)]).toEqual([18, 69])
    for (const type of [0, 1, 2, 3])
      near(
        Array.from(users.type, found => (found === type ? 1 : 0)),
        0.25,
      )
  })

  // Weights 1, and 1.5 for the four categories of the young: they have 1.5 / 12 of the preferences each, the others 1 / 12.
  // The variance of a share with weight a out of A is a (A - a) / (A² (A + 1)): (1.5 · 10.5) / (144 · 13) = .0084135.
  test('preferences are Dirichlet, with half as much again for the categories of the age group', () => {
    const young = Array.from(users.age.keys()).filter(user => users.age[user]! < 30)
    for (const user of young) expect(mean(users.preference.subarray(user * 10, user * 10 + 10))).toBeCloseTo(0.1, 12)
    for (const [kind, { draws }] of marketplaceCategories.entries()) {
      near(
        young.map(user => users.preference[user * 10 + kind]!),
        draws.includes('young') ? 1.5 / 12 : 1 / 12,
      )
    }
    near(
      young.map(user => (users.preference[user * 10]! - 0.125) ** 2),
      0.0084135,
    )
  })

  // A thrifty shopper of low income (b = .5) has price sensitivity Beta(5, 2) · 1, mean 5/7, and quality sensitivity Beta(3, 2) · .75,
  // mean .45; with b = 1 these are 5/14 and .6. With b = 2 nobody minds a price.
  test('sensitivities follow type and income', () => {
    const of = (type: number, income: number) =>
      Array.from(users.age.keys()).filter(user => users.type[user] === type && users.income[user] === income)
    near(
      of(1, 0).map(user => users.priceSensitivity[user]!),
      5 / 7,
    )
    near(
      of(1, 1).map(user => users.priceSensitivity[user]!),
      5 / 14,
    )
    near(
      of(1, 0).map(user => users.qualitySensitivity[user]!),
      0.45,
    )
    near(
      of(1, 1).map(user => users.qualitySensitivity[user]!),
      0.6,
    )
    for (const type of [0, 1, 2, 3]) for (const user of of(type, 2)) expect(users.priceSensitivity[user]).toBe(0)
  })

  // At 35 ageShare is 17 / 52 and 1.2 - 17 / 52 = .8730769, which takes no exploration over 1: a premium shopper's is .6 of it.
  test('exploration falls with age', () => {
    const some = Array.from(users.age.keys()).filter(user => users.type[user] === 2 && users.age[user]! >= 35)
    near(
      some.map(user => users.exploration[user]! / (1.2 - (users.age[user]! - 18) / 52)),
      0.6,
    )
  })
})
