import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describe } from '../../src/envs/describe'
import type { Env } from '../../src/envs/env'
import { eventKinds } from '../../src/envs/events'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { clusterMeanQuality } from '../../src/envs/recsim-cluster-quality'
import { type InterestEvolutionOptions, interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { actionWidth, randomActions } from '../../src/envs/spaces'
import { stream } from '../../src/random/generator'
import { shopProperties } from './shop-properties'
import { eventsOf, meanAndError } from './support'

shopProperties(
  {
    'interest evolution': copies => interestEvolution(copies),
    'interest evolution, three of five, short': copies => interestEvolution(copies, { candidates: 5, slate: 3, timeBudget: 20 }),
    'interest evolution, cut off': copies => interestEvolution(copies, { candidates: 3, clusters: 4, horizon: 9 }),
  },
  { steps: 120, runs: 5 },
)

interface Situation {
  readonly interests: readonly number[]
  readonly budget?: number
  readonly documents: readonly number[]
}

/** A shop of `copies` equal users, who differ in their luck alone. */
function inSituation(copies: number, { interests, budget = 200, documents }: Situation, options: InterestEvolutionOptions): Env {
  const env = interestEvolution(copies, { candidates: documents.length, clusters: interests.length, ...options })
  env.reset(1)
  const snapshot = env.save(0)
  const all = Array.from({ length: copies }, (_, copy) => copy)
  env.load({ ...snapshot, state: { ...snapshot.state, interests, budget: [budget], documents } }, all, 7)
  return env
}

const stateOf = (env: Env, copy = 0) => env.save(copy).state as Record<'interests' | 'budget' | 'documents', number[]>

/** With it, one document that is liked at all is clicked for certain. */
const certain = { slate: 1, noClickScore: -1, qualityDeviation: 0 }

test('the row shows the interests and the cluster of each candidate, and nothing of budget and quality', () => {
  const env = inSituation(1, { interests: [0.5, -0.25, 1], documents: [2, 0] }, {})
  expect([...env.observations]).toEqual([0.5, -0.25, 1, 0, 0, 1, 1, 0, 0])
})

test('mean qualities: fourteen from -3 to 0, six from 0 to 3', () => {
  const quality = clusterMeanQuality(interestEvolution(1))
  expect(quality.length).toBe(20)
  expect([quality[0], quality[13], quality[14], quality[19]]).toEqual([-3, 0, 0, 3])
  expect(quality[1]).toBeCloseTo(-3 + 3 / 13, 12)
  expect(quality[15]).toBeCloseTo(0.6, 12)
  expect([...clusterMeanQuality(interestEvolution(1, { clusters: 3, lowestQuality: -1, highestQuality: 2 }))]).toEqual([-1, 0, 0])
  expect([...clusterMeanQuality(interestEvolution(1, { clusters: 1 }))]).toEqual([0])
  expect(() => clusterMeanQuality({ spec: { name: 'identity' } } as Env)).toThrow('the shop is identity')
})

// Of five clusters (-3, -1.5, 0, 0, 3) the middle one has the mean quality 0: four minutes are gone. The best gives back 4 · 3 · .9 / 3.4.
test('a click, worked by hand: four minutes are watched, and good ones are given back', () => {
  const interests = [0.5, 0.5, 0.5, 0.5, 0.5]
  const middle = inSituation(1, { interests, documents: [2] }, certain)
  middle.step(Int32Array.of(0))
  expect([middle.rewards[0], middle.chosen[0], stateOf(middle).budget[0]]).toEqual([4, 0, 196])
  const best = inSituation(1, { interests, documents: [4] }, certain)
  best.step(Int32Array.of(0))
  expect(stateOf(best).budget[0]).toBeCloseTo(200 - 4 + (0.9 / 3.4) * 12, 12)
})

test('a document varies about the quality of its cluster', () => {
  const copies = 4000
  const env = inSituation(copies, { interests: [0.5, 0.5], documents: [0] }, { slate: 1, noClickScore: -1, qualityReturn: 1 })
  env.step(new Int32Array(copies))
  const qualities = Array.from({ length: copies }, (_, copy) => (stateOf(env, copy).budget[0]! - 196) / 4)
  const { mean, error } = meanAndError(qualities)
  expect(Math.abs(mean - -3)).toBeLessThan(4 * error)
  expect(error * Math.sqrt(copies)).toBeCloseTo(0.1, 2)
})

test('without a click half a minute is lost, and nothing else happens', () => {
  const env = inSituation(1, { interests: [-1, -1], documents: [0, 1] }, { slate: 2 })
  env.step(Int32Array.of(1, 0))
  expect([env.rewards[0], env.chosen[0], env.terminated[0]]).toEqual([0, -1, 0])
  expect(stateOf(env)).toMatchObject({ budget: [199.5], interests: [-1, -1] })
})

// .3 · (1 - .5) · (1 - .5) = .075, up with probability .75; at -.5 it is .3 · .5 · 1.5 = .225, up with probability .25.
test('an interest moves by .3 (1 - |x|) (1 - x), up with probability (1 + x) / 2', () => {
  const copies = 4000
  for (const [interest, move, chance] of [
    [0.5, 0.075, 0.75],
    [-0.5, 0.225, 0.25],
  ] as const) {
    const env = inSituation(copies, { interests: [interest, 0.1], documents: [0] }, certain)
    env.step(new Int32Array(copies))
    let ups = 0
    for (let copy = 0; copy < copies; copy++) {
      const { interests } = stateOf(env, copy)
      const moved = interests[0]! - interest
      expect(Math.abs(moved)).toBeCloseTo(move, 12)
      expect(interests[1]).toBe(0.1)
      if (moved > 0) ups++
    }
    expect(Math.abs(ups / copies - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / copies))
  }
})

test('an interest stays within -1 and 1', () => {
  const env = inSituation(200, { interests: [-0.5, 0], documents: [0] }, { ...certain, interestStep: 1 })
  env.step(new Int32Array(200))
  const seen = new Set(Array.from({ length: 200 }, (_, copy) => stateOf(env, copy).interests[0]))
  expect(seen).toEqual(new Set([-1, 0.25]))
})

test('with less than four minutes left, what is left is watched; a bad video ends the session, a good one gives some back', () => {
  const interests = [0.5, 0.5, 0.5, 0.5, 0.5]
  const bad = inSituation(1, { interests, budget: 3, documents: [0] }, certain)
  bad.step(Int32Array.of(0))
  expect([bad.rewards[0], bad.terminated[0], bad.truncated[0]]).toEqual([3, 1, 0])
  expect(describe(bad)).toContain('0.0 minutes left')
  expect(stateOf(bad).budget).toEqual([200])
  const good = inSituation(1, { interests, budget: 3, documents: [4] }, certain)
  good.step(Int32Array.of(0))
  expect([good.rewards[0], good.terminated[0]]).toEqual([3, 0])
  expect(stateOf(good).budget[0]).toBeCloseTo((3 * 3 * 0.9) / 3.4, 12)
  // The last half minute is spent on looking: 0 is not above 0.
  const looking = inSituation(1, { interests: [-1, -1], budget: 0.5, documents: [0] }, { slate: 1 })
  looking.step(Int32Array.of(0))
  expect(looking.terminated[0]).toBe(1)
})

// Masses 1.5, .5 and 2 for none: half of the slates are clicked, so 2 of 4 minutes are expected, and the first three times as often.
test('the oracle is the mean over many users, and the choice as the masses say', () => {
  const copies = 20_000
  const env = inSituation(copies, { interests: [0.5, -0.5], documents: [0, 1, 1] }, {})
  const actions = new Int32Array(copies * 2).map((_, at) => at % 2)
  const expected = new Float64Array(copies)
  expectedReward(env, actions, expected)
  expect(expected[0]).toBe(2)
  env.step(actions)
  const { mean, error } = meanAndError([...env.rewards])
  expect(Math.abs(mean - 2)).toBeLessThan(4 * error)
  const firsts = env.chosen.filter(place => place === 0).length
  const seconds = env.chosen.filter(place => place === 1).length
  expect(Math.abs(firsts / copies - 0.375)).toBeLessThan(0.014)
  expect(Math.abs(seconds / copies - 0.125)).toBeLessThan(0.01)
})

test('expected minutes lie between 0 and what can be watched, and no slate is expected to bring more than the best', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 30 }), (seed, slate, steps) => {
      const env = interestEvolution(3, { candidates: 6, slate, timeBudget: 25 })
      env.reset(seed)
      const policy = stream(seed, 'policy')
      const actions = new Int32Array(env.copies * actionWidth(env.spec.actions))
      for (let step = 0; step < steps; step++) {
        randomActions(env.spec.actions, policy, actions)
        env.step(actions)
      }
      const [expected, best] = [new Float64Array(3), new Float64Array(3)]
      randomActions(env.spec.actions, policy, actions)
      expectedReward(env, actions, expected)
      bestActions(env, actions)
      expectedReward(env, actions, best)
      for (let copy = 0; copy < 3; copy++) {
        const most = Math.min(4, stateOf(env, copy).budget[0]!)
        expect(expected[copy]! >= 0 && expected[copy]! <= best[copy]! + 1e-12 && best[copy]! <= most).toBe(true)
      }
    }),
    { numRuns: 30 },
  )
})

