import { describe, expect, test } from 'vitest'
import { type NeuralEpsilonGreedyOptions, neuralEpsilonGreedy } from '../../src/agents/neural-epsilon-greedy'
import { tinyEnv } from '../../src/envs/classic/tiny'
import { defineEnv } from '../../src/envs/define-env'
import type { Block, Env, Space, Spec } from '../../src/envs/env'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { makeEnv, shopNames } from '../../src/envs/registry'
import { actionWidth } from '../../src/envs/spaces'
import { integer } from '../../src/random/draws'
import { agentProperties } from './agent-properties'
import { within } from './bandit-support'
import { contextualShop } from './contextual-support'

const small = { hiddenUnits: [8], batchSize: 8, seed: 1 }
const make = (env: { readonly spec: Spec }, given: Partial<NeuralEpsilonGreedyOptions> = {}) =>
  neuralEpsilonGreedy(env.spec, { ...small, ...given })
const contexts = (arms: number, sizes?: number[]) => (copies: number) =>
  contextualShop({ arms, width: 2, copies, ...(sizes && { sizes }) }).env

agentProperties('neural epsilon-greedy', env => make(env, { epsilon: 0.5, epsilonDecay: 0.99, replayCapacity: 30 }), contexts(5), {
  other: contexts(6),
})
agentProperties('neural epsilon-greedy of combinations', env => make(env, { trainEvery: 3 }), contexts(6, [2, 3]), {
  other: contexts(4, [2, 2]),
})
agentProperties(
  'neural epsilon-greedy of slates',
  env => make(env, { epsilon: 0.3 }),
  copies => interestEvolution(copies, { clusters: 5 }),
  {
    other: copies => interestEvolution(copies, { clusters: 6 }),
  },
)

test('it serves every shop', async () => {
  for (const name of shopNames) {
    const env = makeEnv(name, 2)
    env.reset(1)
    const agent = await make(env, { warmUp: 1 })
    const before = env.observations.slice()
    const actions = new Int32Array(2 * actionWidth(env.spec.actions))
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
    expect(Number.isFinite(agent.update()!.loss)).toBe(true)
    agent.dispose()
  }
})

async function trained(env: Env, steps: number, given: Partial<NeuralEpsilonGreedyOptions>) {
  env.reset(1)
  const agent = await neuralEpsilonGreedy(env.spec, { hiddenUnits: [16], learningRate: 0.01, seed: 1, ...given })
  const actions = new Int32Array(env.copies * actionWidth(env.spec.actions))
  for (let step = 0; step < steps; step++) {
    const before = env.observations.slice()
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
    while (agent.update()) {}
  }
  return agent
}

// Four states, one-hot; the action that is the state's number earns 1 + state, the others -1. It stays the next one round, so looking ahead
// would add something.
const matching = (copies = 1) =>
  tinyEnv('matching', copies, {
    actions: 4,
    length: 1000,
    oneHot: 4,
    begin: generator => integer(generator, 4),
    next: generator => integer(generator, 4),
    reward: (state, action) => (action === state ? 1 + state : -1),
  })

test('it predicts the next reward alone, of every action, and shows the best', async () => {
  const agent = await trained(matching(), 1500, { epsilon: 0.5 })
  const out = new Float32Array(4)
  for (let state = 0; state < 4; state++) {
    const observation = Float32Array.from({ length: 4 }, (_, at) => (at === state ? 1 : 0))
    agent.scores(observation, out)
    for (let action = 0; action < 4; action++) expect(Math.abs(out[action]! - (action === state ? 1 + state : -1))).toBeLessThan(0.3)
    const actions = new Int32Array(1)
    agent.act(observation, false, actions)
    expect(actions[0]).toBe(state)
  }
  agent.dispose()
})

