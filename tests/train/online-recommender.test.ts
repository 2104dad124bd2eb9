import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src/agents/agent'
import { doubleDqn } from '../../src/agents/double-dqn'
import { epsilonGreedy } from '../../src/agents/epsilon-greedy'
import { linUcb } from '../../src/agents/lin-ucb'
import { popularity } from '../../src/agents/popularity'
import { ppo } from '../../src/agents/ppo'
import { randomAgent } from '../../src/agents/random'
import { sarsa } from '../../src/agents/sarsa'
import { candyStore } from '../../src/envs/candy-store'
import type { Env } from '../../src/envs/env'
import { interactionLog } from '../../src/envs/interaction-log'
import { offers } from '../../src/envs/offers'
import { makeEnv } from '../../src/envs/registry'
import { simshop } from '../../src/envs/simshop'
import { recommender } from '../../src/train/recommender'
import { train } from '../../src/train/train'

const small = { users: 20, items: 8 }

/** Lets the recommender serve the shop's own visits, telling it what the shop says came of each recommendation. */
function serve(env: Env, agent: Agent, steps: number, seed: number): void {
  const service = recommender(env, agent)
  env.reset(seed)
  for (let step = 0; step < steps; step++) {
    const shown = service.recommend('whoever', undefined, env.observations)
    env.step(Int32Array.from(shown.items))
    const end = env.terminated[0] ? 'terminated' : env.truncated[0] ? 'truncated' : undefined
    const clicked = env.chosen[0]! < 0 ? null : env.spec.actions.kind === 'slate' ? shown.items[env.chosen[0]!]! : shown.items[0]!
    const next = (end ? env.finalObservations : env.observations).slice()
    service.feedback(shown, { reward: env.rewards[0]!, clicked, next, ...(end && { end }) })
  }
}

describe('taught by feedback with the outcomes of the shop, an agent learns to the last bit what it learns in training', () => {
  test.each<[string, () => Env, (env: Env) => Agent | Promise<Agent>]>([
    ['LinUCB', () => candyStore(1, small), env => linUcb(env.spec)],
    ['epsilon-greedy', () => candyStore(1, { ...small, endsSession: true }), env => epsilonGreedy(env.spec, { seed: 2 })],
    ['popularity', () => candyStore(1, small), env => popularity(env.spec, { seed: 2 })],
    ['Double DQN', () => candyStore(1, small), env => doubleDqn(env.spec, { hiddenUnits: [8], batchSize: 8, seed: 2 })],
    ['SARSA', () => interactionLog(1, { users: 9, items: 8, interactions: 60 }), env => sarsa(env.spec, { seed: 2 })],
    ['PPO', () => candyStore(1, small), env => ppo(env.spec, { hiddenUnits: [8], rolloutSteps: 32, minibatches: 2, seed: 2 })],
    [
      'popularity of pages',
      () => simshop(1, { items: 20, candidates: 6, pageSize: 2 }),
      env => popularity(env.spec, { seed: 2, success: 'reward' }),
    ],
  ])('%s', async (_, makeShop, makeLearner) => {
    const [trained, taught] = [makeShop(), makeShop()]
    const [one, two] = [await makeLearner(trained), await makeLearner(taught)]
    // The last step lies within a visit.
    await train(one, trained, { steps: 247, seed: 3 })
    serve(taught, two, 247, 3)
    expect(two.save()).toEqual(one.save())
    one.dispose()
    two.dispose()
  })
})

const shop = candyStore(1, small)

