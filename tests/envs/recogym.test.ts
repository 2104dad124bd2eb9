import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkEnv } from '../../src/envs/check-env'
import { describe } from '../../src/envs/describe'
import { eventCode } from '../../src/envs/events'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { type RecogymOptions, recogym } from '../../src/envs/recogym'
import { gone } from '../../src/envs/recogym-users'
import { stream } from '../../src/random/generator'
import { shopProperties } from './shop-properties'
import { eventsOf, play, randomActions, randomPolicy, shownOf } from './support'

/** Visits short enough for many in a run. */
const short = { leaveBandit: 0.1, leaveOrganic: 0.1 }

const variants: Record<string, RecogymOptions> = {
  'recogym, 10 products': short,
  'recogym, 30 products, half of them flipped': { ...short, products: 30, factors: 7, flips: 7, unitClickFactors: true, worldSeed: 5 },
  'recogym, drifting in bandit, cut off': { ...short, products: 3, driftInBandit: true, horizon: 9, banditToOrganic: 0.4 },
}

shopProperties(Object.fromEntries(Object.entries(variants).map(([name, options]) => [name, copies => recogym(copies, options)])))

test('drawn by RandomState it passes the test kit too, under any seed that NumPy takes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 100 }), seed => {
      checkEnv(copies => recogym(copies, { ...short, numpyTrace: true }), { seed, steps: 40 })
    }),
    { numRuns: 3 },
  )
})

// No taste and no shifts: x = 0, s(0) = .5, s(2 · .5 - 2) = s(-1) = .2689414, 5 · .2689414 - 6 = -4.6552929, s of it .0094215.
test('the chance of a click by hand', () => {
  const env = recogym(1, { popularityDeviation: 0, tasteDeviation: 0, tasteDrift: 0 })
  env.reset(1)
  const out = new Float64Array(1)
  for (let product = 0; product < 10; product++) {
    expectedReward(env, Int32Array.of(product), out)
    expect(out[0]).toBeCloseTo(0.0094215, 7)
  }
})

// Far out s(.3 x) is 0 or 1: s(5 s(-2) - 6) = s(-5.4039854) = .0044785, and s(5 s(0) - 6) = s(-3.5) = .0293122.
test('a click is never less likely than .0045 nor more than .0293', () => {
  const env = recogym(1, { popularityDeviation: 100, products: 1000 })
  env.reset(1)
  const chances = Array.from({ length: 1000 }, (_, product) => {
    const out = new Float64Array(1)
    expectedReward(env, Int32Array.of(product), out)
    return out[0]!
  })
  expect(Math.min(...chances)).toBeCloseTo(0.0044785, 7)
  expect(Math.max(...chances)).toBeCloseTo(0.0293122, 7)
})

// From bandit: .05 organic, .94 bandit, .01 gone. After a click the user views in any case, so clicks are left out.
test('after a recommendation without a click the user views with .05 and leaves with .01', () => {
  const env = recogym(200)
  env.reset(2)
  const policy = stream(1, 'policy')
  let [without, viewing, left] = [0, 0, 0]
  for (let step = 0; step < 500; step++) {
    env.step(randomActions(env, policy))
    for (let copy = 0; copy < 200; copy++) {
      if (env.chosen[copy] === 0) continue
      without++
      const row = env.terminated[copy] ? env.finalObservations : env.observations
      if (row[copy * 11 + 10]! > 0) viewing++
      else if (env.terminated[copy]) left++
    }
  }
  expect(Math.abs(viewing / without - 0.05)).toBeLessThan(4 * Math.sqrt(0.05 / without))
  expect(Math.abs(left / without - 0.01)).toBeLessThan(4 * Math.sqrt(0.01 / without))
})

