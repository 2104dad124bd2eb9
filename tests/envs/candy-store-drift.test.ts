import { expect, test } from 'vitest'
import { driftingShop, worthOfChance, worthOfLookingAhead } from '../../lab/calibrate/candy-store-drifting'
import { sigmoid } from '../../src/data/preference'
import { type CandyStoreOptions, candyStore } from '../../src/envs/candy-store'
import { drift } from '../../src/envs/candy-store-drift'
import type { Env } from '../../src/envs/env'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { certain, smallShop } from './small-shop'
import { meanAndError, play } from './support'

const only = (action: number) => Int32Array.of(action)

/** The first shopper of the small shop, at (10, 0) between item 0 at (10, 0) and item 1 at (-10, 0); wishes are .01 u·v. */
function small(options: CandyStoreOptions = {}) {
  const env = candyStore(1, { tables: smallShop(), ...certain, scale: 0.01, horizon: 1000, drifting: true, ...options })
  env.reset(1)
  return env
}

function expected(env: Env, item: number): number {
  const out = new Float64Array(1)
  expectedReward(env, only(item), out)
  return out[0]!
}

/** Shows an item until it is engaged with. */
function take(env: Env, item: number): void {
  do env.step(only(item))
  while (env.chosen[0] !== 0)
}

/** The expected reward of a wish. */
function of(wish: number, repeat: boolean): number {
  const chance = sigmoid(wish)
  return chance + (1 - chance) * -0.1 + (repeat ? -0.2 : 0)
}

// Taking item 1 leads from (10, 0) half of the way to (-10, 0): to (0, 0), where u·v is 0. Taking item 0 leads on to (5, 0), where it is 50.
test('taste and boredom by hand: half of the way, 2.5 off for the kind and .5 for the item', () => {
  const env = small()
  expect([expected(env, 0), expected(env, 1)]).toEqual([of(1, false), of(-1, false)])
  take(env, 1)
  expect([expected(env, 0), expected(env, 1)]).toEqual([of(0, false), of(-3, true)])
  take(env, 0)
  expect([expected(env, 0), expected(env, 1)]).toEqual([of(0.5 - 3, true), of(-0.5 - 3, true)])
})

// Both items are of one kind here, so taking one bores the other too.
test('an item bores by its kind what it is not itself', () => {
  const tables = smallShop()
  const env = small({ tables: { ...tables, items: { ...tables.items, categories: ['sour', 'sour'] } } })
  take(env, 1)
  expect([expected(env, 0), expected(env, 1)]).toEqual([of(0 - 2.5, false), of(-3, true)])
})

// The cosine of (0, 0) with anything is 0, of (5, 0) with (10, 0) it is 1: .01 · (.5 · 50 + .5 · 1) - 3.
test('with hybrid the cosine is that of the moved taste', () => {
  const env = small({ hybrid: 0.5 })
  expect(expected(env, 0)).toBeCloseTo(of(0.01 * (50 + 0.5), false), 12)
  take(env, 1)
  expect(expected(env, 0)).toBe(of(0, false))
  take(env, 0)
  expect(expected(env, 0)).toBeCloseTo(of(0.01 * (25 + 0.5) - 3, true), 12)
})

test('what is ignored changes nothing, and the next visit begins as the first did', () => {
  const env = small({ horizon: 6, shift: -3 })
  const fresh = [expected(env, 0), expected(env, 1)]
  let taken = 0
  for (let step = 0; step < 300; step++) {
    env.step(only(step % 2))
    if (env.truncated[0]) taken = 0
    else if (env.chosen[0] === 0) taken++
    if (taken === 0) expect([expected(env, 0), expected(env, 1)]).toEqual(fresh)
    else expect([expected(env, 0), expected(env, 1)]).not.toEqual(fresh)
  }
})

test('the moved taste follows from what is seen: .5^n of the first block and the rest of the history block', () => {
  const env = candyStore(1, { drifting: true, noise: 0, shift: 5 })
  env.reset(3)
  const { scale, shift } = env.spec.options as { scale: number; shift: number }
  for (let step = 0; step < 9; step++) {
    const seen = env.observations
    const kept = (1 - drift.pull) ** Math.round(10 * seen[41]!)
    // Item 99 is never shown. Whatever boredom it suffers is a multiple of 2.5.
    let wish = shift
    for (let at = 0; at < 20; at++) {
      wish += scale * (kept * seen[at]! + (1 - kept) * seen[20 + at]!) * env.items.features[99 * 20 + at]!
    }
    const chance = (expected(env, 99) + 0.1) / 1.1
    const boredom = (wish - Math.log(chance / (1 - chance))) / drift.kindBoredom
    expect(Math.abs(boredom - Math.round(boredom))).toBeLessThan(1e-4)
    expect(boredom).toBeGreaterThan(-1e-4)
    env.step(only(step * 8 + (step % 3)))
  }
  expect(env.observations[41]).toBeGreaterThan(0.5)
})

test('without drifting the same shop is the plain one', () => {
  const [plain, off] = [candyStore(1), candyStore(1, { drifting: false })]
  expect(off.spec).toEqual(plain.spec)
  expect(candyStore(1, { drifting: true }).spec.options).toMatchObject({ drifting: true, recency: 0.5 })
  expect(candyStore(1, { drifting: true, recency: false }).spec.options).toMatchObject({ recency: false })
})

// The whole table: npx tsx lab/calibrate/candy-store-drifting.ts. Returns are worked out there, not drawn, so nothing is left to chance.
test('looking ahead is worth 10 to 40 % more than the myopic oracle, and random less than 70 % of it', () => {
  for (const seed of [42, 7]) {
    const { myopic, lookingAhead } = worthOfLookingAhead(seed, 25, 1500)
    expect(lookingAhead / myopic).toBeGreaterThan(1.1)
    expect(lookingAhead / myopic).toBeLessThan(1.4)
    expect(worthOfChance(seed, 1000)).toBeLessThan(0.7 * lookingAhead)
  }
})

test('played in the shop, both are worth what the calibration says', () => {
  const shop = driftingShop(42)
  for (const user of [0, 4]) {
    const env = candyStore(100, { drifting: true, onlyUsers: [user] })
    const plan = shop.lookingAhead(user, 1500)
    const followPlan = (_: Env, actions: Int32Array) => {
      for (let copy = 0; copy < 100; copy++) actions[copy] = plan[Math.round(10 * env.observations[42 * copy + 41]!)]!
    }
    for (const [policy, worth] of [
      [bestActions, shop.worth(user, shop.myopic(user))],
      [followPlan, shop.worth(user, plan)],
    ] as const) {
      const { mean, error } = meanAndError(play(env, policy, 8, 1).returns)
      expect(Math.abs(mean - worth)).toBeLessThan(4 * error)
    }
  }
})
