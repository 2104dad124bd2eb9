import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cartPole } from '../../src/envs/classic/cart-pole'
import type { Env } from '../../src/envs/env'
import { expectedReward } from '../../src/envs/oracle'
import { makeEnv } from '../../src/envs/registry'
import { shopProperties } from './shop-properties'

type State = readonly [position: number, velocity: number, angle: number, angularVelocity: number]

/** Puts copy 0 into a state of our choice. */
function put(env: Env, state: readonly number[], step = 0): void {
  env.reset(1)
  const [position, velocity, angle, angularVelocity] = state.map(value => [value])
  const saved = { ...env.save(0).state, position, velocity, angle, angularVelocity, steps: [step] }
  env.load({ env: 'cart-pole', state: saved }, [0])
}

function stateOf(env: Env): number[] {
  const { position, velocity, angle, angularVelocity } = env.save(0).state as Record<string, number[]>
  return [position!, velocity!, angle!, angularVelocity!].flat()
}

/**
 * The same physics by another road: the two equations of motion as they come from Lagrange's equations, solved as a linear system.
 *
 *   (whole mass)        · cart'' + (pole mass · l · cos) · angle'' = force + pole mass · l · angle'² · sin
 *   (pole mass · l · cos) · cart'' + (4/3 · pole mass · l²) · angle'' = pole mass · g · l · sin
 */
function euler([x, v, angle, omega]: State, action: number): State {
  const [cart, pole, l, g, tau] = [1, 0.1, 0.5, 9.8, 0.02]
  const [a, b, d] = [cart + pole, pole * l * Math.cos(angle), (4 / 3) * pole * l * l]
  const [right, turn] = [(action === 1 ? 10 : -10) + pole * l * omega ** 2 * Math.sin(angle), pole * g * l * Math.sin(angle)]
  const determinant = a * d - b * b
  return [
    x + tau * v,
    v + (tau * (right * d - b * turn)) / determinant,
    angle + tau * omega,
    omega + (tau * (a * turn - b * right)) / determinant,
  ]
}

test('from rest, a push moves the velocities alone, by numbers worked by hand', () => {
  const env = cartPole(1)
  put(env, [0, 0, 0, 0])
  env.step(Int32Array.of(1))
  // push 10/1.1; angle'' = -(10/1.1) / (.5 · (4/3 - .1/1.1)) = -(100/11) / (41/66) = -600/41; cart'' = 100/11 + .05 · (600/41) / 1.1 = 400/41
  const [position, velocity, angle, angularVelocity] = stateOf(env)
  expect([position, angle]).toEqual([0, 0])
  expect(velocity).toBeCloseTo((0.02 * 400) / 41, 14)
  expect(angularVelocity).toBeCloseTo((-0.02 * 600) / 41, 14)

  // The second step moves what the first one set going: by the velocities before it.
  env.step(Int32Array.of(0))
  expect(stateOf(env)[0]).toBeCloseTo((0.02 * 0.02 * 400) / 41, 14)
  expect(stateOf(env)[2]).toBeCloseTo((-0.02 * 0.02 * 600) / 41, 14)
  expect(stateOf(env)[1]).toBeCloseTo(0, 3)
})

test('every step is that of the equations of motion, whatever the state', () => {
  const within = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true })
  fc.assert(
    fc.property(within(2.3), within(3), within(0.15), within(2.5), fc.integer({ min: 0, max: 1 }), (x, v, angle, omega, action) => {
      const env = cartPole(1)
      put(env, [x, v, angle, omega])
      env.step(Int32Array.of(action))
      const expected = euler([x, v, angle, omega], action)
      for (const [at, value] of stateOf(env).entries()) expect(value).toBeCloseTo(expected[at]!, 12)
      expect([...env.observations]).toEqual(stateOf(env).map(Math.fround))
    }),
  )
})

test('left and right mirror each other', () => {
  const [here, there] = [cartPole(1), cartPole(1)]
  put(here, [0.3, -0.2, 0.05, 0.4])
  put(there, [-0.3, 0.2, -0.05, -0.4])
  for (const action of [1, 1, 0, 1]) {
    here.step(Int32Array.of(action))
    there.step(Int32Array.of(1 - action))
    expect(stateOf(there)).toEqual(stateOf(here).map(value => -value))
  }
})

