import { expect, test } from 'vitest'
import { describe } from '../../src/envs/describe'
import type { Env } from '../../src/envs/env'
import { eventKinds } from '../../src/envs/events'
import { bestActions, expectedReward } from '../../src/envs/oracle'
import { type LongTermSatisfactionOptions, longTermSatisfaction } from '../../src/envs/recsim-long-term-satisfaction'
import { shopProperties } from './shop-properties'
import { eventsOf, meanAndError } from './support'

shopProperties(
  {
    'long-term satisfaction': copies => longTermSatisfaction(copies),
    'long-term satisfaction, sensitive and short': copies =>
      longTermSatisfaction(copies, { sensitivity: 1, horizon: 7, candidates: 3, innovationDeviation: 1 }),
  },
  { steps: 130, runs: 6 },
)

/** A shop of `copies` equal users, who differ in their luck alone. */
function inSituation(copies: number, exposure: number, clickbait: readonly number[], options: LongTermSatisfactionOptions): Env {
  const env = longTermSatisfaction(copies, { candidates: clickbait.length, ...options })
  env.reset(1)
  const snapshot = env.save(0)
  const all = Array.from({ length: copies }, (_, copy) => copy)
  env.load({ ...snapshot, state: { ...snapshot.state, exposure: [exposure], clickbait } }, all, 7)
  return env
}

const exposureOf = (env: Env, copy = 0) => (env.save(copy).state as { exposure: number[] }).exposure[0]!
const without = { chocDeviation: 0, kaleDeviation: 0, innovationDeviation: 0 }

test('the row shows a zero for the user and the clickbait of each candidate', () => {
  const env = inSituation(1, 3, [0.25, 0.75], {})
  expect([...env.observations]).toEqual([0, 0.25, 0.75])
})

// Clickbait .75 mixes 5 and 4 to 4.75; satisfaction is 1 / (1 + e^-(.1 · 2)). The exposure becomes .7 · 2 - 2 · .25 = .9.
test('a step without chance, worked by hand', () => {
  const env = inSituation(1, 2, [0.25, 0.75], { ...without, sensitivity: 0.1 })
  env.step(Int32Array.of(1))
  expect(env.rewards[0]).toBeCloseTo(Math.exp(4.75 / (1 + Math.exp(-0.2))), 10)
  expect(env.chosen[0]).toBe(0)
  expect(exposureOf(env)).toBeCloseTo(0.9, 12)
  const kale = inSituation(1, 2, [0, 1], { ...without, memory: 0.5 })
  kale.step(Int32Array.of(0))
  expect(exposureOf(kale)).toBeCloseTo(2, 12)
})

test('engagement is lognormal, the exposure normal, and neither tells of the other', () => {
  const copies = 20_000
  // Deviation .75 · .4 + .25 · .8 = .5, mean half of 4.75.
  const env = inSituation(copies, 0, [0.75], { sensitivity: 0, chocDeviation: 0.4, kaleDeviation: 0.8 })
  env.step(new Int32Array(copies))
  const engagement = [...env.rewards].map(reward => (Math.log(reward) - 2.375) / 0.5)
  const innovation = Array.from({ length: copies }, (_, copy) => (exposureOf(env, copy) + 0.5) / 0.05)
  for (const values of [engagement, innovation]) {
    const { mean, error } = meanAndError(values)
    expect(Math.abs(mean)).toBeLessThan(4 * error)
    expect(error * Math.sqrt(copies)).toBeCloseTo(1, 1)
  }
  const product = meanAndError(engagement.map((value, at) => value * innovation[at]!))
  expect(Math.abs(product.mean)).toBeLessThan(4 * product.error)
})

test('the oracle is the mean over many users', () => {
  const copies = 20_000
  const env = inSituation(copies, 1, [0.2, 0.9], { sensitivity: 0.3, chocDeviation: 0.5, kaleDeviation: 0.7 })
  const actions = new Int32Array(copies).fill(1)
  const expected = new Float64Array(copies)
  expectedReward(env, actions, expected)
  // exp(mean + deviation² / 2): deviation .9 · .5 + .1 · .7 = .52, mean 4.9 / (1 + e^-.3).
  expect(expected[0]).toBeCloseTo(Math.exp(4.9 / (1 + Math.exp(-0.3)) + 0.52 ** 2 / 2), 10)
  env.step(actions)
  const { mean, error } = meanAndError([...env.rewards])
  expect(Math.abs(mean - expected[0]!)).toBeLessThan(4 * error)
})