describe('a recommendation', () => {
  test('names shopper, items, scores and who chose', () => {
    const agent = epsilonGreedy(shop.spec, { epsilon: 0, initialValue: 1, seed: 1 })
    const service = recommender(shop, agent)
    const shown = service.recommend(7, 3)
    expect(shown).toEqual({ id: expect.any(String), user: 'user_7', items: expect.any(Array), scores: [1, 1, 1], agent: 'epsilon-greedy' })
    expect(new Set(shown.items).size).toBe(3)
    expect(service.recommend('user_7').items).toHaveLength(1)
    expect(service.waiting).toBe(2)
  })

  test('of several items is led by the choice, and what was clicked, bought, or else stood first is learned from', () => {
    const values = (agent: Agent) => Array.from(agent.save().arrays.values as Float64Array)
    for (const [outcome, place] of [
      [{ reward: 5, clicked: 1 }, 1],
      [{ reward: 5, purchased: [2] }, 2],
      [{ reward: 5, clicked: null }, 0],
    ] as const) {
      const agent = epsilonGreedy(shop.spec, { epsilon: 0, seed: 1 })
      const service = recommender(shop, agent)
      const shown = service.recommend(0, 3)
      const name = (at: number | readonly number[] | null | undefined) => (typeof at === 'number' ? shown.items[at]! : at)
      service.feedback(shown, {
        reward: outcome.reward,
        ...('clicked' in outcome && { clicked: name(outcome.clicked) }),
        ...('purchased' in outcome && { purchased: outcome.purchased.map(at => shown.items[at]!) }),
      })
      expect(values(agent)).toEqual(values(agent).map((_, item) => (item === shown.items[place] ? 5 : 0)))
    }
  })

  test('of a slate has its length, of a choice of several parts the parts', () => {
    const pages = simshop(1, { items: 20, candidates: 6, pageSize: 2 })
    const service = recommender(pages, randomAgent(pages.spec))
    expect(service.recommend('brand_lover').items).toHaveLength(2)
    expect(() => service.recommend('brand_lover', 1)).toThrow('k is 1; simshop can be shown exactly 2 at a time')
    const messages = offers(1, { users: 20 })
    const shown = recommender(messages, randomAgent(messages.spec)).recommend(3)
    expect(shown).toMatchObject({ items: expect.any(Array), scores: [] })
    expect(shown.items).toHaveLength(4)
  })

  test('needs somebody who is there, or what is seen of them', () => {
    const service = recommender(shop, linUcb(shop.spec))
    expect(() => service.recommend('nobody')).toThrow('there is no user "nobody"')
    expect(service.recommend('a guest', 1, shop.strangerObservation()).user).toBe('a guest')
    expect(() => service.recommend(1, 9)).toThrow('k is 9; candy-store can be shown 1 to 8 at a time')
    expect(() => service.recommend(1, 1, new Float32Array(3))).toThrow('observation has 3 numbers; candy-store has 42')
    const strangers = makeEnv('recogym', 1)
    expect(() => recommender(strangers, randomAgent(strangers.spec)).recommend(1)).toThrow(
      'recogym has no shoppers with names; give what is seen',
    )
  })
})