// One view a session, and everybody leaves after a recommendation, unless they click: a click holds them back for one more view.
test('events by hand: the first view comes with the first step, a click brings another one', () => {
  const env = recogym(64, { organicToBandit: 1, leaveOrganic: 0, banditToOrganic: 0, leaveBandit: 1, products: 4 })
  env.reset(4)
  let clicks = 0
  const first = new Uint8Array(64).fill(1)
  for (let step = 0; step < 40; step++) {
    const before = env.observations.slice()
    env.step(new Int32Array(64).fill(2))
    for (let copy = 0; copy < 64; copy++) {
      const clicked = env.chosen[copy] === 0
      const events = eventsOf(env).filter(event => event.copy === copy)
      const seen = [...before.subarray(copy * 5, copy * 5 + 4)]
      const expected = first[copy] ? [[eventCode.view, seen.indexOf(1)]] : []
      expected.push([eventCode.impression, 2])
      if (clicked) {
        const now = env.observations.subarray(copy * 5, copy * 5 + 4)
        expected.push([eventCode.click, 2], [eventCode.view, now.findIndex((count, product) => count > seen[product]!)])
      }
      expect(events.map(({ kind, item }) => [kind, item])).toEqual(expected)
      expect([env.rewards[copy], env.terminated[copy]]).toEqual(clicked ? [1, 0] : [0, 1])
      expect(env.observations[copy * 5 + 4]).toBe(1)
      first[copy] = clicked ? 0 : 1
      clicks += clicked ? 1 : 0
    }
  }
  expect(clicks).toBeGreaterThan(5)
})

test('the history is all views of the visit, each told once; the context those since the last recommendation', () => {
  const copies = 8
  const env = recogym(copies, { products: 5 })
  env.reset(6)
  const policy = stream(2, 'policy')
  const told = new Int32Array(copies * 5)
  let visits = 0
  for (let step = 0; step < 1500; step++) {
    env.step(randomActions(env, policy))
    const inStep = new Int32Array(copies)
    for (const { copy, kind, item } of eventsOf(env)) {
      if (kind === eventCode.impression) inStep[copy] = 0
      if (kind !== eventCode.view) continue
      told[copy * 5 + item]!++
      inStep[copy]!++
    }
    for (let copy = 0; copy < copies; copy++) {
      const row = env.terminated[copy] ? env.finalObservations : env.observations
      expect([...row.subarray(copy * 6, copy * 6 + 6)]).toEqual([...told.subarray(copy * 5, copy * 5 + 5), inStep[copy]])
      if (!env.terminated[copy]) continue
      visits++
      told.fill(0, copy * 5, copy * 5 + 5)
      expect(env.observations.subarray(copy * 6, copy * 6 + 5).some(count => count > 0)).toBe(true)
    }
  }
  expect(visits).toBeGreaterThan(50)
})

test('the best product is the likeliest click, and the oracle the mean reward of many tries', () => {
  const copies = 1000
  const everyone = Array.from({ length: copies }, (_, copy) => copy)
  const env = recogym(copies, { popularityDeviation: 5 })
  env.reset(1)
  const snapshot = env.save(3)
  const expected = new Float64Array(copies)
  const chances = Array.from({ length: 10 }, (_, product) => {
    expectedReward(env, new Int32Array(copies).fill(product), expected)
    return expected[3]!
  })
  const best = new Int32Array(copies)
  bestActions(env, best)
  expect(chances[best[3]!]).toBe(Math.max(...chances))
  const worst = chances.indexOf(Math.min(...chances))
  expect(chances[best[3]!]! / chances[worst]!).toBeGreaterThan(2)
  for (const product of [best[3]!, worst]) {
    const actions = new Int32Array(copies).fill(product)
    let clicks = 0
    for (let round = 0; round < 40; round++) {
      env.load(snapshot, everyone, round)
      env.step(actions)
      clicks += env.rewards.reduce((sum, reward) => sum + reward, 0)
    }
    const [chance, tries] = [chances[product]!, 40 * copies]
    expect(Math.abs(clicks / tries - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / tries))
  }
})

