import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { generateInteractionLog } from '../../src/data/interaction-log'
import { type CandyStore, type CandyStoreOptions, candyStore } from '../../src/envs/candy-store'
import { describe } from '../../src/envs/describe'
import { eventCode } from '../../src/envs/events'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { makeEnv } from '../../src/envs/registry'
import { stream } from '../../src/random/generator'
import { shopProperties } from './shop-properties'
import { certain, smallShop } from './small-shop'
import { eventsOf, meanAndError, play, randomActions, randomPolicy, shownOf } from './support'

const size = { users: 40, items: 12 }
const options: Record<string, CandyStoreOptions> = {
  guide: { ...size },
  published: { ...size, preset: 'published' },
  'short visits that terminate': { ...size, endsSession: true, horizon: 4, historyLength: 2 },
  'every switch': { ...size, hybrid: true, diversity: true, exploration: true, recency: true, timeFeatures: true },
  drifting: { ...size, drifting: true, shift: 1 },
  'drifting, every switch': { ...size, drifting: true, hybrid: true, diversity: true, recency: true, historyLength: 3, shift: 1 },
  'new shoppers and items': { ...size, newShoppers: 0.5, newItems: 0.5, diversity: true, shift: 1 },
}
const variants = Object.values(options)

shopProperties(Object.fromEntries(Object.entries(options).map(([name, each]) => [name, (copies: number) => candyStore(copies, each)])), {
  steps: 40,
  runs: 5,
})

const only = (action: number) => Int32Array.of(action)

function small(options: CandyStoreOptions = {}) {
  const env = candyStore(1, { tables: smallShop(), ...certain, ...options })
  env.reset(1)
  return env
}

test('whatever is done: chances lie between 0 and 1, money is not negative, a reward is one of the four', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...variants), (seed, each) => {
      const env = candyStore(3, { ...each, diversity: false, exploration: false })
      env.reset(seed)
      const policy = stream(seed, 'policy')
      const expected = new Float64Array(3)
      for (let step = 0; step < 15; step++) {
        const actions = randomActions(env, policy)
        expectedReward(env, actions, expected)
        env.step(actions)
        for (let copy = 0; copy < 3; copy++) {
          const reward = Math.round(10 * env.rewards[copy]!) / 10
          expect(env.chosen[copy] === 0 ? [1, 0.8] : [-0.1, -0.3]).toContain(reward)
          const repeat = reward === 0.8 || reward === -0.3
          const chance = (expected[copy]! + 0.1 + (repeat ? 0.2 : 0)) / 1.1
          expect(Math.abs(chance - 0.5)).toBeLessThanOrEqual(0.5 + 1e-12)
        }
        for (const { price, margin } of eventsOf(env)) expect(Math.min(price, margin)).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 40 },
  )
})

test('a future seed keeps the present and redraws what comes, otherwise for each copy', () => {
  const env = candyStore(64, { ...size, shift: 0, scale: 0 })
  env.reset(1)
  const snapshot = env.save(0)
  const everyone = Array.from({ length: 64 }, (_, copy) => copy)
  const outcomes = (futureSeed?: number) => {
    env.load(snapshot, everyone, futureSeed)
    expect(new Set(env.shoppers).size).toBe(1)
    env.step(new Int32Array(64))
    return [...env.chosen]
  }
  expect(new Set(outcomes()).size).toBe(1)
  expect(outcomes(5)).toEqual(outcomes(5))
  expect(outcomes(5)).not.toEqual(outcomes(6))
  expect(new Set(outcomes(5)).size).toBe(2)
})

test('two policies under one seed meet the same shoppers and the same luck', () => {
  const visitors = (action: number) => {
    const env = candyStore(4, size)
    env.reset(11)
    return Array.from({ length: 60 }, () => {
      env.step(new Int32Array(4).fill(action))
      return [...env.shoppers]
    })
  }
  expect(visitors(0)).toEqual(visitors(5))
})

test('the guide observes 42 numbers and truncates after ten steps', () => {
  const env = candyStore(1)
  env.reset(1)
  expect(env.spec.width).toBe(42)
  expect(env.spec.actions).toEqual({ kind: 'discrete', n: 100 })
  for (let step = 1; step <= 10; step++) {
    env.step(only(step))
    expect([env.terminated[0], env.truncated[0]]).toEqual([0, step === 10 ? 1 : 0])
  }
  expect(env.finalObservations[40]).toBe(1)
  expect(env.observations[40]).toBe(0)
})

