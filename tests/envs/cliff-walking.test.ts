import { expect, test } from 'vitest'
import { cliffWalking, cliffWalkingModel } from '../../src/envs/classic/cliff-walking'
import { expectedReward } from '../../src/envs/oracle'
import { shopProperties } from './shop-properties'

shopProperties({
  'cliff-walking': copies => cliffWalking(copies),
  'cliff-walking, 9 steps': copies => cliffWalking(copies, { horizon: 9 }),
})

const [up, right, down, left] = [0, 1, 2, 3]

/** Walks from the start and tells the cells, and what was paid. */
function walk(steps: readonly number[]) {
  const env = cliffWalking(1)
  env.reset(1)
  const [cells, paid] = [[env.observations[0]!], [] as number[]]
  for (const step of steps) {
    env.step(Int32Array.of(step))
    cells.push((env.terminated[0] ? env.finalObservations : env.observations)[0]!)
    paid.push(env.rewards[0]!)
  }
  return { env, cells, paid }
}

test('along the edge it is 13 steps to the goal, which ends the episode', () => {
  const { env, cells, paid } = walk([up, ...Array<number>(11).fill(right), down])
  expect(cells).toEqual([36, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 47])
  expect(paid).toEqual(Array(13).fill(-1))
  expect([env.terminated[0], env.truncated[0], env.observations[0]]).toEqual([1, 0, 36])
})

test('the cliff costs 100, leads back to the start and ends nothing, from above and from the start', () => {
  const { env, cells, paid } = walk([up, right, right, down, right])
  expect(cells).toEqual([36, 24, 25, 26, 36, 36])
  expect(paid).toEqual([-1, -1, -1, -100, -100])
  expect([env.terminated[0], env.truncated[0]]).toEqual([0, 0])
})

test('whoever would leave the grid stays and pays for the step', () => {
  const { cells, paid } = walk([left, down, up, left, up, up, up, left])
  expect(cells).toEqual([36, 36, 36, 24, 24, 12, 0, 0, 0])
  expect(new Set(paid)).toEqual(new Set([-1]))
  expect(walk([up, ...Array<number>(13).fill(right)]).cells.slice(-3)).toEqual([35, 35, 35])
})

test('the horizon cuts off, and the last cell is kept apart', () => {
  const env = cliffWalking(1, { horizon: 2 })
  env.reset(1)
  env.step(Int32Array.of(up))
  env.step(Int32Array.of(up))
  expect([env.terminated[0], env.truncated[0], env.finalObservations[0], env.observations[0]]).toEqual([0, 1, 12, 36])
})

test('the model says what the shop does, in every cell where somebody may stand', () => {
  const { states, actions, transitions, rewards, terminal } = cliffWalkingModel
  const env = cliffWalking(1)
  env.reset(1)
  const snapshot = env.save(0)
  const expected = new Float64Array(1)
  for (let cell = 0; cell <= 36; cell++) {
    for (let action = 0; action < actions; action++) {
      env.load({ ...snapshot, state: { ...snapshot.state, cell: [cell] } }, [0])
      expectedReward(env, Int32Array.of(action), expected)
      env.step(Int32Array.of(action))
      const there = (env.terminated[0] ? env.finalObservations : env.observations)[0]!
      const pair = cell * actions + action
      expect([env.rewards[0], expected[0]]).toEqual([rewards[pair], rewards[pair]])
      expect(transitions[pair * states + there]).toBe(1)
      expect(env.terminated[0]).toBe(terminal[there])
    }
  }
})

test('what cannot be is refused', () => {
  const env = cliffWalking(1)
  env.reset(1)
  const saved = env.save(0)
  for (const cell of [37, 47]) expect(() => env.load({ ...saved, state: { ...saved.state, cell: [cell] } }, [0])).toThrow(`cell is ${cell}`)
  expect(() => cliffWalking(1, { horizon: 0 })).toThrow('horizon is 0')
  expect(() => cliffWalking(1, { wind: 1 } as never)).toThrow('cliff-walking has no option "wind"; its options are horizon')
})
