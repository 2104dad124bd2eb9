/** Following one session: what the agent expected, showed and got. */
import { expect, test } from 'vitest'
import { linUcb } from '../../src/agents/lin-ucb'
import { randomAgent } from '../../src/agents/random'
import { candyStore } from '../../src/envs/candy-store'
import { evaluate } from '../../src/train/evaluate-agent'
import { followSession } from '../../src/train/follow-session'
import { train } from '../../src/train/train'

const shop = (copies = 1) => candyStore(copies, { items: 15, users: 10, exploration: true })

async function trained() {
  const env = shop()
  const agent = linUcb(env.spec, { seed: 1 })
  await train(agent, env, { episodes: 20, seed: 1 })
  return agent
}

test('a session ends with its episode, and its return is that of an evaluation of the same shopper', async () => {
  const agent = await trained()
  const steps = followSession(agent, shop(), { seed: 5 })
  expect(steps).toHaveLength(10)
  const { returns } = evaluate(agent, shop(), { episodes: 1, seed: 5 })
  expect(steps.reduce((sum, { reward }) => sum + reward, 0)).toBeCloseTo(returns[0]!, 10)
  for (const { taken, reward } of steps) expect(reward > 0).toBe(taken)
})

test('an agent that acts by its values shows the item with the highest, and values are those before the step', async () => {
  const agent = await trained()
  const steps = followSession(agent, shop(), { seed: 5 })
  for (const { values, shown } of steps) expect(values[shown]).toBe(Math.max(...values))
  const env = shop()
  env.reset(5)
  const first = new Float32Array(15)
  agent.scores(env.observations, first)
  expect(steps[0]!.values).toEqual(first)
  expect(new Set(steps.map(({ values }) => values.join())).size).toBeGreaterThan(1)
})

test('is the same again', () => {
  const once = followSession(randomAgent(shop().spec, { seed: 3 }), shop(), { seed: 5 })
  expect(followSession(randomAgent(shop().spec, { seed: 3 }), shop(), { seed: 5 })).toEqual(once)
})

test('the followed shopper is the first of many copies', async () => {
  const agent = await trained()
  expect(followSession(agent, shop(4), { seed: 5 })).toEqual(followSession(agent, shop(), { seed: 5 }))
})

test('can stop early; nonsense is refused', () => {
  const env = shop()
  const agent = randomAgent(env.spec, { seed: 1 })
  expect(followSession(agent, env, { seed: 1, atMost: 3 })).toHaveLength(3)
  expect(() => followSession(agent, env, { seed: 1, atMost: 0 })).toThrow('atMost is 0')
  const slates = { ...env, spec: { ...env.spec, actions: { kind: 'slate', candidates: 5, size: 2 } as const } }
  expect(() => followSession(agent, slates, { seed: 1 })).toThrow('one item at a time')
})