test('endsSession terminates instead', () => {
  const env = small({ endsSession: true, horizon: 2 })
  env.step(only(0))
  expect([env.terminated[0], env.truncated[0]]).toEqual([0, 0])
  env.step(only(0))
  expect([env.terminated[0], env.truncated[0]]).toEqual([1, 0])
})

// Item 0 is always engaged with, item 1 never. The first 0 has no history; after it 0 is among the last three engaged with.
test('rewards by hand: engaged 1, ignored -.1, and -.2 more for a repeat', () => {
  const env = small()
  const rewards = [0, 0, 1, 0].map(action => {
    env.step(only(action))
    return env.rewards[0]
  })
  expect(rewards[0]).toBe(1)
  expect(rewards[1]).toBeCloseTo(0.8, 12)
  expect(rewards[2]).toBeCloseTo(-0.1, 12)
  expect(rewards[3]).toBeCloseTo(0.8, 12)
  expect([...env.bonuses]).toEqual([0])
})

// Four items that all are engaged with: shown 0 1 2 3 0, the first 0 has left the last three when it comes again; then 3 has not.
test('an item is a repeat only while it is among the last three engaged with', () => {
  const env = candyStore(1, { users: 3, items: 4, scale: 0, shift: 100, noise: 0 })
  env.reset(1)
  const rewards = [0, 1, 2, 3, 0, 3].map(action => {
    env.step(only(action))
    return Math.round(env.rewards[0]! * 10) / 10
  })
  expect(rewards).toEqual([1, 1, 1, 1, 1, 0.8])
})

// Embeddings: shopper (10, 0), item 0 (10, 0), item 1 (-10, 0). Item 1 is ignored and leaves no trace in the history.
test('the observation by hand: shopper, mean of what was engaged with, progress', () => {
  const env = small()
  expect([...env.observations]).toEqual([10, 0, 0, 0, 0, 0])
  env.step(only(1))
  expect([...env.observations]).toEqual([10, 0, 0, 0, Math.fround(0.1), 0])
  env.step(only(0))
  env.step(only(0))
  expect([...env.observations]).toEqual([10, 0, 10, 0, Math.fround(0.3), Math.fround(0.2)])
})

// All is engaged with. After 0 then 1 the plain mean is (10 - 10) / 2; with recency .5 it is (1 · -10 + .5 · 10) / 1.5 = -10 / 3.
test('recency weighs the newest most', () => {
  const plain = small({ shift: 1000 })
  const recent = small({ shift: 1000, recency: 0.5 })
  for (const env of [plain, recent]) for (const action of [0, 1]) env.step(only(action))
  expect(plain.observations[2]).toBe(0)
  expect(recent.observations[2]).toBeCloseTo(-10 / 3, 5)
})

test('the history remembers the last ten alone', () => {
  const env = small({ shift: 1000, horizon: 20 })
  for (let step = 0; step < 5; step++) env.step(only(1))
  for (let step = 0; step < 10; step++) env.step(only(0))
  expect(env.observations[2]).toBe(10)
  expect(env.observations[5]).toBe(1)
})

// Cosines in the small shop are 1 (same item) and -1. History after 0, 0, 1 (all engaged with): [0, 0, 1].
test('the diversity bonus by hand: -lambda times the sum of the cosines with the history', () => {
  const env = small({ shift: 1000, diversity: true })
  const bonuses = [0, 0, 1, 1].map(action => {
    env.step(only(action))
    return env.bonuses[0]!
  })
  expect(bonuses[0]).toBeCloseTo(0, 12)
  expect(bonuses[1]).toBeCloseTo(-0.1, 12)
  expect(bonuses[2]).toBeCloseTo(0.2, 12)
  expect(bonuses[3]).toBeCloseTo(0.1 * (2 - 1), 12)
})

