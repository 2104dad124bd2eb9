import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateTables } from '../../src/data/generate-tables'
import { type CandyStore, type CandyStoreOptions, candyStore } from '../../src/envs/candy-store'
import { eventCode } from '../../src/envs/events'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { makeEnv } from '../../src/envs/registry'
import { stream } from '../../src/random/generator'
import { certain, smallShop } from './small-shop'
import { eventsOf, meanAndError, play, randomActions, randomPolicy, shownOf } from './support'

const size = { users: 40, items: 12 }
const variants: CandyStoreOptions[] = [
  { ...size },
  { ...size, preset: 'published' },
  { ...size, endsSession: true, horizon: 4, historyLength: 2 },
  { ...size, hybrid: true, diversity: true, exploration: true, recency: true, timeFeatures: true },
]
const variant = fc.constantFrom(...variants)

const only = (action: number) => Int32Array.of(action)

function small(options: CandyStoreOptions = {}) {
  const env = candyStore(1, { tables: smallShop(), ...certain, ...options })
  env.reset(1)
  return env
}

test('row i of many copies is bit for bit the copy that stands alone', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 4 }), variant, (seed, first, row, options) => {
      const many = candyStore(5, options)
      const alone = candyStore(1, options)
      many.reset(seed, first)
      alone.reset(seed, first + row)
      expect(shownOf(alone, 0)).toEqual(shownOf(many, row))
      const policy = stream(seed, 'policy')
      for (let step = 0; step < 25; step++) {
        const actions = randomActions(many, policy)
        many.step(actions)
        alone.step(only(actions[row]!))
        expect(shownOf(alone, 0)).toEqual(shownOf(many, row))
        expect(alone.shoppers[0]).toBe(many.shoppers[row])
      }
    }),
    { numRuns: 40 },
  )
})

test('the same seed gives the same steps, another seed gives others', () => {
  const run = (seed: number) => {
    const env = candyStore(3, size)
    env.reset(seed)
    const policy = stream(1, 'policy')
    return Array.from({ length: 30 }, () => {
      env.step(randomActions(env, policy))
      return [0, 1, 2].map(copy => shownOf(env, copy))
    })
  }
  expect(run(7)).toEqual(run(7))
  expect(run(7)).not.toEqual(run(8))
})

test('a reset forgets everything that came before', () => {
  for (const options of variants) {
    const used = candyStore(2, options)
    used.reset(3)
    for (let step = 0; step < 13; step++) used.step(Int32Array.of(step % 12, 3))
    used.reset(9)
    const fresh = candyStore(2, options)
    fresh.reset(9)
    for (let step = 0; step < 13; step++) {
      used.step(Int32Array.of(step % 5, 3))
      fresh.step(Int32Array.of(step % 5, 3))
      for (const copy of [0, 1]) expect(shownOf(used, copy)).toEqual(shownOf(fresh, copy))
    }
  }
})

test('saved, loaded and continued is continued', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 15 }), variant, (seed, before, options) => {
      const env = candyStore(2, options)
      env.reset(seed)
      const policy = stream(seed, 'policy')
      for (let step = 0; step < before; step++) env.step(randomActions(env, policy))
      const snapshot = JSON.parse(JSON.stringify(env.save(1)))
      const other = candyStore(3, options)
      other.reset(seed + 1)
      for (let step = 0; step < 3; step++) other.step(randomActions(other, policy))
      other.load(snapshot, [0, 2])
      for (let step = 0; step < 15; step++) {
        const actions = randomActions(env, policy)
        env.step(actions)
        other.step(Int32Array.of(actions[1]!, 0, actions[1]!))
        expect(shownOf(other, 0)).toEqual(shownOf(env, 1))
        expect(shownOf(other, 2)).toEqual(shownOf(env, 1))
      }
    }),
    { numRuns: 40 },
  )
})

