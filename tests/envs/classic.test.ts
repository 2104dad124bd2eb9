import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identity } from '../../src/envs/classic/identity'
import { type ProbeName, probe, probeNames } from '../../src/envs/classic/probes'
import { expectedReward } from '../../src/envs/oracle'
import { envNames, makeEnv } from '../../src/envs/registry'
import { stream } from '../../src/random/generator'
import { randomActions, shownOf } from './support'

const classics = envNames.filter(name => name !== 'candy-store')

function one(name: ProbeName, action: number) {
  const env = probe(name, 1)
  env.reset(1)
  const before = env.observations[0]!
  env.step(Int32Array.of(action))
  return { env, before, reward: env.rewards[0] }
}

test('constant: reward 1 and over', () => {
  const { env, before, reward } = one('constant', 0)
  expect([before, reward, env.terminated[0], env.truncated[0]]).toEqual([0, 1, 1, 0])
})

test('observation: the reward is the observation, -1 or 1', () => {
  const env = probe('observation', 200)
  env.reset(1)
  const before = [...env.observations]
  env.step(new Int32Array(200))
  expect([...env.rewards]).toEqual(before)
  expect(new Set(before)).toEqual(new Set([-1, 1]))
})

test('delay: 0, then 1 at the second step', () => {
  const { env, before, reward } = one('delay', 0)
  expect([before, reward, env.terminated[0], env.observations[0]]).toEqual([0, 0, 0, 1])
  env.step(Int32Array.of(0))
  expect([env.rewards[0], env.terminated[0], env.observations[0]]).toEqual([1, 1, 0])
})

test('action: the second action pays', () => {
  expect([one('action', 0).reward, one('action', 1).reward]).toEqual([-1, 1])
})

test('both: which action pays depends on the observation', () => {
  const env = probe('both', 200)
  env.reset(1)
  const before = [...env.observations]
  env.step(new Int32Array(200).fill(1))
  expect([...env.rewards]).toEqual(before)
  const second = [...env.observations]
  env.step(new Int32Array(200))
  expect([...env.rewards]).toEqual(second.map(seen => -seen))
})

test('identity: 1 for the action that equals the observation, a hundred times, then truncated', () => {
  const env = identity(1, { n: 4 })
  env.reset(1)
  for (let step = 1; step <= 100; step++) {
    const right = env.observations.indexOf(1)
    expect([...env.observations].filter(value => value !== 0)).toEqual([1])
    env.step(Int32Array.of(step % 2 === 0 ? right : (right + 1) % 4))
    expect(env.rewards[0]).toBe(step % 2 === 0 ? 1 : 0)
    expect([env.terminated[0], env.truncated[0]]).toEqual([0, step === 100 ? 1 : 0])
  }
})

test('every one of them: a row is a single copy, and saved, loaded and continued is continued', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...classics), fc.integer({ min: 0, max: 5 }), (seed, name, before) => {
      const many = makeEnv(name, 4)
      const alone = makeEnv(name, 1)
      many.reset(seed, 2)
      alone.reset(seed, 5)
      const policy = stream(seed, 'policy')
      const both = () => {
        const actions = randomActions(many, policy)
        many.step(actions)
        alone.step(actions.subarray(3))
        expect(shownOf(alone, 0)).toEqual(shownOf(many, 3))
      }
      for (let step = 0; step < before; step++) both()
      const other = makeEnv(name, 1)
      other.reset(seed + 1)
      other.load(JSON.parse(JSON.stringify(many.save(3))), [0])
      for (let step = 0; step < 8; step++) {
        const actions = randomActions(many, policy)
        const expected = new Float64Array(1)
        expectedReward(other, actions.subarray(3), expected)
        many.step(actions)
        other.step(actions.subarray(3))
        expect(shownOf(other, 0)).toEqual(shownOf(many, 3))
        expect(other.rewards[0]).toBe(expected[0])
      }
    }),
  )
})

test('what does not exist is refused', () => {
  expect(() => probe('sixth' as ProbeName, 1)).toThrow('the probes are constant, observation, delay, action, both')
  expect(probeNames.length).toBe(5)
  expect(() => identity(1, { n: 0 })).toThrow('n is 0')
  expect(() => makeEnv('identity', 1, { lenght: 5 })).toThrow('identity has no option "lenght"; its options are n, length')
  expect(() => makeEnv('probe-action', 1, { n: 5 })).toThrow('probe-action has no option "n"; it has none')
  expect(() => probe('action', 0)).toThrow('copies is 0')
})

test('a snapshot that does not fit is refused and nothing has moved', () => {
  const env = probe('delay', 2)
  env.reset(1)
  const { env: name, state } = env.save(0)
  const before = [env.save(0), env.save(1), shownOf(env, 0)]
  for (const wrong of [{ step: 2 }, { state: Number.NaN }]) {
    expect(() => env.load({ env: name, state: { ...state, state: 1, ...wrong } }, [0, 1])).toThrow("the snapshot's")
    expect([env.save(0), env.save(1), shownOf(env, 0)]).toEqual(before)
  }
})