test('the exploration bonus by hand: beta / sqrt(count + 1), counted over episodes', () => {
  const env = small({ exploration: 0.5, horizon: 2 })
  const bonuses = [0, 0, 1, 0].map(action => {
    env.step(only(action))
    return env.bonuses[0]!
  })
  expect(bonuses).toEqual([0.5, 0.5 / Math.sqrt(2), 0.5, 0.5 / Math.sqrt(3)])
})

test('bonuses are in the rewards and change nothing else', () => {
  const plain = candyStore(3, size)
  const paid = candyStore(3, { ...size, diversity: true, exploration: true })
  plain.reset(1)
  paid.reset(1)
  const policy = stream(1, 'policy')
  let paidAnything = false
  for (let step = 0; step < 40; step++) {
    const actions = randomActions(plain, policy)
    plain.step(actions)
    paid.step(actions)
    for (let copy = 0; copy < 3; copy++) {
      paidAnything ||= paid.bonuses[copy] !== 0
      expect(paid.rewards[copy]! - paid.bonuses[copy]!).toBeCloseTo(plain.rewards[copy]!, 12)
    }
    expect([...paid.observations]).toEqual([...plain.observations])
  }
  expect(paidAnything).toBe(true)
})

// u·v = 100 and the cosine is 1, so the wish is .01 · (.7 · 100 + .3 · 1) = .703.
test('the hybrid preference by hand', () => {
  const env = small({ hybrid: true, scale: 0.01 })
  const out = new Float64Array(1)
  expectedReward(env, only(0), out)
  const probability = 1 / (1 + Math.exp(-0.703))
  expect(out[0]).toBeCloseTo(probability - 0.1 * (1 - probability), 12)
})

test('time features show one hour and weekday for a whole visit, and nothing else changes', () => {
  const env = candyStore(1, { ...size, timeFeatures: true })
  const plain = candyStore(1, size)
  env.reset(1)
  plain.reset(1)
  for (let visit = 0; visit < 20; visit++) {
    const [hour, weekday] = [env.observations[42]! * 24, env.observations[43]! * 7]
    expect(Math.abs(hour - Math.round(hour)) + Math.abs(weekday - Math.round(weekday))).toBeLessThan(1e-5)
    for (let step = 0; step < 10; step++) {
      env.step(only(step))
      plain.step(only(step))
      const row = env.truncated[0] ? env.finalObservations : env.observations
      expect([row[42]! * 24, row[43]! * 7]).toEqual([hour, weekday])
      expect([...env.observations.subarray(0, 42)]).toEqual([...plain.observations])
    }
  }
})

test('events by hand: shown, clicked, bought with its margin, and back again', () => {
  const env = small({ purchaseShare: 1, returnBase: 0, returnSlope: 1, horizon: 2 })
  env.step(only(0))
  const at = { copy: 0, position: 0, item: 0, price: 2 }
  expect(eventsOf(env)).toEqual([
    { ...at, kind: eventCode.impression, margin: 0 },
    { ...at, kind: eventCode.click, margin: 0 },
    { ...at, kind: eventCode.purchase, margin: 0.8 },
  ])
  expect(env.chosen[0]).toBe(0)
  // Both steps engaged with: satisfaction 1, so the shopper comes back for certain.
  env.step(only(0))
  expect(eventsOf(env).at(-1)).toEqual({ copy: 0, position: 0, item: -1, price: 0, margin: 0, kind: eventCode.return })
  env.step(only(1))
  expect(eventsOf(env)).toEqual([{ copy: 0, position: 0, item: 1, price: 5, margin: 0, kind: eventCode.impression }])
  expect(env.chosen[0]).toBe(-1)
  env.step(only(1))
  expect(eventsOf(env).map(event => event.kind)).toEqual([eventCode.impression])
})

test('only the shoppers asked for come, by id or by row', () => {
  const env = candyStore(8, { ...size, onlyUsers: ['user_7', 3] })
  env.reset(1)
  const seen = new Set<number>()
  for (let step = 0; step < 100; step++) {
    env.step(new Int32Array(8))
    for (const shopper of env.shoppers) seen.add(shopper)
  }
  expect([...seen].sort()).toEqual([3, 7])
})