test('who knows the taste gets far more clicks than who shows products at random', () => {
  const random = play(recogym(200), randomPolicy(1), 6, 1).clickThroughRate
  const oracle = play(recogym(200), bestActions, 3, 1).clickThroughRate
  expect(random).toBeLessThan(0.75 * oracle)
})

test('two policies under one seed meet the same luck until somebody clicks', () => {
  const [one, other] = [recogym(40), recogym(40)]
  for (const env of [one, other]) env.reset(9)
  const parted = new Uint8Array(40)
  for (let step = 0; step < 60; step++) {
    one.step(new Int32Array(40).fill(4))
    other.step(new Int32Array(40).fill(2))
    for (let copy = 0; copy < 40; copy++) {
      if (one.chosen[copy] !== other.chosen[copy]) parted[copy] = 1
      if (parted[copy]) continue
      expect([...one.observations.subarray(copy * 11, copy * 11 + 11)]).toEqual([...other.observations.subarray(copy * 11, copy * 11 + 11)])
    }
  }
  const many = parted.reduce((sum, flag) => sum + flag, 0)
  expect([many > 0, many < 40]).toEqual([true, true])
})

test('copy i of a trace is drawn by RandomState(seed + i)', () => {
  const many = recogym(3, { numpyTrace: true })
  many.reset(42)
  for (let copy = 0; copy < 3; copy++) {
    const alone = recogym(1, { numpyTrace: true })
    alone.reset(42 + copy)
    expect(alone.save(0)).toEqual(many.save(copy))
  }
})

test('a snapshot of a trace whose future was redrawn can be saved and loaded again', () => {
  const env = recogym(2, { ...short, numpyTrace: true })
  env.reset(1)
  env.load(env.save(0), [0], 77)
  env.step(Int32Array.of(1, 1))
  env.load(JSON.parse(JSON.stringify(env.save(0))), [1])
  for (let step = 0; step < 30; step++) {
    env.step(Int32Array.of(step % 10, step % 10))
    expect(shownOf(env, 1)).toEqual(shownOf(env, 0))
  }
})

test('the spec holds what it takes to make the same shop again, also through JSON', () => {
  expect(recogym(1, { preset: 'default' }).spec).toMatchObject({ preset: 'default', options: { preset: 'default' } })
  for (const options of Object.values(variants)) {
    const env = recogym(2, options)
    const again = recogym(2, JSON.parse(JSON.stringify(env.spec.options)))
    expect(again.spec).toEqual(env.spec)
    for (const shop of [env, again]) shop.reset(1)
    for (let step = 0; step < 40; step++) {
      for (const shop of [env, again]) shop.step(Int32Array.of(step % 3, 1))
      expect(shownOf(again, 1)).toEqual(shownOf(env, 1))
    }
  }
})

test('it tells who came, what was shown and viewed', () => {
  const env = recogym(1, { organicToBandit: 1, leaveOrganic: 0, banditToOrganic: 1, leaveBandit: 0, products: 2 })
  env.reset(1)
  expect(describe(env)).toBe('user 1, 1 view so far: has come in')
  env.step(Int32Array.of(1))
  expect(describe(env)).toMatch(/^user 1, 2 views so far: shown product 1; looked at product [01], product [01]; reward 0\.00$/)
})

test('users are counted in each copy, also those who left before a recommendation', () => {
  const env = recogym(50, { leaveOrganic: 0.7, leaveBandit: 1, banditToOrganic: 0 })
  env.reset(1)
  let visits = 50
  for (let step = 0; step < 40; step++) {
    env.step(new Int32Array(50))
    for (let copy = 0; copy < 50; copy++) visits += env.terminated[copy]!
  }
  const users = env.users.reduce((sum, number) => sum + number, 0)
  // .25 of .95 sessions lead to a recommendation.
  expect(Math.abs(visits / users - 0.25 / 0.95)).toBeLessThan(4 * Math.sqrt(0.2 / users))
})

