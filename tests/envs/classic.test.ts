import { expect, test } from 'vitest'
import { identity } from '../../src/envs/classic/identity'
import { type ProbeName, probe, probeNames } from '../../src/envs/classic/probes'
import { expectedReward } from '../../src/envs/oracle'
import { makeEnv } from '../../src/envs/registry'
import { randomActions } from '../../src/envs/spaces'
import { stream } from '../../src/random/generator'
import { shopProperties } from './shop-properties'

const classics = ['identity', ...probeNames.map(name => `probe-${name}`)]

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

shopProperties(Object.fromEntries(classics.map(name => [name, (copies: number) => makeEnv(name, copies)])), { steps: 120, runs: 4 })

test('nothing is left to chance in the reward: it is the one expected', () => {
  for (const name of classics) {
    const env = makeEnv(name, 5)
    env.reset(1)
    const actions = new Int32Array(5)
    const expected = new Float64Array(5)
    for (let step = 0; step < 8; step++) {
      randomActions(env.spec.actions, stream(step, 'policy'), actions)
      expectedReward(env, actions, expected)
      env.step(actions)
      expect(env.rewards).toEqual(expected)
    }
  }
})

test('what does not exist is refused', () => {
  expect(() => probe('sixth' as ProbeName, 1)).toThrow('the probes are constant, observation, delay, action, both')
  expect(probeNames.length).toBe(5)
  expect(() => identity(1, { n: 0 })).toThrow('n is 0')
  expect(() => makeEnv('identity', 1, { lenght: 5 })).toThrow('identity has no option "lenght"; its options are n, length')
  expect(() => makeEnv('probe-action', 1, { n: 5 })).toThrow('probe-action has no option "n"; it has none')
  expect(() => probe('action', 0)).toThrow('copies is 0')
})