test('the first observation of a shopper is what the shop shows when that shopper comes', () => {
  for (const options of variants) {
    const env = candyStore(1, { ...options, onlyUsers: ['user_5'] })
    env.reset(3)
    const [hour, weekday] = options.timeFeatures ? [env.observations[42]! * 24, env.observations[43]! * 7].map(Math.round) : [0, 0]
    expect([...env.firstObservation('user_5', hour, weekday)]).toEqual([...env.observations])
    expect([...env.firstObservation('5', hour, weekday)]).toEqual([...env.observations])
    expect([...env.firstObservation(5, hour, weekday)]).toEqual([...env.observations])
  }
})

test('a stranger who took items is seen as a shopper who took them in this visit, without the embedding', () => {
  for (const options of variants) {
    const env = candyStore(1, { ...options, shift: 1000, noise: 0 })
    env.reset(3)
    const [hour, weekday] = options.timeFeatures ? [env.observations[42]! * 24, env.observations[43]! * 7].map(Math.round) : [0, 0]
    const taken: (number | string)[] = []
    for (const item of [3, 0, 7]) {
      const seen = [...env.observations].map((value, at) => (at < 20 ? 0 : value))
      expect([...env.strangerObservation({ taken, hour, weekday })]).toEqual(seen)
      taken.push(item === 0 ? env.items.labels[0]! : item)
      env.step(only(item))
    }
    expect([...env.strangerObservation({ taken, hour, weekday }).subarray(0, 20)]).toEqual(new Array(20).fill(0))
  }
})

test('a stranger may have taken more than a visit or the history holds, or nothing', () => {
  const env = small({ historyLength: 2, horizon: 3 })
  const row = env.strangerObservation({ taken: [1, 1, 1, 'Sour Cherry Drops', 'Butter Fudge'] })
  expect([...row]).toEqual([0, 0, 0, 0, Math.fround(2 / 3), 1])
  expect([...env.strangerObservation()]).toEqual(new Array(6).fill(0))
  expect(() => env.strangerObservation({ taken: ['Peach Rings'] })).toThrow(
    'there is no item "Peach Rings"; give a title, such as "Sour Cherry Drops"',
  )
  expect(() => env.strangerObservation({ taken: [2] })).toThrow('or a row number from 0 to 1')
  expect(() => env.strangerObservation({ hour: 24 })).toThrow('hour is 24')
  expect(() => env.strangerObservation({ taken: 'Butter Fudge' as never })).toThrow('taken is Butter Fudge; it must be a list')
})

test('new shoppers are seen as zeros and are as lucky as before; of a larger share all of a smaller one are', () => {
  const known = candyStore(6, { users: 40, items: 12 })
  const hidden = (row: Float32Array) => row.subarray(0, 20).every(value => value === 0)
  const strangersOf = (newShoppers: number) => {
    const env = candyStore(6, { users: 40, items: 12, newShoppers })
    const strangers = Array.from({ length: 40 }, (_, user) => user).filter(user => hidden(env.firstObservation(user)))
    for (const shop of [env, known]) shop.reset(5)
    const policy = stream(1, 'policy')
    for (let step = 0; step < 40; step++) {
      for (let copy = 0; copy < 6; copy++) {
        const [row, full] = [env, known].map(shop => shop.observations.slice(copy * 42, (copy + 1) * 42)) as [Float32Array, Float32Array]
        const stranger = strangers.includes(env.shoppers[copy]!)
        expect(hidden(row)).toBe(stranger)
        expect([...row.subarray(stranger ? 20 : 0)]).toEqual([...full.subarray(stranger ? 20 : 0)])
      }
      const actions = randomActions(known, policy)
      for (const shop of [env, known]) shop.step(actions)
      expect([...env.rewards]).toEqual([...known.rewards])
      expect([...env.shoppers]).toEqual([...known.shoppers])
    }
    return strangers
  }
  const [none, some, more, all] = [0, 0.25, 0.5, 1].map(strangersOf) as [number[], number[], number[], number[]]
  expect([none.length, some.length, more.length, all.length]).toEqual([0, 10, 20, 40])
  expect(some.every(user => more.includes(user))).toBe(true)
})