describe('feedback', () => {
  test('is taken once, from the one who recommended', () => {
    const [one, two] = [recommender(shop, linUcb(shop.spec)), recommender(shop, linUcb(shop.spec))]
    const shown = one.recommend(1)
    two.recommend(1)
    expect(() => two.feedback(shown, { reward: 1 })).toThrow(`recommendation "${shown.id}" was made by another recommender`)
    one.feedback({ id: shown.id }, { reward: 1 })
    expect(() => one.feedback(shown, { reward: 1 })).toThrow('has had its feedback already')
    expect(() => one.feedback({ id: 'x' }, { reward: 1 })).toThrow('was made by another recommender')
    expect(() => one.feedback(shown.id as never, { reward: 1 })).toThrow('give what recommend() returned')
    expect(() => one.feedback(shown, 1 as never)).toThrow('outcome is 1; it must be an object, as in { reward: 1 }')
  })

  test.each<[string, object, string]>([
    ['a reward that is NaN', { reward: Number.NaN }, 'reward is NaN; it must be a finite number'],
    ['a reward too large for a single', { reward: 1e40 }, 'the reward of copy 0 is'],
    ['a click on what was not shown', { reward: 1, clicked: 99 }, 'clicked is 99; it must be among what was shown'],
    ['an observation of another length', { reward: 1, next: new Float32Array(2) }, 'next has 2 numbers; the shop has 42'],
    ['an observation that is NaN', { reward: 1, next: new Float32Array(42).fill(Number.NaN) }, 'NaN'],
    ['an end of another name', { reward: 1, end: 'over' }, 'end is "over"; it must be one of terminated, truncated'],
    [
      'an outcome of another name',
      { reward: 1, clickd: 0 },
      'the outcome has no option "clickd"; its options are reward, clicked, purchased, next, end; did you mean clicked?',
    ],
  ])('%s is refused, nothing is learned, and it can be told again', (_, outcome, message) => {
    const agent = linUcb(shop.spec)
    const service = recommender(shop, agent)
    const shown = service.recommend(1)
    const kept = agent.save()
    expect(() => service.feedback(shown, outcome as never)).toThrow(message)
    expect(agent.save()).toEqual(kept)
    service.feedback(shown, { reward: 1 })
    expect(agent.save()).not.toEqual(kept)
  })

  test('without what is seen next ends the visit: nothing is expected of what follows', async () => {
    const agent = await doubleDqn(shop.spec, { hiddenUnits: [4], seed: 1 })
    const service = recommender(shop, agent)
    service.feedback(service.recommend(1), { reward: 1 })
    service.feedback(service.recommend(1), { reward: 1, next: shop.firstObservation(1) })
    service.feedback(service.recommend(1), { reward: 1, next: shop.firstObservation(1), end: 'truncated' })
    expect(Array.from(agent.save().arrays['replay.terminated']!)).toEqual([1, 0, 0])
    agent.dispose()
  })

  test('is waited for by the last 10,000 recommendations', () => {
    const bandit = makeEnv('probe-constant', 1)
    const service = recommender(bandit, randomAgent(bandit.spec))
    const first = service.recommend('a', 1, new Float32Array(bandit.spec.width))
    for (let at = 0; at < 10_000; at++) service.recommend('a', 1, new Float32Array(bandit.spec.width))
    expect(service.waiting).toBe(10_000)
    expect(() => service.feedback(first, { reward: 1 })).toThrow('older than the last 10000')
  })
})

describe('with a fallback', () => {
  test('new shoppers are served by it until they have answered once, and each agent learns from its own', () => {
    const agent = epsilonGreedy(shop.spec, { seed: 1 })
    const service = recommender(shop, agent, { fallback: 'popularity' })
    const first = service.recommend(1)
    expect(first.agent).toBe('popularity')
    const kept = agent.save()
    service.feedback(first, { reward: 1, clicked: first.items[0]! })
    expect(agent.save()).toEqual(kept)
    expect(service.recommend('user_1').agent).toBe('epsilon-greedy')
    expect(service.recommend('1', 1, shop.firstObservation(1)).agent).toBe('epsilon-greedy')
    expect(service.recommend(2).agent).toBe('popularity')
  })

  test('so are those whose profile the shop does not know, however often they have answered', () => {
    const service = recommender(shop, linUcb(shop.spec), { fallback: 'content-based' })
    for (let visit = 0; visit < 3; visit++) {
      const shown = service.recommend('a guest', 1, shop.strangerObservation())
      expect(shown.agent).toBe('content-based')
      service.feedback(shown, { reward: 0 })
    }
  })

  test('an id is a profile, also the first one', () => {
    const log = makeEnv('interaction-log', 1, { users: 20, items: 30, interactions: 300 })
    const service = recommender(log, epsilonGreedy(log.spec), { fallback: popularity(log.spec) })
    service.feedback(service.recommend(0), { reward: 0 })
    expect(service.recommend(0).agent).toBe('epsilon-greedy')
  })

  test('another word is refused', () => {
    expect(() => recommender(shop, linUcb(shop.spec), { fallback: 'best' as never })).toThrow(
      'fallback is "best"; it must be one of popularity, content-based',
    )
  })
})

test('what is no shop or no agent is refused with the right form', () => {
  expect(() => recommender({} as never, linUcb(shop.spec))).toThrow('env is an object; it must be a shop: recommender(shop, agent)')
  expect(() => recommender(shop, Promise.resolve(linUcb(shop.spec)) as never)).toThrow(
    "agent is a promise; it must be an agent: await makeAgent('lin-ucb', shop)",
  )
  expect(() => recommender(shop, linUcb(shop.spec), { fallbak: 'popularity' } as never)).toThrow('did you mean fallback?')
})