test('episodes start within .05 of upright rest, each differently', () => {
  const env = cartPole(500)
  env.reset(3)
  const sorted = [...env.observations].sort((a, b) => a - b)
  expect(sorted[0]).toBeGreaterThanOrEqual(-0.05)
  expect(sorted.at(-1)).toBeLessThanOrEqual(0.05)
  expect(sorted[0]).toBeLessThan(-0.0495)
  expect(sorted.at(-1)).toBeGreaterThan(0.0495)
  expect(new Set(sorted).size).toBeGreaterThan(1990)
})

test.each([
  ['the cart beyond 2.4 to the right', [2.39, 1, 0, 0], true],
  ['the cart beyond 2.4 to the left', [-2.39, -1, 0, 0], true],
  ['the cart just inside', [2.39, 0.4, 0, 0], false],
  ['the pole beyond 12 degrees to the right', [0, 0, 0.2, 0.5], true],
  ['the pole beyond 12 degrees to the left', [0, 0, -0.2, -0.5], true],
  ['the pole just inside: 12 degrees are .2094', [0, 0, 0.2, 0.45], false],
])('%s: terminated or not, reward 1', (_, state, falls) => {
  const env = cartPole(1)
  put(env, state)
  env.step(Int32Array.of(1))
  expect([env.rewards[0], env.terminated[0], env.truncated[0]]).toEqual([1, falls ? 1 : 0, 0])
  if (!falls) return
  // The last observation is kept apart, and the next episode has begun.
  expect(Math.max(...env.finalObservations.map(Math.abs))).toBeGreaterThan(0.2)
  expect(Math.max(...env.observations.map(Math.abs))).toBeLessThanOrEqual(0.05)
  expect(env.save(0).state.steps).toEqual([0])
})

test('whoever stands is cut off after 500 steps; whoever falls in that step has fallen', () => {
  const env = cartPole(1)
  env.reset(5)
  let [steps, sum] = [0, 0]
  while (!env.truncated[0]) {
    const [position, velocity, angle, angularVelocity] = stateOf(env) as [number, number, number, number]
    env.step(Int32Array.of(angle + 0.3 * angularVelocity + 0.02 * position + 0.03 * velocity > 0 ? 1 : 0))
    expect(env.terminated[0]).toBe(0)
    sum += env.rewards[0]!
    steps++
  }
  expect([steps, sum, env.spec.horizon]).toEqual([500, 500, 500])

  put(env, [0, 0, 0.2, 0.5], 499)
  env.step(Int32Array.of(0))
  expect([env.terminated[0], env.truncated[0]]).toEqual([1, 0])
})

test('length cuts episodes off earlier, and the shop is made again from its spec', () => {
  const first = cartPole(2, { length: 3 })
  const env = makeEnv(first.spec.name, 2, first.spec.options)
  env.reset(1)
  for (const cutOff of [0, 0, 1, 0, 0, 1]) {
    env.step(Int32Array.of(0, 1))
    expect([...env.truncated]).toEqual([cutOff, cutOff])
  }
})

shopProperties({ 'cart-pole': copies => cartPole(copies), 'cart-pole, 9 steps': copies => cartPole(copies, { length: 9 }) }, { runs: 4 })

test('a future seed changes the starts that follow, not the fall itself', () => {
  const env = cartPole(3)
  env.reset(1)
  const snapshot = env.save(0)
  env.load(snapshot, [1])
  env.load(snapshot, [2], 7)
  while (!env.terminated[0]) env.step(new Int32Array(3).fill(1))
  const rows = (buffer: Float32Array) => [0, 1, 2].map(copy => [...buffer.subarray(4 * copy, 4 * copy + 4)])
  expect([...env.terminated]).toEqual([1, 1, 1])
  const [last, next] = [rows(env.finalObservations), rows(env.observations)]
  expect([last[1], last[2]]).toEqual([last[0], last[0]])
  expect(next[1]).toEqual(next[0])
  expect(next[2]).not.toEqual(next[0])
})

test('the expected reward is 1, whatever is done', () => {
  const env = cartPole(2)
  env.reset(1)
  const out = new Float64Array(2)
  expectedReward(env, Int32Array.of(0, 1), out)
  expect([...out]).toEqual([1, 1])
})

test('what cannot be is refused', () => {
  const env = cartPole(2)
  env.reset(1)
  const saved = env.save(0)
  expect(() => env.load({ ...saved, state: { ...saved.state, angle: [Number.NaN] } }, [0])).toThrow("the snapshot's angle is NaN")
  expect(() => cartPole(0)).toThrow('copies is 0')
  expect(() => cartPole(1, { length: 0 })).toThrow('length is 0')
  expect(() => makeEnv('cart-pole', 1, { gravity: 1 })).toThrow('cart-pole has no option "gravity"; its options are length')
})
