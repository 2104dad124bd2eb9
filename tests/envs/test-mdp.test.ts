import { expect, test } from 'vitest'
import { testMdp, testMdpModel } from '../../src/envs/classic/test-mdp'
import { describe } from '../../src/envs/describe'
import { expectedReward } from '../../src/envs/oracle'
import { shopProperties } from './shop-properties'

const { states, actions, transitions, rewards } = testMdpModel

shopProperties({
  'test-mdp': copies => testMdp(copies, { horizon: 15 }),
  'test-mdp, one-hot': copies => testMdp(copies, { horizon: 7, oneHot: true }),
})

test('the tables are those of the rules: .1, .1, .8 from four states, certainty from two', () => {
  const row = (state: number, action: number) => {
    const from = (state * actions + action) * states
    return [...transitions.subarray(from, from + states)]
  }
  expect(row(0, 0)).toEqual([0, 0.1, 0.1, 0.8, 0, 0])
  expect(row(3, 1)).toEqual([0.1, 0.8, 0, 0, 0, 0.1])
  expect([0, 1, 2, 3].map(action => row(4, action).indexOf(1))).toEqual([5, 0, 1, 2])
  expect([0, 1, 2, 3].map(action => row(5, action).indexOf(1))).toEqual([0, 1, 2, 3])
  expect([...rewards.subarray(3 * actions, 4 * actions)]).toEqual([4, 0, 2, 0])
  for (let at = 0; at < states * actions; at++)
    expect(transitions.subarray(at * states, (at + 1) * states).reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12)
})

test('the shop moves and pays as the tables say', () => {
  const copies = 500
  const env = testMdp(copies, { horizon: 1000 })
  env.reset(3)
  const counts = new Float64Array(transitions.length)
  for (let step = 0; step < 400; step++) {
    const before = env.observations.slice()
    const chosen = Int32Array.from({ length: copies }, (_, copy) => (copy + step) % actions)
    const expected = new Float64Array(copies)
    expectedReward(env, chosen, expected)
    env.step(chosen)
    for (let copy = 0; copy < copies; copy++) {
      const pair = before[copy]! * actions + chosen[copy]!
      counts[pair * states + env.observations[copy]!]!++
      if (env.rewards[copy] !== rewards[pair] || expected[copy] !== rewards[pair]) throw new Error('another reward than the table has')
    }
  }
  for (let pair = 0; pair < states * actions; pair++) {
    const own = counts.subarray(pair * states, (pair + 1) * states)
    const total = own.reduce((sum, count) => sum + count, 0)
    expect(total).toBeGreaterThan(1000)
    for (let next = 0; next < states; next++) {
      const chance = transitions[pair * states + next]!
      const bound = 4.5 * Math.sqrt((chance * (1 - chance)) / total)
      expect(Math.abs(own[next]! / total - chance)).toBeLessThanOrEqual(bound)
    }
  }
})

test('an episode starts in state 0, is cut off at the horizon, and tells of itself', () => {
  const env = testMdp(1, { horizon: 2 })
  env.reset(1)
  expect(env.observations[0]).toBe(0)
  env.step(Int32Array.of(2))
  expect([env.rewards[0], env.truncated[0], env.terminated[0]]).toEqual([-10, 0, 0])
  expect(describe(env)).toMatch(/^state [345]: action 2; reward -10\.00$/)
  env.step(Int32Array.of(0))
  expect([env.truncated[0], env.observations[0]]).toEqual([1, 0])
  expect(describe(env)).toContain('the session was cut off')
})

test('one-hot shows the same state', () => {
  const [id, hot] = [testMdp(1), testMdp(1, { oneHot: true })]
  id.reset(4)
  hot.reset(4)
  for (let step = 0; step < 50; step++) {
    expect([...hot.observations]).toEqual([0, 1, 2, 3, 4, 5].map(state => (state === id.observations[0] ? 1 : 0)))
    id.step(Int32Array.of(step % 4))
    hot.step(Int32Array.of(step % 4))
  }
})

test('what cannot be is refused', () => {
  expect(() => testMdp(1, { horizon: 0 })).toThrow('horizon is 0; it must be a whole number between 1 and 1000000')
  expect(() => testMdp(1, { oneHot: 1 as never })).toThrow('oneHot is 1; it must be true or false')
  expect(() => testMdp(1, { states: 5 } as never)).toThrow('test-mdp has no option "states"; its options are horizon, oneHot')
  expect(() => testMdp(0)).toThrow('copies is 0')
})
