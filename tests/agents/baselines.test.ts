import { describe, expect, test } from 'vitest'
import { linUcb } from '../../src/agents/lin-ucb'
import { myopicOracle } from '../../src/agents/myopic-oracle'
import { popularity } from '../../src/agents/popularity'
import { randomAgent } from '../../src/agents/random'
import { recommend } from '../../src/agents/recommend'
import { agentNames, makeAgent } from '../../src/agents/registry'
import { candyStore } from '../../src/envs/candy-store'
import { bandit } from '../../src/envs/classic/bandit'
import { offers } from '../../src/envs/offers'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { agentProperties } from './agent-properties'
import { combinationShop } from './bandit-support'

const shop = () => candyStore(1, { users: 20, items: 6 })

describe('random', () => {
  test('every item alike, whatever it sees, and propensities say so', () => {
    const agent = randomAgent(shop().spec, { seed: 1 })
    const [actions, propensities] = [new Int32Array(6000), new Float32Array(6000)]
    agent.act(new Float32Array(6000 * 42), true, actions, propensities)
    for (let item = 0; item < 6; item++) expect(Math.abs(actions.filter(taken => taken === item).length - 1000)).toBeLessThan(116) // 4 s.e.
    expect(new Set(propensities)).toEqual(new Set([Math.fround(1 / 6)]))
  })

  test('acting for real and scoring draw from a stream of their own', () => {
    const [one, two] = [randomAgent(shop().spec, { seed: 1 }), randomAgent(shop().spec, { seed: 1 })]
    two.act(new Float32Array(42), false, new Int32Array(1))
    two.scores(new Float32Array(42), new Float32Array(6))
    const [first, second] = [new Int32Array(20), new Int32Array(20)]
    one.act(new Float32Array(42 * 20), true, first)
    two.act(new Float32Array(42 * 20), true, second)
    expect(second).toEqual(first)
  })
})

describe('popularity', () => {
  /** An agent that has seen item 2 clicked always, item 1 half the time, the rest never or not at all. */
  function taught() {
    const env = shop()
    env.reset(1)
    const agent = popularity(env.spec, { epsilon: 0.2, seed: 1 })
    const show = (item: number, clicked: boolean) => {
      env.chosen[0] = clicked ? 0 : -1
      agent.observe(env, env.observations, Int32Array.of(item))
    }
    for (let time = 0; time < 10; time++) {
      show(2, true)
      show(1, time % 2 === 0)
      show(0, false)
    }
    return { agent, env }
  }

  test('the score is the mean of a Beta distribution', () => {
    const scores = new Float32Array(6)
    taught().agent.scores(new Float32Array(42), scores)
    expect([...scores]).toEqual([1 / 12, 6 / 12, 11 / 12, 0.5, 0.5, 0.5].map(Math.fround))
  })

  test('it goes down the list as the session goes on', () => {
    const { agent, env } = taught()
    const observations = new Float32Array(7 * 42)
    for (let step = 0; step < 7; step++) observations[step * 42 + 40] = step / env.spec.horizon
    const [actions, propensities] = [new Int32Array(7), new Float32Array(7)]
    agent.act(observations, false, actions, propensities)
    expect([...actions]).toEqual([2, 1, 3, 4, 5, 0, 2])
    expect(new Set(propensities)).toEqual(new Set([1]))
  })

  test('while learning it shows the best with 1 - epsilon + epsilon / n', () => {
    const { agent } = taught()
    const [actions, propensities] = [new Int32Array(5000), new Float32Array(5000)]
    agent.act(new Float32Array(5000 * 42), true, actions, propensities)
    const best = 0.8 + 0.2 / 6
    expect(Math.abs(actions.filter(taken => taken === 2).length / 5000 - best)).toBeLessThan(0.022) // four standard errors
    actions.forEach((action, row) => {
      expect(propensities[row]).toBeCloseTo(action === 2 ? best : 0.2 / 6, 6)
    })
  })
})

describe('a checkpoint', () => {
  for (const name of ['random', 'popularity', 'lin-ucb']) {
    test(`makes another ${name} agent go on as the first, and one of another kind or size is refused`, async () => {
      const env = shop()
      env.reset(1)
      const [one, two] = [await makeAgent(name, env, { seed: 1 }), await makeAgent(name, env, { seed: 2 })]
      const go = (agent: typeof one, steps: number) => {
        const taken: number[] = []
        for (let step = 0; step < steps; step++) {
          const [before, actions] = [env.observations.slice(), new Int32Array(1)]
          agent.act(before, true, actions)
          env.step(actions)
          agent.observe(env, before, actions)
          taken.push(actions[0]!)
        }
        return taken
      }
      go(one, 30)
      two.load(one.save())
      const snapshot = env.save(0)
      const wanted = go(one, 30)
      env.load(snapshot, [0])
      expect(go(two, 30)).toEqual(wanted)
      expect(() => two.load({ ...one.save(), agent: 'sarsa' })).toThrow(`this agent is ${name}`)
      if (name === 'random') return
      const larger = await makeAgent(name, candyStore(1, { users: 20, items: 7 }))
      expect(() => larger.load(one.save())).toThrow('another architecture')
    })
  }
})

