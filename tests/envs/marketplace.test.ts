import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { budgetMultipliers } from '../../src/data/marketplace-users'
import { describe as tell } from '../../src/envs/describe'
import { eventKinds } from '../../src/envs/events'
import { type Marketplace, type MarketplaceOptions, marketplace } from '../../src/envs/marketplace'
import { outcomes } from '../../src/envs/marketplace-outcomes'
import { expectedReward } from '../../src/envs/oracle'
import { integer } from '../../src/random/draws'
import { stream } from '../../src/random/generator'
import { shopProperties } from './shop-properties'
import { eventsOf, randomActions } from './support'

const published = { preset: 'published' } as const
/** Nobody leaves, so that what happens in between can be looked at. */
const staying = { leaveBase: 0, leaveSlope: 0 } as const
/** Carts that are over budget soon, and shoppers who are soon annoyed. */
const narrow = { products: 23, users: 9, horizon: 30, budget: 1, cartSize: 3, boredom: 0.6, irritation: 0.3, leaveSlope: 0.5 } as const
const variants: Readonly<Record<string, MarketplaceOptions>> = {
  corrected: {},
  published,
  narrow,
  'strangers and new products': { newShoppers: 0.5, newItems: 0.3, products: 40 },
  'one product': { products: 1, users: 1, horizon: 3 },
}

shopProperties(
  Object.fromEntries(Object.entries(variants).map(([name, options]) => [name, (copies: number) => marketplace(copies, options)])),
  { steps: 80, runs: 3 },
)

const only = (action: number) => Int32Array.of(action)
const kindsOf = (env: Marketplace) => eventsOf(env).map(({ kind }) => eventKinds[kind]!)

type Saved = {
  readonly style: number[]
  readonly preference: number[]
  readonly fatigue: number[]
  readonly annoyance: number[]
  readonly budget: number[]
  readonly cart: number[]
  readonly cartCount: number[]
  readonly generator: Readonly<Record<string, number>>
}
const stateOf = (env: Marketplace, copy = 0) => env.save(copy).state as Saved

describe('under any seed and any actions', () => {
  test('probabilities lie between 0 and 1, money is never negative, and one click stands for liked or better', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...Object.values(variants)), (seed, options) => {
        const env = marketplace(2, options)
        env.reset(seed)
        const policy = stream(seed, 'policy')
        for (let step = 0; step < 60; step++) {
          const actions = randomActions(env, policy)
          for (const copy of [0, 1]) {
            const chances = env.outcomesOf(copy, actions[copy]!).map(({ probability }) => probability)
            expect(chances.filter(probability => !(probability >= 0 && probability <= 1))).toEqual([])
          }
          env.step(actions)
          for (const copy of [0, 1]) {
            const happened = eventsOf(env).filter(event => event.copy === copy)
            const count = (...kinds: string[]) => happened.filter(({ kind }) => kinds.includes(eventKinds[kind]!)).length
            const clicks = count('like', 'cart', 'purchase', 'share') > 0 ? 1 : 0
            expect({
              shown: [count('impression'), count('view')],
              clicked: [count('click'), env.chosen[copy]! + 1],
              left: count('leave'),
              negative: happened.filter(({ price, margin }) => price < 0 || margin < 0),
              overspent: stateOf(env, copy).budget[0]! < 0,
            }).toEqual({ shown: [1, 1], clicked: [clicks, clicks], left: env.terminated[copy], negative: [], overspent: false })
          }
        }
      }),
      { numRuns: 15 },
    )
  })

  test('a step pays what happened in it, by the table of the product shown', () => {
    for (const options of [{}, published, narrow]) {
      const env = marketplace(1, options)
      env.reset(6)
      const policy = stream(6, 'policy')
      for (let step = 0; step < 400; step++) {
        const action = integer(policy, env.catalogue.count)
        const table = env.outcomesOf(0, action)
        env.step(only(action))
        const kinds = kindsOf(env)
        const sum = table.reduce((total, { outcome, reward }) => total + (kinds.includes(outcome) ? reward : 0), 0)
        expect(env.rewards[0]).toBeCloseTo(sum, 12)
        expect(env.bonuses[0]).toBe(0)
      }
    }
  })
})