test('of slates it shows the candidates that are predicted to earn most, best first', async () => {
  // Five candidates of ids 0 to 9, the two shown best first; the place of the higher id is clicked and pays it.
  const layout: Block[] = [{ name: 'candidates', offset: 0, shape: [5, 1], categories: [10] }]
  const space: Space = { kind: 'slate', candidates: 5, size: 2 }
  const ids = new Int32Array(5)
  const { env } = defineEnv(1, {
    name: 'higher-ids',
    layout,
    actions: space,
    horizon: 100_000,
    state: {},
    begin(_, __, generator) {
      for (let at = 0; at < 5; at++) ids[at] = integer(generator, 10)
    },
    observe: (_, __, row, offset) => row.set(ids, offset),
    step(copy, _, actions, at, generator, { rewards, chosen }) {
      const place = ids[actions[at]!]! >= ids[actions[at + 1]!]! ? 0 : 1
      rewards[copy] = ids[actions[at + place]!]!
      chosen[copy] = place
      for (let candidate = 0; candidate < 5; candidate++) ids[candidate] = integer(generator, 10)
      return false
    },
  })
  const agent = await trained(env, 2000, { epsilon: 0.5 })
  const actions = new Int32Array(2)
  agent.act(Float32Array.of(1, 9, 0, 6, 3), false, actions)
  expect([...actions]).toEqual([1, 3])
  agent.dispose()
})

describe('acting', () => {
  test('while learning: the best with 1 - epsilon + epsilon / n, every other with epsilon / n, and propensities say so', async () => {
    const rows = 8000
    const agent = await make(matching(), { epsilon: 0.4 })
    const [actions, propensities] = [new Int32Array(rows), new Float32Array(rows)]
    const observations = new Float32Array(4 * rows).fill(0.5)
    agent.act(observations, false, actions, propensities)
    const best = actions[0]!
    expect([new Set(actions), new Set(propensities)]).toEqual([new Set([best]), new Set([1])])
    agent.act(observations, true, actions, propensities)
    for (let action = 0; action < 4; action++) {
      const chance = action === best ? 0.7 : 0.1
      expect(Math.abs(actions.filter(taken => taken === action).length / rows - chance)).toBeLessThan(within(chance, rows))
      expect(propensities[actions.indexOf(action)]).toBeCloseTo(chance, 6)
    }
    agent.dispose()
  })

  test('epsilon falls with every transition to its end, and stays where it is not told to fall', async () => {
    const falling = await trained(matching(2), 10, { epsilon: 0.5, epsilonDecay: 0.9, epsilonEnd: 0.1 })
    expect(falling.epsilon).toBeCloseTo(0.1, 12)
    const some = await trained(matching(2), 3, { epsilon: 0.5, epsilonDecay: 0.9, epsilonEnd: 0.1 })
    expect(some.epsilon).toBeCloseTo(0.5 * 0.9 ** 6, 12)
    const constant = await trained(matching(2), 10, { epsilon: 0.05, epsilonEnd: 0.01 })
    expect(constant.epsilon).toBe(0.05)
    for (const agent of [falling, some, constant]) agent.dispose()
  })
})

test('updates begin when as many transitions are kept as told, one for every so many steps', async () => {
  const env = matching()
  env.reset(1)
  const agent = await make(env, { batchSize: 4, warmUp: 6, trainEvery: 2 })
  const updates: number[] = []
  for (let step = 0; step < 10; step++) {
    const [before, actions] = [env.observations.slice(), new Int32Array(1)]
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
    let made = 0
    while (agent.update()) made++
    updates.push(made)
  }
  expect(updates).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 1, 0])
  agent.dispose()
})

test('what does not fit is told', async () => {
  await expect(make(matching(), { epsilon: 2 })).rejects.toThrow('neural-epsilon-greedy: epsilon is 2; it must be a number from 0 to 1')
  await expect(make(matching(), { warmUp: 50, replayCapacity: 40 })).rejects.toThrow('warmUp is 50; it must be at most replayCapacity, 40')
  await expect(make(matching(), { epsilon: 0.05, epsilonEnd: 0.1 })).rejects.toThrow(
    'neural-epsilon-greedy: epsilonEnd is 0.1; it must be at most epsilon, 0.05',
  )
  const agent = await make(matching())
  expect(() => agent.scores(new Float32Array(5), new Float32Array(4))).toThrow('observations has 5 numbers; 1 rows of 4 are needed')
  agent.dispose()
})