test('a bad action is refused with its value, and nothing has moved', () => {
  const env = recogym(2)
  env.reset(1)
  env.step(Int32Array.of(1, 2))
  const before = [env.save(0), env.save(1), shownOf(env, 0), shownOf(env, 1)]
  const bad: [unknown, string][] = [
    [Int32Array.of(0, 10), 'the action of copy 1 is 10; it must be a whole number between 0 and 9'],
    [Int32Array.of(-1, 0), 'the action of copy 0 is -1'],
    [Int32Array.of(0), 'actions has 1 numbers; it must have one for each of the 2 copies'],
    [[0, Number.NaN], 'the action of copy 1 is NaN'],
  ]
  for (const [actions, message] of bad) {
    expect(() => env.step(actions as Int32Array)).toThrow(message)
    expect([env.save(0), env.save(1), shownOf(env, 0), shownOf(env, 1)]).toEqual(before)
  }
  const snapshot = env.save(0)
  expect(() => env.load({ ...snapshot, state: { ...snapshot.state, place: [gone] } }, [1])).toThrow("the snapshot's place is 2")
  expect(() => env.load(recogymSnapshot({ products: 11 }), [1])).toThrow("the snapshot's views must have 10 numbers; it has 11")
  expect([env.save(0), env.save(1), shownOf(env, 0), shownOf(env, 1)]).toEqual(before)
})

function recogymSnapshot(options: RecogymOptions) {
  const env = recogym(1, options)
  env.reset(1)
  return env.save(0)
}

test('a seed that NumPy does not take is refused in a trace, and the visit goes on', () => {
  const env = recogym(1, { numpyTrace: true })
  env.reset(5)
  const before = env.save(0)
  for (const seed of [-1, 1.5, 2 ** 32, Number.NaN]) expect(() => env.reset(seed)).toThrow(`seed is ${seed}`)
  expect(env.save(0)).toEqual(before)
  env.step(Int32Array.of(3))
})

test('a bad option is refused by name, with its value and what is allowed', () => {
  const bad: [unknown, string][] = [
    [{ product: 5 }, 'recogym has no option "product"; its options are preset, products, factors, worldSeed'],
    [{ preset: 'published' }, 'preset is "published"; it must be one of default'],
    [{ products: 0 }, 'products is 0; it must be a whole number between 1 and 10000'],
    [{ products: Number.NaN }, 'products is NaN'],
    [{ factors: 0.5 }, 'factors is 0.5; it must be a whole number between 1 and 100'],
    [{ worldSeed: -1 }, 'worldSeed is -1; it must be a whole number between 0 and 4294967295'],
    [{ tasteDrift: -1 }, 'tasteDrift is -1; it must be a number between 0 and 100'],
    [{ tasteDeviation: '1' }, 'tasteDeviation is "1"'],
    [{ flips: 6 }, 'flips is 6; it must be a whole number between 0 and 5'],
    [{ organicToBandit: 0 }, 'organicToBandit is 0; it must be a number between 0.01 and 1'],
    [{ leaveBandit: 1.5 }, 'leaveBandit is 1.5; it must be a number between 0 and 1'],
    [{ leaveOrganic: 0.9 }, 'organicToBandit is 0.25 and leaveOrganic 0.9; their sum must be at most 1, it is 1.15'],
    [{ banditToOrganic: 0.995 }, 'banditToOrganic is 0.995 and leaveBandit 0.01; their sum must be at most 1'],
    [{ numpyTrace: 1 }, 'numpyTrace is 1; it must be true or false'],
    [{ horizon: 0 }, 'horizon is 0'],
  ]
  for (const [options, message] of bad) expect(() => recogym(1, options as RecogymOptions)).toThrow(message)
  expect(() => recogym(0)).toThrow('copies is 0; it must be a whole number between 1 and 100000')
})