test('rewards and observations that are not finite are refused by all that learn', () => {
  const env = shop()
  env.reset(1)
  env.rewards[0] = Number.NaN
  for (const agent of [popularity(env.spec), linUcb(env.spec)]) {
    const before = agent.save()
    expect(() => agent.observe(env, env.observations, Int32Array.of(1))).toThrow('the reward of copy 0 is NaN')
    expect(agent.save()).toEqual(before)
  }
})

test('agents are made by name, and a wrong name or option is told', async () => {
  expect(agentNames).toEqual([...new Set(agentNames)].sort())
  const bandits = ['epsilon-greedy', 'softmax', 'thompson-bernoulli', 'thompson-gaussian', 'ucb1']
  for (const name of ['cold-start', 'content-based', 'double-dqn', 'fixed-ranking', 'lin-ucb', 'popularity', 'random', ...bandits]) {
    expect(agentNames).toContain(name)
    const agent = await makeAgent(name, shop())
    expect(agent.kind).toBe(name)
    agent.dispose()
  }
  await expect(makeAgent('dqn', shop())).rejects.toThrow(`there is no agent 'dqn'; the agents are ${agentNames.join(', ')}`)
  await expect(makeAgent('toString', shop())).rejects.toThrow('there is no agent')
  await expect(makeAgent('lin-ucb', shop(), { alpha: -1 })).rejects.toThrow('lin-ucb: alpha is -1; it must be a number of at least 0')
  await expect(makeAgent('random', shop(), { epsilon: 1 })).rejects.toThrow("random has no option 'epsilon'; its options are seed")
})

test('recommendations are the highest scores, best first, ties by the lower item, none that is excluded', () => {
  const agent = { ...randomAgent(shop().spec), scores: (_: Float32Array, out: Float32Array) => out.set([1, 3, 2, 3, 0]) } as never
  const items = (k: number, exclude: number[] = []) => recommend(agent, new Float32Array(42), 5, k, { exclude }).map(({ item }) => item)
  expect(items(3)).toEqual([1, 3, 2])
  expect(items(3, [3, 2])).toEqual([1, 0, 4])
  expect(items(9)).toEqual([1, 3, 2, 0, 4])
  expect(recommend(agent, new Float32Array(42), 5, 1)).toEqual([{ item: 1, score: 3 }])
  expect(() => items(0)).toThrow('k is 0')
})

// Of the combination shop each click pays 1, or 2 with a purchase; the last combination is clicked always.
test('popularity ranks combinations, by clicks, purchases or rewards as asked', () => {
  for (const success of ['click', 'purchase', 'reward'] as const) {
    const env = combinationShop(4)
    env.reset(1)
    const agent = popularity(env.spec, { epsilon: 1, success, seed: 2 })
    const actions = new Int32Array(12)
    for (let step = 0; step < 600; step++) {
      const before = env.observations.slice()
      agent.act(before, true, actions)
      env.step(actions)
      agent.observe(env, before, actions)
    }
    const [best, scores] = [new Int32Array(3), new Float32Array(12)]
    agent.act(new Float32Array(1), false, best)
    expect([...best]).toEqual([1, 2, 1])
    agent.scores(new Float32Array(1), scores)
    expect(Math.abs(scores[11]! - (success === 'purchase' ? 0.5 : 1))).toBeLessThan(success === 'purchase' ? 0.15 : 0.02)
  }
})

test('popularity serves the combinations of offers', () => {
  const env = offers(2)
  env.reset(1)
  const agent = popularity(env.spec)
  const actions = new Int32Array(8)
  agent.act(env.observations, true, actions)
  const before = env.observations.slice()
  env.step(actions)
  agent.observe(env, before, actions)
  const scores = new Float32Array(180)
  agent.scores(before.subarray(0, 12), scores)
  expect(Math.min(...scores)).toBeGreaterThan(0)
})

test('the myopic oracle pulls the best arm of the moment, for certain, and only where the shop itself is at hand', () => {
  const env = bandit(2, { chances: [0.2, 0.9, 0.4], changeEvery: 2 })
  env.reset(1)
  const [actions, propensities] = [new Int32Array(2), new Float32Array(2)]
  const pulled = Array.from({ length: 6 }, () => {
    myopicOracle(env).act(env.observations, true, actions, propensities)
    expect([...propensities]).toEqual([1, 1])
    env.step(actions)
    return actions[0]
  })
  expect(pulled).toEqual([1, 1, 2, 2, 0, 0])
  const silent = combinationShop(1)
  silent.reset(1)
  expect(() => myopicOracle(silent).act(silent.observations, false, new Int32Array(3))).toThrow('combinations has no oracle')
})

const candies = (copies: number, items = 6) => candyStore(copies, { users: 20, items })
agentProperties(
  'popularity on items',
  env => popularity(env.spec, { seed: 1, epsilon: 0.3 }),
  copies => candies(copies),
  {
    other: copies => candies(copies, 7),
  },
)
agentProperties(
  'popularity on combinations',
  env => popularity(env.spec, { seed: 1, epsilon: 0.3 }),
  copies => combinationShop(copies),
  { other: copies => combinationShop(copies, [2, 3, 3]) },
)
for (const [space, makeEnv] of Object.entries({
  items: candies,
  combinations: (copies: number) => combinationShop(copies),
  slates: (copies: number) => interestEvolution(copies),
})) {
  agentProperties(
    `random, ${space}`,
    env => randomAgent(env.spec, { seed: 1 }),
    copies => makeEnv(copies),
    { learns: false, greedy: false, other: candies },
  )
}