test('interests stay in -1 to 1 and every candidate is of one cluster, whatever is shown', () => {
  const env = interestEvolution(4, { candidates: 4, clusters: 5 })
  const actions = new Int32Array(8)
  const policy = stream(2, 'policy')
  env.reset(2)
  for (let step = 0; step < 300; step++) {
    randomActions(env.spec.actions, policy, actions)
    env.step(actions)
    for (let copy = 0; copy < 4; copy++) {
      const row = env.observations.subarray(copy * 25, (copy + 1) * 25)
      for (const interest of row.subarray(0, 5)) expect(interest >= -1 && interest <= 1).toBe(true)
      for (let from = 5; from < 25; from += 5)
        expect([...row.subarray(from, from + 5)].sort((one, other) => one - other)).toEqual([0, 0, 0, 0, 1])
    }
  }
})

test('two policies under one seed are offered the same documents', () => {
  const [one, other] = [interestEvolution(1), interestEvolution(1)]
  one.reset(5)
  other.reset(5)
  for (let step = 0; step < 20; step++) {
    expect(stateOf(one).documents).toEqual(stateOf(other).documents)
    one.step(Int32Array.of(0, 1))
    other.step(Int32Array.of(9, 5))
  }
  expect(one.save(0).state.generator).toEqual(other.save(0).state.generator)
  expect(stateOf(one).interests).not.toEqual(stateOf(other).interests)
})

