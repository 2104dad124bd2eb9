import { describe, expect, test } from 'vitest'
import { candyStore } from '../../src/envs/candy-store'
import { bestActions } from '../../src/envs/oracle'
import { visitBounds } from '../../src/evaluate/visit-bounds'

const small = { users: 5, items: 8, dataSeed: 2, onlyUsers: [3] }

/** Mean return of the greedy oracle over many simulated visits of one shopper. */
function simulated(options: object, visits = 3000): number {
  const shop = candyStore(visits, { ...small, ...options })
  const actions = new Int32Array(visits)
  let sum = 0
  shop.reset(1)
  for (let step = 0; step < shop.spec.horizon; step++) {
    bestActions(shop, actions)
    shop.step(actions)
    sum += shop.rewards.reduce((total, reward) => total + reward, 0)
  }
  return sum / visits
}

function bounds(options: object = {}) {
  const shop = candyStore(1, { ...small, ...options })
  shop.reset(1)
  return visitBounds(shop)
}

describe('visitBounds', () => {
  test.each([
    ['as usual', {}],
    ['with a dear repeat', { repeatReward: -2 }],
    ['in a short visit that remembers one item', { horizon: 4, repeatWindow: 1 }],
  ])('the greedy oracle earns in the simulator what is worked out, %s', (_, options) => {
    // Four standard errors of 3,000 visits, whose returns deviate by less than 4.
    expect(Math.abs(simulated(options) - bounds(options).greedy)).toBeLessThan((4 * 4) / Math.sqrt(3000))
  })

  test('a plan is never worth less than greed, and more where repeating is dear and chances are unequal', () => {
    const { greedy, planned } = bounds({ repeatReward: -0.6, scale: 1 })
    expect(planned).toBeGreaterThanOrEqual(greedy)
    const usual = bounds()
    expect(usual.planned).toBeGreaterThanOrEqual(usual.greedy - 1e-12)
  })

  test('without a price on repeats there is nothing to plan', () => {
    const { greedy, planned } = bounds({ repeatReward: 0 })
    expect(planned).toBeCloseTo(greedy, 12)
  })

  test('the last step alone is worth the best expected reward', () => {
    const { greedy, planned } = bounds({ horizon: 1 })
    expect(planned).toBeCloseTo(greedy, 12)
    expect(greedy).toBeLessThan(1)
  })

  test('rewards for which ignoring is as good are refused', () => {
    expect(() => bounds({ engagedReward: 0, ignoredReward: 0 })).toThrow(/engagedReward is 0/)
  })

  test('a shop whose tastes drift is refused', () => {
    expect(() => bounds({ drifting: true })).toThrow('drifting is true')
  })

  test('the shop is not moved', () => {
    const shop = candyStore(1, small)
    shop.reset(1)
    const before = shop.save(0)
    visitBounds(shop)
    expect(shop.save(0)).toEqual(before)
  })
})