test('loading shows the observation that was saved', () => {
  const env = candyStore(1, { ...size, timeFeatures: true, recency: true })
  env.reset(4)
  for (let step = 0; step < 7; step++) env.step(only(step))
  const seen = [...env.observations]
  const snapshot = env.save(0)
  env.reset(5)
  env.load(snapshot, [0])
  expect([...env.observations]).toEqual(seen)
  expect(env.save(0)).toEqual(snapshot)
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

test('observations are finite, laid out as the spec says, and rewards too', () => {
  for (const options of variants) {
    const env = candyStore(8, options)
    env.reset(2)
    const policy = stream(2, 'policy')
    const last = env.spec.layout.at(-1)!
    expect(last.offset + last.shape[0]!).toBe(env.spec.width)
    expect(env.observations.length).toBe(8 * env.spec.width)
    for (let step = 0; step < 50; step++) {
      env.step(randomActions(env, policy))
      expect(env.observations.every(Number.isFinite)).toBe(true)
      expect(env.finalObservations.every(Number.isFinite)).toBe(true)
      expect(env.rewards.every(Number.isFinite)).toBe(true)
    }
  }
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

test('a shop of tables knows the same shoppers when it is made again from its spec', () => {
  const tables = generateTables({ seed: 9, users: 30, items: 5, interactions: 0 })
  const env = candyStore(1, { tables, newShoppers: 0.4 })
  const again = makeEnv(env.spec.name, 1, JSON.parse(JSON.stringify(env.spec.options))) as CandyStore
  for (let user = 0; user < 30; user++) expect([...again.firstObservation(user)]).toEqual([...env.firstObservation(user)])
})

test('the oracle is the mean reward of many tries', () => {
  const tries = 20_000
  const everyone = Array.from({ length: tries }, (_, copy) => copy)
  for (const [which, options] of [...variants, { ...size, noise: 1.5 }, { ...size, preset: 'published' as const, noise: 0.7 }].entries()) {
    const env = candyStore(tries, { ...options, exploration: false })
    env.reset(which)
    env.step(new Int32Array(tries))
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

// The probe of the published shop: oracle 9.55 and random 4.55 at 100 items, each with an error of .12; four errors of both are allowed.
test('published: the greedy oracle earns 9.55 and random 4.5 at 100 items', () => {
  const env = candyStore(100, { preset: 'published' })
  const oracle = meanAndError(play(env, bestActions, 10, 1).returns)
  const random = meanAndError(play(env, randomPolicy(1), 40, 1).returns)
  expect(Math.abs(oracle.mean - 9.55)).toBeLessThan(4 * Math.hypot(0.02, oracle.error))
  expect(Math.abs(random.mean - 4.5)).toBeLessThan(4 * Math.hypot(0.05, random.error))
})

test('the spec holds what it takes to make the same shop again, also through JSON', () => {
  for (const options of [...variants, { dataSeed: 7, items: 5, users: 6, onlyUsers: [2] }]) {
    const env = candyStore(2, options)
    const again = makeEnv(env.spec.name, 2, JSON.parse(JSON.stringify(env.spec.options)))
    env.reset(1)
    again.reset(1)
    for (let step = 0; step < 12; step++) {
      for (const shop of [env, again]) shop.step(Int32Array.of(step % 5, 1))
      expect(shownOf(again, 0)).toEqual(shownOf(env, 0))
    }
    expect(again.spec).toEqual(env.spec)
  }
})

test('a bad action is refused with its value, and nothing has moved', () => {
  const env = candyStore(2, size)
  env.reset(1)
  env.step(Int32Array.of(1, 2))
  const before = [env.save(0), env.save(1), shownOf(env, 0), shownOf(env, 1)]
  const bad: [Int32Array, string][] = [
    [Int32Array.of(0, 12), 'the action of copy 1 is 12; it must be a whole number between 0 and 11'],
    [Int32Array.of(-1, 0), 'the action of copy 0 is -1'],
    [Int32Array.of(0), 'actions has 1 numbers; it must have one for each of the 2 copies'],
    [Int32Array.of(0, 0, 0), 'actions has 3'],
    [[0, Number.NaN] as unknown as Int32Array, 'the action of copy 1 is NaN'],
    [[0, 1.5] as unknown as Int32Array, 'the action of copy 1 is 1.5'],
  ]
  for (const [actions, message] of bad) {
    expect(() => env.step(actions)).toThrow(message)
    expect(() => env.step(actions)).toThrow(RangeError)
    expect(() => expectedReward(env, actions, new Float64Array(2))).toThrow(message)
    expect([env.save(0), env.save(1), shownOf(env, 0), shownOf(env, 1)]).toEqual(before)
  }
  expect(() => env.reset(Number.NaN)).toThrow('seed is NaN')
  expect(() => env.reset(1, -1)).toThrow('firstCopy is -1')
  expect(() => env.save(2)).toThrow('copy is 2; it must be a whole number between 0 and 1')
  expect(() => env.load(env.save(0), [0, 5])).toThrow('copy is 5')
  expect(() => env.load({ ...env.save(0), env: 'marketplace' }, [0])).toThrow('the snapshot is of marketplace')
  expect([env.save(0), env.save(1), shownOf(env, 0), shownOf(env, 1)]).toEqual(before)
})

test('a snapshot of a larger shop is refused and nothing has moved', () => {
  const large = candyStore(1, { users: 50, items: 50, shift: 1000, exploration: true })
  large.reset(1)
  for (let step = 0; step < 5; step++) large.step(only(49 - step))
  const env = candyStore(1, size)
  env.reset(1)
  const before = [env.save(0), shownOf(env, 0)]
  expect(() => env.load(large.save(0), [0])).toThrow("the snapshot's")
  expect([env.save(0), shownOf(env, 0)]).toEqual(before)
})

test('a shop that was not reset says so', () => {
  expect(() => candyStore(1, size).step(only(0))).toThrow('call reset(seed) first')
})

test('a bad option is refused by name, with its value and what is allowed', () => {
  const bad: [unknown, string][] = [
    [{ preset: 'candy' }, 'preset is "candy"; it must be one of guide, published'],
    [{ item: 5 }, 'candy-store has no option "item"; its options are preset, tables'],
    [{ items: 0 }, 'items is 0; it must be a whole number between 1 and 100000'],
    [{ items: Number.NaN }, 'items is NaN'],
    [{ users: '500' }, 'users is "500"'],
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
  expect(() => makeEnv('sweet-shop', 1)).toThrow('there is no shop "sweet-shop"; the shops are candy-store')
})