test('events and the line of text name clusters', () => {
  const env = inSituation(1, { interests: [0.5, 0.9, 0], documents: [1, 2, 0] }, { noClickScore: -1, slate: 2 })
  expect(describe(env)).toBe('user fondest of cluster 1, 200.0 minutes left: has come in')
  env.step(Int32Array.of(1, 2))
  const clicked = env.chosen[0]!
  expect(eventsOf(env).map(({ kind, item, position }) => [eventKinds[kind], item, position])).toEqual([
    ['impression', 2, 0],
    ['impression', 0, 1],
    ['click', clicked === 0 ? 2 : 0, clicked],
  ])
  expect(describe(env)).toMatch(/: shown cluster 2, cluster 0; clicked cluster [20]; reward 4\.00$/)
})

test('options: the same shop can be built again, and the usual cap grows with the budget', () => {
  const env = interestEvolution(1, { slate: 3, timeBudget: 500 })
  expect(env.spec.horizon).toBe(2500)
  expect(interestEvolution(1, env.spec.options).spec).toEqual(env.spec)
  expect(interestEvolution(1, { preset: 'default' }).spec).toMatchObject({ preset: 'default', options: { preset: 'default' } })
  expect(interestEvolution(1, { timeBudget: 2 }).spec.horizon).toBe(100)
  expect(interestEvolution(1, { candidates: 1 }).spec.actions).toEqual({ kind: 'slate', candidates: 1, size: 1 })
})

test('what cannot be is refused by name', () => {
  const bad: [InterestEvolutionOptions, string][] = [
    [{ candidates: 0 }, 'candidates is 0; it must be a whole number between 1 and 1000'],
    [{ slate: 11 }, 'slate is 11; it must be a whole number between 1 and 10'],
    [{ slate: 0 }, 'slate is 0'],
    [{ clusters: 0 }, 'clusters is 0'],
    [{ timeBudget: Number.NaN }, 'timeBudget is NaN'],
    [{ timeBudget: 0 }, 'timeBudget is 0'],
    [{ documentLength: -4 }, 'documentLength is -4'],
    [{ noClickScore: -1.1 }, 'noClickScore is -1.1; it must be a number between -1 and 1000'],
    [{ noClickPenalty: -1 }, 'noClickPenalty is -1'],
    [{ lowestQuality: Infinity }, 'lowestQuality is Infinity'],
    [{ highestQuality: Number.NaN }, 'highestQuality is NaN'],
    [{ qualityDeviation: -0.1 }, 'qualityDeviation is -0.1'],
    [{ qualityReturn: 11 }, 'qualityReturn is 11'],
    [{ interestStep: 1.5 }, 'interestStep is 1.5; it must be a number between 0 and 1'],
    [{ horizon: 0.5 }, 'horizon is 0.5'],
    [{ preset: 'published' } as never, 'preset is "published"; it must be one of default'],
  ]
  for (const [options, message] of bad) expect(() => interestEvolution(1, options)).toThrow(message)
  expect(() => interestEvolution(0)).toThrow('copies is 0')
})

test('a snapshot that does not fit is refused and nothing has moved', () => {
  const env = interestEvolution(2)
  env.reset(1)
  const { env: name, state } = env.save(0)
  const before = [env.save(0), env.save(1)]
  for (const wrong of [
    { budget: [0] },
    { interests: new Array(20).fill(1.5) },
    { documents: new Array(10).fill(20) },
    { documents: [1] },
  ]) {
    expect(() => env.load({ env: name, state: { ...state, ...wrong } }, [0, 1])).toThrow("the snapshot's")
    expect([env.save(0), env.save(1)]).toEqual(before)
  }
})