/** A shopper kept beside the shop's own, from the events alone and the formulas of the opening comment, with its defaults. */
function changed(before: Saved, env: Marketplace, product: number) {
  const { catalogue } = env
  const kinds = kindsOf(env)
  const happened = (...some: string[]) => (some.some(kind => kinds.includes(kind as never)) ? 1 : 0)
  const shown = catalogue.category[product]!
  const liked = happened('click')
  const cart = before.cart.slice(0, before.cartCount[0]!)
  if (happened('remove')) {
    const removed = eventsOf(env).find(({ kind }) => eventKinds[kind] === 'remove')!
    expect(removed.item).toBe(cart.pop())
    expect(removed.price).toBe(catalogue.price[removed.item])
  }
  if (happened('cart')) cart.push(product)
  if (happened('purchase') && cart.includes(product)) cart.splice(cart.indexOf(product), 1)
  const moved = before.style.map((number, at) => (liked ? 0.95 * number + 0.05 * catalogue.style[product * 5 + at]! : number))
  const tired = before.fatigue[shown]! + 0.2 * (1 - before.fatigue[shown]!)
  return {
    style: moved.map(number => number / Math.hypot(...moved)),
    preference: before.preference.map((share, kind) => (liked ? 0.95 * share + (kind === shown ? 0.05 : 0) : share)),
    fatigue: before.fatigue.map((fatigue, kind) => {
      if (kind !== shown) return 0.92 * fatigue
      return happened('purchase') ? tired + 0.2 * (1 - tired) : tired
    }),
    annoyance: Math.min(
      1,
      0.9 * before.annoyance[0]! +
        0.15 * before.fatigue[shown]! +
        0.05 * happened('dislike') +
        0.05 * happened('remove') +
        0.15 * happened('spam', 'report'),
    ),
    budget: before.budget[0]! - (happened('purchase') ? catalogue.price[product]! : 0),
    cart,
  }
}