test('the myopic oracle takes the most clickbait, however much it spoils the mood', () => {
  const env = inSituation(1, 0, [0.3, 0.9, 0.6], { sensitivity: 1 })
  const action = new Int32Array(1)
  bestActions(env, action)
  expect(action[0]).toBe(1)
})

test('users begin with an exposure uniform within half of 1 / (1 - memory)', () => {
  const copies = 4000
  const env = longTermSatisfaction(copies)
  env.reset(3)
  const exposures = Array.from({ length: copies }, (_, copy) => exposureOf(env, copy) * 0.3)
  for (const exposure of exposures) expect(Math.abs(exposure)).toBeLessThanOrEqual(0.5)
  const { mean, error } = meanAndError(exposures)
  expect(Math.abs(mean)).toBeLessThan(4 * error)
  expect(error * Math.sqrt(copies)).toBeCloseTo(1 / Math.sqrt(12), 2)
})

test('a session is cut off after 60 steps, and two policies under one seed are offered the same documents', () => {
  const [one, other] = [longTermSatisfaction(1), longTermSatisfaction(1)]
  one.reset(5)
  other.reset(5)
  for (let step = 1; step <= 130; step++) {
    one.step(Int32Array.of(0))
    other.step(Int32Array.of(9))
    expect(one.truncated[0]).toBe(step % 60 === 0 ? 1 : 0)
    expect(one.terminated[0]).toBe(0)
    expect([...one.observations]).toEqual([...other.observations])
  }
  expect(one.save(0).state.generator).toEqual(other.save(0).state.generator)
  expect(exposureOf(one)).not.toBe(exposureOf(other))
})

test('events and the line of text name the clickbait', () => {
  const env = inSituation(1, 0, [0.5, 0.875], without)
  expect(describe(env)).toBe('user with satisfaction 0.50: has come in')
  env.step(Int32Array.of(1))
  expect(eventsOf(env).map(({ kind, item, position }) => [eventKinds[kind], item, position])).toEqual([
    ['impression', 87, 0],
    ['click', 87, 0],
  ])
  expect(describe(env)).toMatch(/: shown a document with clickbait 0\.87; clicked a document with clickbait 0\.87; reward 11\.44$/)
})

test('options: the same shop can be built again', () => {
  const env = longTermSatisfaction(1, { sensitivity: 0.3, candidates: 4 })
  expect(longTermSatisfaction(1, env.spec.options).spec).toEqual(env.spec)
  expect(longTermSatisfaction(1, { preset: 'default' }).spec).toMatchObject({ preset: 'default', options: { preset: 'default' } })
  expect(env.spec.actions).toEqual({ kind: 'slate', candidates: 4, size: 1 })
})

test('what cannot be is refused by name', () => {
  const bad: [LongTermSatisfactionOptions, string][] = [
    [{ candidates: 0 }, 'candidates is 0; it must be a whole number between 1 and 1000'],
    [{ horizon: -1 }, 'horizon is -1'],
    [{ memory: 1 }, 'memory is 1; it must be a number between 0 and 0.999'],
    [{ sensitivity: Number.NaN }, 'sensitivity is NaN'],
    [{ sensitivity: -0.1 }, 'sensitivity is -0.1'],
    [{ innovationDeviation: -1 }, 'innovationDeviation is -1'],
    [{ chocMean: 1000 }, 'chocMean is 1000'],
    [{ chocDeviation: -1 }, 'chocDeviation is -1'],
    [{ kaleMean: Number.NaN }, 'kaleMean is NaN'],
    [{ kaleDeviation: 11 }, 'kaleDeviation is 11'],
    [{ preset: 'published' } as never, 'preset is "published"; it must be one of default'],
    [{ slate: 2 } as never, 'recsim-long-term-satisfaction has no option "slate"'],
  ]
  for (const [options, message] of bad) expect(() => longTermSatisfaction(1, options)).toThrow(message)
  expect(() => longTermSatisfaction(0)).toThrow('copies is 0')
})
