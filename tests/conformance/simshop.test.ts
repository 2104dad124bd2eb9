/**
 * Simshop against the original, https://github.com/ernestknurov/simshop, commit 5e9d17a (MIT): the published numbers stand in
 * src/conformance/simshop.ts; here they are tested, with its reward (src/env/interaction_env.py) and its ends, worked by hand.
 */
import { expect, test } from 'vitest'
import { cheapShare, plainCatalogue, randomPurchases, simshopFigures, valueShare } from '../../src/conformance/simshop'
import { simshopCatalogue } from '../../src/data/simshop-catalogue'
import { type SimshopOptions, type SimshopType, simshop, simshopTypes } from '../../src/envs/simshop'
import { simshopShoppersOf } from '../../src/envs/simshop-shoppers'
import { testFigures } from './test-figures'

testFigures(simshopFigures)

const typeOf = (name: SimshopType) => simshopTypes.indexOf(name)

test('the order of the types is that of users_list, so that the one-hot is the same', () => {
  expect(simshopTypes.join()).toBe('cheap_seeker,brand_lover,value_optimizer,familiarity_seeker,random_chooser,freshness_looker')
})

test('every type buys half of the time midway from the threshold of a click to the next, where it is certain', () => {
  const shoppers = simshopShoppersOf(plainCatalogue({ price: [1] }))
  const [clicks, buys] = simshopFigures.map(({ published }) => published as readonly number[]) as [readonly number[], readonly number[]]
  for (const [type, click] of clicks.entries()) {
    const buy = buys[type]!
    expect([click - 1e-9, click, 1].map(utility => shoppers.clicks(type, utility))).toEqual([false, true, true])
    expect(shoppers.buys(type, click)).toBe(0)
    expect(shoppers.buys(type, (click + buy) / 2)).toBeCloseTo(0.5, 12)
    expect(shoppers.buys(type, buy - 1e-9)).toBeLessThan(1)
    expect(shoppers.buys(type, buy)).toBe(1)
  }
})

// 1 - e^-.5 and no turn make the normal number 1. The other two take the first uniform: .75 is half-way up.
test('the noise: N(0, .05) for a familiarity_seeker, U(-.1, .1) for a brand_lover, and U(0, 1) is all that a random_chooser goes by', () => {
  const shoppers = simshopShoppersOf(plainCatalogue({ price: [1] }))
  expect(shoppers.utility(typeOf('familiarity_seeker'), 0, 4, 1 - Math.exp(-0.5), 0)).toBeCloseTo(0.55, 12)
  const lover = [0.75, 0.5].map(first => shoppers.utility(typeOf('brand_lover'), 0, 0, first, 0))
  expect(lover[0]! - lover[1]!).toBeCloseTo(0.05, 12)
  expect(shoppers.utility(typeOf('random_chooser'), 0, 0, 0.75, 0)).toBe(0.75)
})

test('a freshness_looker clicks everything released at most 183 days ago, and nothing else', () => {
  const age = Array.from({ length: 731 }, (_, days) => days)
  const shoppers = simshopShoppersOf(plainCatalogue({ age }))
  const fresh = typeOf('freshness_looker')
  expect(age.filter((_, item) => shoppers.clicks(fresh, shoppers.utility(fresh, item, 0, 0.3, 0.7)))).toEqual(age.slice(0, 184))
})

// Cheap: prices LogNormal(3.5, .75) up to 15.5556, so the normal distribution up to -1.0077. Random: .12 / 2 + .03.
test('the shares over the catalogue on paper, and in a large catalogue within three standard errors', () => {
  expect(cheapShare()).toBeCloseTo(0.15686, 5)
  expect(valueShare()).toBeCloseTo(0.0931, 4)
  expect(randomPurchases()).toBeCloseTo(0.09, 5)
  const catalogue = simshopCatalogue(100_000, 1)
  const shoppers = simshopShoppersOf(catalogue)
  const mean = (chance: (item: number) => number) =>
    Array.from(catalogue.price, (_, item) => chance(item)).reduce((a, b) => a + b) / catalogue.count
  for (const [type, share] of [['cheap_seeker', cheapShare()] as const, ['value_optimizer', valueShare()] as const]) {
    const error = Math.sqrt((share * (1 - share)) / catalogue.count)
    expect(Math.abs(mean(item => shoppers.clickChance(typeOf(type), item, 0)) - share)).toBeLessThan(3 * error)
  }
  expect(mean(item => shoppers.purchaseChance(typeOf('random_chooser'), item, 0))).toBeCloseTo(0.09, 12)
})

// Prices in the catalogue of seed 42: items 27, 204, 79, 110 and 106 cost less than 7.05, so that a cheap_seeker is certain to buy them; 22, 39
// and 1 cost more than 15.56 and are never clicked. Candidates are the catalogue in its own order.
function cheapSeekers(options: SimshopOptions) {
  const env = simshop(1, { candidates: 250, candidateDraw: 'near-static', exchangedPairs: 0, userTypes: 'cheap_seeker', ...options })
  env.reset(1)
  return {
    show: (...items: number[]) => {
      env.step(Int32Array.from(items))
      return env.rewards[0]!
    },
    over: () => env.terminated[0] === 1,
  }
}

// Prices 172.14 2.21 117.76 36.66 5.22 give utilities .188555 .947643 .253550 .521785 .884564, mean .559219; two of five are bought:
// 3 · .4 + 5 · .4 + .559219 - .1 · 1 (page) = 3.659219, the second time -.1 more for the page and, corrected, -.1 · 1 for showing again.
test('the reward by hand, where published gives a constant .1 for the showing it does not count', () => {
  const corrected = cheapSeekers({})
  expect(corrected.show(22, 27, 39, 1, 204)).toBeCloseTo(3.659219, 6)
  expect(corrected.show(22, 27, 39, 1, 204)).toBeCloseTo(3.459219, 6)
  const published = cheapSeekers({ preset: 'published' })
  expect(published.show(22, 27, 39, 1, 204)).toBeCloseTo(3.759219, 6)
  expect(published.show(22, 27, 39, 1, 204)).toBeCloseTo(3.659219, 6)
})

test('a visit ends after 3 pages running without a click, 10 pages, 10 clicks or 5 purchases', () => {
  const left = [22, 39, 1, 14, 13]
  const one = [27, 39, 1, 14, 13]
  const all = [27, 204, 79, 110, 106]
  const overAfter = (pages: readonly (readonly number[])[], options: SimshopOptions = {}) => {
    for (const preset of ['corrected', 'published'] as const) {
      const visit = cheapSeekers({ preset, ...options })
      for (const [page, items] of pages.entries()) {
        visit.show(...items)
        expect(visit.over()).toBe(page === pages.length - 1)
      }
    }
  }
  overAfter([left, left, left])
  overAfter([one, left, left, one, left, left, one, left, left, one])
  overAfter([all, all], { mostPurchases: 100 })
  overAfter([all])
})