describe('what changes in the shopper', () => {
  test('is what the opening comment says, from the events alone', () => {
    const seen = new Set<string>()
    for (const seed of [1, 2, 3]) {
      // Few products, so that carts fill up and those in them come again.
      const env = marketplace(1, { ...staying, products: 12, horizon: 400 })
      env.reset(seed)
      const policy = stream(seed, 'policy')
      for (let step = 0; step < 399; step++) {
        const before = stateOf(env)
        const product = integer(policy, 12)
        env.step(only(product))
        for (const kind of kindsOf(env)) seen.add(kind)
        const after = stateOf(env)
        const expected = changed(before, env, product)
        expect(after.cart.slice(0, after.cartCount[0])).toEqual(expected.cart)
        expect(after.budget[0]).toBeCloseTo(expected.budget, 9)
        expect(after.annoyance[0]).toBeCloseTo(expected.annoyance, 12)
        for (const column of ['style', 'preference', 'fatigue'] as const) {
          const errors = expected[column].map((number, at) => Math.abs(number - after[column][at]!))
          expect(Math.max(...errors), column).toBeLessThan(1e-12)
        }
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining(['cart', 'purchase', 'dislike', 'remove', 'share']))
  })

  // Fatigue after one showing .2, after two .2 + .2 · .8 = .36 (without a purchase); then another category is shown: .36 · .92 = .3312.
  test('a category shown again tires, and recovers slowly', () => {
    const env = marketplace(1, { ...staying, budget: 0.1 })
    env.reset(1)
    const fatigue = () => stateOf(env).fatigue[0]!
    const values = [0, 10, 1].map(product => {
      env.step(only(product))
      return fatigue()
    })
    expect(values[0]).toBeCloseTo(0.2, 12)
    expect(values[1]).toBeCloseTo(0.36, 12)
    expect(values[2]).toBeCloseTo(0.3312, 12)
    // The observation has preference less fatigue.
    expect(env.observations[5]).toBeCloseTo(stateOf(env).preference[0]! - 0.3312, 6)
  })

  test('a product of the category just shown promises less', () => {
    const env = marketplace(1, { ...staying, tasteRate: 0, timeDecay: 0 })
    env.reset(1)
    const [before, after] = [new Float64Array(1), new Float64Array(1)]
    const best = bestProduct(env)
    expectedReward(env, only(best), before)
    for (let step = 0; step < 4; step++) env.step(only((best + 10 * (step + 1)) % 200))
    expectedReward(env, only(best), after)
    expect(after[0]).toBeLessThan(before[0]! - 0.1)
  })

  test('as published nothing changes', () => {
    const env = marketplace(1, published)
    env.reset(2)
    const before = stateOf(env)
    for (let step = 0; step < 40; step++) env.step(only(3))
    const { style, preference, fatigue, annoyance, budget, cartCount } = stateOf(env)
    expect({ style, preference, fatigue, annoyance, budget, cartCount }).toEqual({
      style: before.style,
      preference: before.preference,
      fatigue: before.fatigue,
      annoyance: before.annoyance,
      budget: before.budget,
      cartCount: before.cartCount,
    })
  })
})

function bestProduct(env: Marketplace): number {
  const values = Array.from({ length: env.catalogue.count }, (_, product) => {
    const out = new Float64Array(1)
    expectedReward(env, only(product), out)
    return out[0]!
  })
  return values.indexOf(Math.max(...values))
}

describe('budget and cart', () => {
  /** A shop that has been played until something holds. */
  function until(options: MarketplaceOptions, holds: (env: Marketplace) => boolean): Marketplace {
    for (let seed = 1; ; seed++) {
      const env = marketplace(1, { ...staying, horizon: 200, ...options })
      env.reset(seed)
      const policy = stream(seed, 'policy')
      for (let step = 0; step < 199; step++) {
        if (holds(env)) return env
        env.step(randomActions(env, policy))
      }
    }
  }
  const chanceOf = (env: Marketplace, product: number, outcome: string) =>
    env.outcomesOf(0, product).find(found => found.outcome === outcome)!.probability
  const cartOf = (env: Marketplace) => stateOf(env).cart.slice(0, stateOf(env).cartCount[0])
  const costOf = (env: Marketplace) => cartOf(env).reduce((sum, product) => sum + env.catalogue.price[product]!, 0)

  test('nothing is bought that costs more than what is left', () => {
    const env = marketplace(1, { ...staying, budget: 0.5 })
    env.reset(3)
    const left = stateOf(env).budget[0]!
    expect(left).toBe(25 * budgetMultipliers[env.users.income[env.shoppers[0]!]!]!)
    for (let product = 0; product < 200; product++) {
      if (env.catalogue.price[product]! > left) expect(chanceOf(env, product, 'purchase')).toBe(0)
    }
  })

  test('a cart over budget takes nothing more and may lose its newest product', () => {
    const env = until({ budget: 1 }, shop => costOf(shop) > stateOf(shop).budget[0]!)
    for (const product of [0, 57, 133]) {
      expect(chanceOf(env, product, 'cart')).toBe(0)
      expect(chanceOf(env, product, 'remove')).toBe(0.5)
    }
  })

  test('a cart within budget loses nothing, and takes no product twice', () => {
    const env = until({ budget: 20 }, shop => cartOf(shop).length === 2)
    const [first] = cartOf(env)
    expect(chanceOf(env, first!, 'cart')).toBe(0)
    expect(chanceOf(env, first!, 'remove')).toBe(0)
  })

  test('a full cart takes no more', () => {
    const env = until({ budget: 1000, cartSize: 2 }, shop => cartOf(shop).length === 2)
    for (let product = 0; product < 200; product++) expect(chanceOf(env, product, 'cart')).toBe(0)
  })

  test('a product in the cart is bought with twice its probability, but no more than .2', () => {
    const options = { budget: 50, cartSize: 8 } as const
    const env = until(options, shop => cartOf(shop).some(product => chanceOf(shop, product, 'purchase') > 0))
    const plain = marketplace(1, { ...staying, horizon: 200, ...options, cartBoost: 1 })
    plain.reset(1)
    plain.load(env.save(0), [0])
    for (const product of cartOf(env)) {
      expect(chanceOf(env, product, 'purchase')).toBeCloseTo(Math.min(0.2, 2 * chanceOf(plain, product, 'purchase')), 12)
    }
    for (const product of [0, 1, 2].filter(some => !cartOf(env).includes(some))) {
      expect(chanceOf(env, product, 'purchase')).toBe(chanceOf(plain, product, 'purchase'))
    }
  })

  test('a purchase carries its price and the margin of it, other events no margin', () => {
    const env = marketplace(32, { marginShare: 0.25 })
    env.reset(1)
    const policy = stream(1, 'policy')
    let bought = 0
    for (let step = 0; step < 60; step++) {
      env.step(randomActions(env, policy))
      for (const { kind, item, price, margin } of eventsOf(env)) {
        const name = eventKinds[kind]!
        expect(price).toBe(name === 'leave' ? 0 : env.catalogue.price[item])
        expect(margin).toBe(name === 'purchase' ? 0.25 * price : 0)
        bought += name === 'purchase' ? 1 : 0
      }
    }
    expect(bought).toBeGreaterThan(5)
  })
})

describe('leaving', () => {
  test('a shopper who is certain to leave does so at once, and another comes', () => {
    const env = marketplace(1, { leaveBase: 1 })
    env.reset(1)
    env.step(only(0))
    expect([env.terminated[0], env.truncated[0]]).toEqual([1, 0])
    expect(eventsOf(env).at(-1)).toMatchObject({ kind: eventKinds.indexOf('leave'), item: -1, price: 0, margin: 0 })
    expect(env.observations[21]).toBe(0)
    expect(env.finalObservations[21]).toBeCloseTo(1 / 50, 7)
  })

  // Annoyance is boredom · .2 at the second showing of a category: with boredom 1 and slope 1 they leave with .2² = .04 (no dislike).
  test('grows with the square of the annoyance', () => {
    const copies = 10_000
    const env = marketplace(copies, { leaveBase: 0, leaveSlope: 1, boredom: 1, irritation: 0, users: 1 })
    env.reset(1)
    // The first product may be bought, after which the fatigue is .36: those copies are left out.
    env.step(new Int32Array(copies))
    const bought = new Set(eventsOf(env).flatMap(({ copy, kind }) => (eventKinds[kind] === 'purchase' ? [copy] : [])))
    expect(env.terminated.some(flag => flag === 1)).toBe(false)
    env.step(new Int32Array(copies).fill(10))
    const others = copies - bought.size
    const left = env.terminated.reduce((sum, flag, copy) => sum + (bought.has(copy) ? 0 : flag), 0) / others
    expect(Math.abs(left - 0.04)).toBeLessThanOrEqual(4 * Math.sqrt((0.04 * 0.96) / others))
  })
})

describe('the oracle', () => {
  /** Many tries of one step from the same state: each outcome as often as it should, and the reward on average. */
  function tryOut(env: Marketplace, product: number, options: MarketplaceOptions): void {
    const copies = 20_000
    const many = marketplace(copies, options)
    many.reset(1)
    const table = env.outcomesOf(0, product)
    const expected = new Float64Array(1)
    expectedReward(env, only(product), expected)
    many.load(
      env.save(0),
      Array.from({ length: copies }, (_, copy) => copy),
      7,
    )
    many.step(new Int32Array(copies).fill(product))
    const counts = new Map<string, number>()
    const { events } = many
    for (let at = 0; at < events.count; at++) {
      const kind = eventKinds[events.kind[at]!]!
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    for (const { outcome, probability } of table) {
      const found = (counts.get(outcome) ?? 0) / copies
      expect(Math.abs(found - probability), outcome).toBeLessThanOrEqual(4.5 * Math.sqrt((probability * (1 - probability)) / copies))
    }
    const variance = table.reduce((sum, { probability, reward }) => sum + probability * (1 - probability) * reward ** 2, 0)
    const mean = many.rewards.reduce((sum, reward) => sum + reward, 0) / copies
    expect(Math.abs(mean - expected[0]!)).toBeLessThanOrEqual(4.5 * Math.sqrt(variance / copies))
  }

  test('is right about every outcome as published, for a good product and a bad one', () => {
    const env = marketplace(1, published)
    env.reset(8)
    tryOut(env, bestProduct(env), published)
    tryOut(env, 0, published)
  })

  test('is right in the corrected shop, remove and report among the outcomes', () => {
    const options = { ...staying, budget: 1 } as const
    const env = marketplace(1, options)
    for (let seed = 1; ; seed++) {
      env.reset(seed)
      const policy = stream(seed, 'policy')
      for (let step = 0; step < 30; step++) env.step(randomActions(env, policy))
      if (env.outcomesOf(0, 0).at(-1)!.probability > 0) break
    }
    expect(env.outcomesOf(0, 0).map(({ outcome }) => outcome)).toEqual([...outcomes])
    tryOut(env, bestProduct(env), options)
  })

  test('is right for a product in the cart', () => {
    const options = { ...staying, budget: 20 } as const
    const env = marketplace(1, options)
    env.reset(2)
    const best = bestProduct(env)
    while (stateOf(env).cartCount[0] === 0) env.step(only(best))
    tryOut(env, best, options)
  })
})

describe('what is observed', () => {
  test('21 numbers of the shopper and 4 of context, session progress first', () => {
    const env = marketplace(1)
    expect(env.spec.layout).toEqual([
      { name: 'user', offset: 0, shape: [21] },
      { name: 'context', offset: 21, shape: [4], progress: 0 },
    ])
    expect(env.spec.width).toBe(25)
    expect(env.spec.actions).toEqual({ kind: 'discrete', n: 200 })
    env.reset(1)
    const { users, shoppers } = env
    const user = shoppers[0]!
    expect([...env.observations]).toEqual(
      [
        ...users.style.subarray(user * 5, user * 5 + 5),
        ...users.preference.subarray(user * 10, user * 10 + 10),
        (users.age[user]! - 18) / 52,
        budgetMultipliers[users.income[user]!]! / 2,
        users.priceSensitivity[user]!,
        users.qualitySensitivity[user]!,
        users.exploration[user]!,
        0,
        0,
        0,
        1,
        0,
      ].map(Math.fround),
    )
    env.step(only(4))
    expect(env.observations[21]).toBeCloseTo(1 / 50, 7)
  })

  test('cart and budget are shares of what the shopper had to spend', () => {
    const env = marketplace(1, { ...staying, budget: 2 })
    env.reset(5)
    const policy = stream(5, 'policy')
    let filled = false
    for (let step = 0; step < 49; step++) {
      env.step(randomActions(env, policy))
      const { cart, cartCount, budget } = stateOf(env)
      const had = 100 * budgetMultipliers[env.users.income[env.shoppers[0]!]!]!
      const value = cart.slice(0, cartCount[0]).reduce((sum, product) => sum + env.catalogue.price[product]!, 0)
      filled ||= value > 0
      expect(env.observations[22]).toBeCloseTo(value / had, 6)
      expect(env.observations[23]).toBeCloseTo(budget[0]! / had, 6)
    }
    expect(filled).toBe(true)
  })

  test('the last outcome is the best of what happened, else the worst', () => {
    const order = { purchase: 1, cart: 0.75, share: 0.5, like: 0.25, spam: -1, report: -1, dislike: -0.5, view: 0.1 }
    for (const options of [{ ...staying }, published]) {
      const copies = 100
      const env = marketplace(copies, { ...options, horizon: 1000 })
      env.reset(9)
      const policy = stream(9, 'policy')
      const seen = new Set<number>()
      for (let step = 0; step < 100; step++) {
        env.step(randomActions(env, policy))
        const kinds = Array.from({ length: copies }, () => new Set<string>())
        for (const { copy, kind } of eventsOf(env)) kinds[copy]!.add(eventKinds[kind]!)
        for (let copy = 0; copy < copies; copy++) {
          const [, rating] = Object.entries(order).find(([kind]) => kinds[copy]!.has(kind))!
          if (env.observations[copy * 25 + 24] !== Math.fround(rating)) expect(env.observations[copy * 25 + 24]).toBe(Math.fround(rating))
          seen.add(rating)
        }
      }
      expect(seen.size).toBe(7)
    }
  })

  test('as published the context of the shopper is t / 100, and there is no cart and no budget', () => {
    const env = marketplace(1, published)
    env.reset(1)
    for (let step = 1; step < 50; step++) {
      env.step(only(2))
      expect([...env.observations.subarray(20, 24)]).toEqual([step / 100, step / 50, 0, 1].map(Math.fround))
    }
  })

  test('the features of a product by hand: style, category, quality, popularity, price / 100', () => {
    const { items, catalogue } = marketplace(1)
    expect(items.width).toBe(18)
    const row = [...items.features.subarray(13 * 18, 14 * 18)]
    const oneHot = Array.from({ length: 10 }, (_, kind) => (kind === 3 ? 1 : 0))
    const numbers = [catalogue.quality[13]!, catalogue.popularity[13]!, catalogue.price[13]! / 100]
    expect(row).toEqual([...catalogue.style.subarray(65, 70), ...oneHot, ...numbers].map(Math.fround))
    expect(items.labels).toBe(catalogue.titles)
  })
})

describe('cold start', () => {
  test('of a new shopper the shop sees zeros, while they act as before', () => {
    const [known, unknown] = [marketplace(4), marketplace(4, { newShoppers: 1 })]
    known.reset(3)
    unknown.reset(3)
    for (let step = 0; step < 30; step++) {
      const actions = Int32Array.of(step, 2 * step, 3 * step, 5)
      known.step(actions)
      unknown.step(actions)
      expect([...unknown.rewards]).toEqual([...known.rewards])
      for (let copy = 0; copy < 4; copy++) {
        const [from, middle, to] = [copy * 25, copy * 25 + 21, copy * 25 + 25]
        expect(unknown.observations.subarray(from, middle).every(number => number === 0)).toBe(true)
        expect([...unknown.observations.subarray(middle, to)]).toEqual([...known.observations.subarray(middle, to)])
      }
    }
  })

  test('a new product has popularity 0 in the features and in the catalogue', () => {
    const { items, catalogue } = marketplace(1, { newItems: 0.4 })
    expect(catalogue.isNew.reduce((sum, flag) => sum + flag, 0)).toBe(80)
    for (let product = 0; product < 200; product++) {
      if (catalogue.isNew[product]) expect([catalogue.popularity[product], items.features[product * 18 + 16]]).toEqual([0, 0])
      else expect(catalogue.popularity[product]).toBeGreaterThan(0)
    }
  })
})

describe('two policies under one seed meet the same shoppers and the same luck', () => {
  /** One shop shows product 0 again and again, the other all in turn; seen until one session ends without the other. */
  function together(options: MarketplaceOptions, seed: number) {
    const [one, other] = [marketplace(1, options), marketplace(1, options)] as const
    for (const env of [one, other]) env.reset(seed)
    const met = (env: Marketplace) => [stateOf(env).generator, env.shoppers[0]]
    const over = (env: Marketplace) => [env.terminated[0], env.truncated[0]]
    let visits = 0
    for (let step = 0; step < 120; step++) {
      expect(met(one)).toEqual(met(other))
      one.step(only(0))
      other.step(only(step))
      if (over(one).join() !== over(other).join()) {
        expect(met(one)).not.toEqual(met(other))
        return { steps: step, visits, parted: true }
      }
      visits += one.terminated[0]! + one.truncated[0]!
    }
    return { steps: 120, visits, parted: false }
  }

  test('as published, and as long as nobody leaves', () => {
    for (const options of [staying, published]) expect(together(options, 11)).toEqual({ steps: 120, visits: 2, parted: false })
  })

  test('until a shopper leaves one of them and not the other', () => {
    const runs = Array.from({ length: 20 }, (_, seed) => together({ leaveBase: 0.1, boredom: 0.5, leaveSlope: 0.3 }, seed))
    expect(runs.filter(({ parted }) => parted).length).toBe(20)
    // Sessions that end in both part nothing.
    expect(runs.filter(({ visits }) => visits > 0).length).toBeGreaterThan(3)
  })
})

test('the options of the spec make the same shop again', () => {
  for (const options of [narrow, { ...published, products: 30, newItems: 0.5, dataSeed: 8 }]) {
    const first = marketplace(1, options)
    const again = marketplace(1, first.spec.options as MarketplaceOptions)
    expect(again.spec).toEqual(first.spec)
    expect(again.items).toEqual(first.items)
    first.reset(1)
    again.reset(1)
    for (let step = 0; step < 60; step++) {
      first.step(only(step % 20))
      again.step(only(step % 20))
      expect([...again.observations, again.rewards[0]]).toEqual([...first.observations, first.rewards[0]])
    }
  }
})

test('it tells who came and what happened', () => {
  const env = marketplace(1)
  env.reset(1)
  const who = tell(env)
  expect(who).toMatch(/^user_\d+ \((explorer|thrifty|premium|trend follower), \d+\): has come in$/)
  env.step(only(0))
  expect(tell(env).startsWith(`${who.replace('has come in', '')}shown ${env.catalogue.titles[0]}; `)).toBe(true)
})

describe('what cannot be is refused by name, and the shop stays usable', () => {
  const wrong: [MarketplaceOptions, string][] = [
    [{ preset: 'guide' as never }, 'preset is "guide"; it must be one of corrected, published'],
    [{ products: 0 }, 'products is 0; it must be a whole number between 1 and 2000'],
    [{ products: 2001 }, 'products is 2001'],
    [{ users: 0 }, 'users is 0'],
    [{ horizon: 0 }, 'horizon is 0'],
    [{ dataSeed: Number.NaN }, 'dataSeed is NaN'],
    [{ newItems: 1.5 }, 'newItems is 1.5; it must be a number between 0 and 1'],
    [{ newShoppers: -0.1 }, 'newShoppers is -0.1'],
    [{ marginShare: 2 }, 'marginShare is 2'],
    [{ budget: 0 }, 'budget is 0; it must be a number between 0.1 and 1000'],
    [{ cartSize: 1.5 }, 'cartSize is 1.5; it must be a whole number'],
    [{ fatigueGain: Number.NaN }, 'fatigueGain is NaN; it must be a number between 0 and 1'],
    [{ leaveSlope: 1.1 }, 'leaveSlope is 1.1'],
    [{ colour: 1 } as never, 'marketplace has no option "colour"; its options are preset'],
    [{ preset: 'published', boredom: 0.2 }, 'boredom is 0.2 with preset "published", in which the shopper never changes'],
  ]
  test.each(wrong)('%o', (options, message) => {
    expect(() => marketplace(1, options)).toThrow(message)
    expect(() => marketplace(1, options)).toThrow(RangeError)
  })

  test('copies, actions, copies and products of the table', () => {
    expect(() => marketplace(0)).toThrow('copies is 0')
    const env = marketplace(2, { products: 20 })
    expect(() => env.step(new Int32Array(2))).toThrow('call reset(seed) first')
    expect(() => env.outcomesOf(0, 0)).toThrow('call reset(seed) first')
    env.reset(1)
    expect(() => env.step(Int32Array.of(0, 20))).toThrow('the action of copy 1 is 20; it must be a whole number between 0 and 19')
    expect(() => env.step(Int32Array.of(0))).toThrow('actions has 1 numbers')
    expect(() => env.outcomesOf(2, 0)).toThrow('copy is 2')
    expect(() => env.outcomesOf(0, 20)).toThrow('product is 20')
    env.step(Int32Array.of(0, 19))
    expect(env.events.count).toBeGreaterThanOrEqual(4)
  })

  test('a snapshot of a shop with a larger catalogue or other carts', () => {
    const [small, large] = [marketplace(1, { users: 5 }), marketplace(1)]
    small.reset(1)
    large.reset(2)
    const before = [...small.observations]
    expect(() => small.load(large.save(0), [0])).toThrow("the snapshot's shopper is")
    const carts = marketplace(1, { users: 5, cartSize: 3 })
    carts.reset(1)
    expect(() => small.load(carts.save(0), [0])).toThrow("the snapshot's cart must have 8 numbers; it has 3")
    expect([...small.observations]).toEqual(before)
    small.step(only(0))
  })

  test('a snapshot with the same product twice in the cart; what has left the cart may stand behind it', () => {
    const env = marketplace(1)
    env.reset(1)
    const before = env.save(0)
    const withCart = (cartCount: number) => ({
      ...before,
      state: { ...before.state, cart: [4, 9, 4, 0, 0, 0, 0, 0], cartCount: [cartCount] },
    })
    expect(() => env.load(withCart(3), [0])).toThrow(
      new RangeError('the snapshot cannot be loaded: its cart has a product twice; a cart has each product once at most'),
    )
    expect(env.save(0)).toEqual(before)
    env.load(withCart(2), [0])
    expect(stateOf(env).cart.slice(0, 2)).toEqual([4, 9])
    env.step(only(0))
  })
})
