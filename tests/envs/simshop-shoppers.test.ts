import fc from 'fast-check'
import { expect, test } from 'vitest'
import { simshopCatalogue } from '../../src/data/simshop-catalogue'
import { simshopShoppersOf, simshopTypes } from '../../src/envs/simshop-shoppers'

const catalogue = simshopCatalogue(60, 11)
const shoppers = simshopShoppersOf(catalogue)

const uniform = fc.double({ min: 0, max: 1 - 2 ** -32, noNaN: true })
const anything = [
  fc.integer({ min: 0, max: simshopTypes.length - 1 }),
  fc.integer({ min: 0, max: catalogue.count - 1 }),
  fc.integer({ min: 1, max: 100 }),
] as const

test('utilities and probabilities lie within 0..1, and nobody buys without a click', () => {
  fc.assert(
    fc.property(...anything, uniform, uniform, (type, item, seen, first, second) => {
      const utility = shoppers.utility(type, item, seen, first, second)
      const [clickChance, purchaseChance, meanUtility] = [
        shoppers.clickChance(type, item, seen),
        shoppers.purchaseChance(type, item, seen),
        shoppers.meanUtility(type, item, seen),
      ]
      for (const value of [utility, shoppers.buys(type, utility), clickChance, purchaseChance, meanUtility])
        expect(value >= -1e-14 && value <= 1 + 1e-14).toBe(true)
      expect(purchaseChance).toBeLessThanOrEqual(clickChance + 1e-14)
      if (!shoppers.clicks(type, utility)) expect(shoppers.buys(type, utility)).toBe(0)
    }),
    { numRuns: 2000 },
  )
})

// The mean over an even grid of both uniforms: a jump costs at most its height times the number of cells it crosses, about 2 / side.
test('the expectations are the means over the noise', () => {
  const side = 400
  const points = Array.from({ length: side }, (_, at) => (at + 0.5) / side)
  for (const [type, name] of simshopTypes.entries()) {
    const noisy = name === 'familiarity_seeker'
    for (const [item, seen] of noisy
      ? [3, 4, 5, 6, 9].map(seen => [0, seen] as const)
      : [0, 6, 7, 19, 27, 34, 46].map(item => [item, 1] as const)) {
      let [clicks, purchases, utilities, count] = [0, 0, 0, 0]
      for (const first of points)
        for (const second of noisy ? points : [0.5]) {
          const utility = shoppers.utility(type, item, seen, first, second)
          clicks += Number(shoppers.clicks(type, utility))
          purchases += Number(shoppers.clicks(type, utility)) * shoppers.buys(type, utility)
          utilities += utility
          count++
        }
      expect(Math.abs(shoppers.clickChance(type, item, seen) - clicks / count)).toBeLessThan(0.005)
      expect(Math.abs(shoppers.purchaseChance(type, item, seen) - purchases / count)).toBeLessThan(0.001)
      expect(Math.abs(shoppers.meanUtility(type, item, seen) - utilities / count)).toBeLessThan(0.001)
    }
  }
})