test('the shop knows nothing of new items, but shoppers like them as before; of a larger share all of a smaller one are', () => {
  const all = { ...size, shift: 1, diversity: true }
  const known = candyStore(6, all)
  const newOf = (newItems: number) => {
    const env = candyStore(6, { ...all, newItems })
    const features = (item: number) => [...env.items.features.subarray(20 * item, 20 * item + 20)]
    const fresh = Array.from({ length: 12 }, (_, item) => item).filter(item => features(item).every(value => value === 0))
    for (let item = 0; item < 12; item++) {
      if (!fresh.includes(item)) expect(features(item)).toEqual([...known.items.features.subarray(20 * item, 20 * item + 20)])
    }
    for (const shop of [env, known]) shop.reset(5)
    const policy = stream(1, 'policy')
    const taken: number[] = []
    for (let step = 0; step < 9; step++) {
      const actions = randomActions(known, policy)
      for (const shop of [env, known]) shop.step(actions)
      expect([...env.chosen]).toEqual([...known.chosen])
      if (fresh.includes(actions[0]!)) expect(env.bonuses[0]).toBe(0)
      if (env.chosen[0] === 0) taken.push(actions[0]!)
      // New items are taken without leaving a trace but their number.
      const sum = taken.map(features).reduce((total, row) => total.map((value, at) => value + row[at]!), new Array<number>(20).fill(0))
      for (const [at, value] of sum.entries()) expect(env.observations[20 + at]).toBeCloseTo(value / (taken.length || 1), 5)
      expect(env.observations[41]).toBe(Math.fround(taken.length / 10))
    }
    return fresh
  }
  const [none, some, more, every] = [0, 0.25, 0.5, 1].map(newOf) as [number[], number[], number[], number[]]
  expect([none.length, some.length, more.length, every.length]).toEqual([0, 3, 6, 12])
  expect(some.every(item => more.includes(item))).toBe(true)
})

test('it says who shops, whether the shop knows them, what was shown and what happened', () => {
  const env = small({ purchaseShare: 1, returnBase: 1, returnSlope: 0, horizon: 2 })
  expect(describe(env)).toBe('user_0, who likes sour and caramel best: has come in')
  env.step(only(0))
  expect(describe(env)).toBe(
    'user_0, who likes sour and caramel best: shown Sour Cherry Drops; clicked Sour Cherry Drops; bought Sour Cherry Drops for 2.00; reward 1.00',
  )
  env.step(only(1))
  expect(describe(env)).toMatch(/: shown Butter Fudge; will come back; reward -0.10; the session was cut off$/)
  expect(describe(small({ newShoppers: 1 }))).toBe('user_0, new to the shop, who likes sour and caramel best: has come in')
  // The embeddings of this preset are drawn by chance, so its items have no kinds.
  const published = candyStore(1, { ...size, preset: 'published', onlyUsers: [3] })
  published.reset(1)
  expect(describe(published)).toBe('user_3: has come in')
})

test('a shop of tables knows the same shoppers and items when it is made again from its spec', () => {
  const tables = generateTables({ seed: 9, users: 30, items: 5, interactions: 0 })
  const env = candyStore(1, { tables, newShoppers: 0.4, newItems: 0.4 })
  const again = makeEnv(env.spec.name, 1, JSON.parse(JSON.stringify(env.spec.options))) as CandyStore
  for (let user = 0; user < 30; user++) expect([...again.firstObservation(user)]).toEqual([...env.firstObservation(user)])
  expect(again.items).toEqual(env.items)
})

test('the oracle is the mean reward of many tries', () => {
  const tries = 5000
  const everyone = Array.from({ length: tries }, (_, copy) => copy)
  for (const [which, options] of [...variants, { ...size, noise: 1.5 }, { ...size, preset: 'published' as const, noise: 0.7 }].entries()) {
    const env = candyStore(tries, { ...options, exploration: false })
    env.reset(which)
    for (let step = 0; step < 6; step++) env.step(Int32Array.from({ length: tries }, (_, copy) => (step * copy) % 8))
    for (const item of [0, 1, 7]) {
      const snapshot = env.save(item)
      env.load(snapshot, everyone, item)
      const actions = new Int32Array(tries).fill(item)
      const expected = new Float64Array(tries)
      expectedReward(env, actions, expected)
      env.step(actions)
      const { mean, error } = meanAndError([...env.rewards].map((reward, copy) => reward - env.bonuses[copy]!))
      expect(Math.abs(mean - expected[0]!)).toBeLessThan(4 * error + 1e-9)
    }
  }
})

test('guide: a random policy is engaged with 3 times in 10', () => {
  const { clickThroughRate, steps } = play(candyStore(100), randomPolicy(1), 200, 1)
  // Sessions share a shopper, so the error is taken as if each session of ten were one draw: generous.
  expect(Math.abs(clickThroughRate - 0.3)).toBeLessThan(0.02 + 4 * Math.sqrt((0.3 * 0.7) / (steps / 10)))
})

test('guide: random earns less than 70 % of the greedy oracle', () => {
  const random = meanAndError(play(candyStore(100), randomPolicy(1), 10, 1).returns)
  const oracle = meanAndError(play(candyStore(100), bestActions, 10, 1).returns)
  expect(random.mean + 4 * random.error).toBeLessThan(0.7 * (oracle.mean - 4 * oracle.error))
})

test('the spec holds what it takes to make the same shop again, also through JSON', () => {
  for (const options of [...variants, { dataSeed: 7, items: 5, users: 6, onlyUsers: [2] }]) {
    const env = candyStore(2, options)
    const again = makeEnv(env.spec.name, 2, JSON.parse(JSON.stringify(env.spec.options)))
    expect(again.spec).toEqual(env.spec)
    for (const shop of [env, again]) shop.reset(1)
    for (let step = 0; step < 12; step++) {
      for (const shop of [env, again]) shop.step(Int32Array.of(step % 5, 1))
      expect(shownOf(again, 0)).toEqual(shownOf(env, 0))
    }
  }
})

test('a bad option is refused by name, with its value and what is allowed', () => {
  const bad: [unknown, string][] = [
    [{ preset: 'candy' }, 'preset is "candy"; it must be one of guide, published'],
    [{ item: 5 }, 'candy-store has no option "item"; its options are preset, tables'],
    [{ items: 0 }, 'items is 0; it must be a whole number between 1 and 100000'],
    [{ items: Number.NaN }, 'items is NaN'],
    [{ users: '500' }, 'users is "500"'],
    [{ newItems: -0.5 }, 'newItems is -0.5; it must be a number between 0 and 1'],
    [{ drifting: 1 }, 'drifting is 1; it must be true or false'],
    [{ drifting: true, preset: 'published' }, 'drifting is true with preset "published", whose items have no kinds to be bored by'],
    [{ newShoppers: 1.5 }, 'newShoppers is 1.5; it must be a number between 0 and 1'],
    [{ noise: -1 }, 'noise is -1; it must be a number between 0 and 2'],
    [{ scale: Number.NaN }, 'scale is NaN'],
    [{ hybrid: 2 }, 'hybrid is 2'],
    [{ timeFeatures: 1 }, 'timeFeatures is 1; it must be true or false'],
    [{ repeatWindow: 11 }, 'repeatWindow is 11; it must be a whole number between 0 and 10'],
    [{ onlyUsers: [] }, 'onlyUsers is an empty list'],
    [{ onlyUsers: ['nobody'] }, 'there is no user "nobody"; ids run from user_0 to user_499'],
    [{ tables: smallShop(), items: 100 }, 'items is 100, but the tables given have 2'],
    [{ tables: smallShop(), preset: 'published' }, 'leave tables out'],
    [{ tables: 5 }, "tables is 5; it must be a shop's tables or a folder with their CSV files"],
    [{ tables: {} }, 'tables is {}; it must be'],
    [{ tables: '/no/such/folder' }, '/no/such/folder/users.csv does not exist'],
  ]
  for (const [options, message] of bad) expect(() => candyStore(1, options as CandyStoreOptions)).toThrow(message)
  expect(() => candyStore(0)).toThrow('copies is 0')
  const env = candyStore(2, size)
  expect(() => env.step(Int32Array.of(0, 0))).toThrow('call reset(seed) first')
  expect(() => env.reset(Number.NaN)).toThrow('seed is NaN')
})

test('tables without embeddings are refused', () => {
  const log = generateInteractionLog({ users: 5, items: 4, interactions: 10 })
  expect(() => candyStore(1, { tables: log })).toThrow('tables has no embeddings')
})
