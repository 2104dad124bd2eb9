import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src/agents/agent'
import { type ReinforceOptions, reinforce } from '../../src/agents/reinforce'
import { identity } from '../../src/envs/classic/identity'
import { probeNames } from '../../src/envs/classic/probes'
import { tinyEnv } from '../../src/envs/classic/tiny'
import type { Env } from '../../src/envs/env'
import { offers } from '../../src/envs/offers'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'
import { agentProperties } from './agent-properties'
import { climbProbe, play } from './policy-agents'

const small: Partial<ReinforceOptions> = { hiddenUnits: [8], learningRate: 0.01, seed: 1 }
const make = (env: Env) => reinforce(env.spec, small)
const evolution = (copies: number) => interestEvolution(copies, { clusters: 4, candidates: 6, timeBudget: 20 })

agentProperties('reinforce, one of a list', make, copies => identity(copies, { length: 7 }), {
  other: copies => identity(copies, { n: 3 }),
})
agentProperties('reinforce, several parts', make, copies => offers(copies, { users: 30, horizon: 6 }), { other: evolution })
agentProperties('reinforce, slates of episodes that differ in length', make, evolution, { other: copies => interestEvolution(copies) })
agentProperties(
  'reinforce without a baseline',
  env => reinforce(env.spec, { ...small, baseline: false }),
  copies => identity(copies, { length: 7 }),
  {
    other: copies => identity(copies, { n: 3 }),
  },
)

describe('rung 4: the probes', () => {
  test.each(probeNames)('%s', async name => {
    const options = { discount: 0.9, hiddenUnits: [16], learningRate: 0.01, seed: 2 }
    await climbProbe(name, env => reinforce(env.spec, options), { steps: 1000, discount: 0.9 })
  })

  // Every action that was paid is praised; those that were punished are not, and that must do.
  test.each(['action', 'both'] as const)('%s, without a baseline', async name => {
    const options = { hiddenUnits: [16], learningRate: 0.01, baseline: false, seed: 2 }
    await climbProbe(name, env => reinforce(env.spec, options), { steps: 500, discount: 0.99, valued: false })
  })
})

test('rung 5: identity, 90 of 100 within 1,200 steps of episodes of ten', async () => {
  const agent = await reinforce(identity(1).spec, { learningRate: 5e-3, discount: 0, seed: 0 })
  await train(agent, identity(4, { length: 10 }), { steps: 1200, seed: 0 })
  expect(evaluate(agent, identity(1), { episodes: 1, seed: 9 }).mean).toBeGreaterThanOrEqual(90)
})

describe('an update', () => {
  /** The row tells the step; reward 1 a step. */
  const shop = (copies: number, length = 5) => {
    const env = tinyEnv('steps', copies, { actions: 2, length, begin: () => 0, next: (_, state) => state + 1, reward: () => 1 })
    env.reset(1)
    return env
  }
  const go = (agent: Agent, env: Env, copiesEnding: readonly number[] = []) => {
    const [before, actions] = [env.observations.slice(), new Int32Array(env.copies)]
    agent.act(before, true, actions)
    env.step(actions)
    for (const copy of copiesEnding) {
      // As if the shopper had left: the episode is over and the next one begins.
      env.terminated[copy] = 1
      env.finalObservations[copy] = env.observations[copy]!
      env.observations[copy] = 0
    }
    agent.observe(env, before, actions)
  }
  const lengths = (agent: Agent) => [...(agent.save().arrays['rollout.lengths'] as Int32Array)]

  test('comes when every copy has played one whole episode; who is done first waits', async () => {
    const env = shop(2, 50)
    const agent = await reinforce(env.spec, small)
    go(agent, env)
    go(agent, env, [1])
    for (let step = 2; step < 5; step++) {
      expect(lengths(agent)).toEqual([step, 2])
      expect(agent.update()).toBeUndefined()
      go(agent, env, step === 4 ? [0] : [])
    }
    expect(lengths(agent)).toEqual([5, 2])
    expect(agent.update()).toBeDefined()
    expect(agent.update()).toBeUndefined()
    // The first copy begins anew; the second one is in the midst of an episode that another policy began.
    go(agent, env)
    expect(lengths(agent)).toEqual([1, 0])
    go(agent, env, [1])
    go(agent, env)
    expect(lengths(agent)).toEqual([3, 1])
  })

  test('uses the discounted returns to the end of each episode: the value learned of the first step is 1 + .5 + .25 + .125 + .0625', async () => {
    const env = shop(1)
    const agent = await reinforce(env.spec, { ...small, discount: 0.5 })
    for (let step = 0; step < 4; step++) go(agent, env)
    const { arrays } = agent.save()
    expect([...arrays['rollout.rewards']!]).toEqual([1, 1, 1, 1])
    go(agent, env)
    const values = [...(agent.save().arrays['rollout.values'] as Float32Array)]
    const returns = [1.9375, 1.875, 1.75, 1.5, 1]
    const wanted = returns.reduce((sum, number, at) => sum + (number - values[at]!) ** 2, 0) / 5
    expect(agent.update()!.valueLoss).toBeCloseTo(wanted, 5)
  })

  test('without a baseline the loss is - mean of return · log p alone', async () => {
    const env = shop(1)
    const agent = await reinforce(env.spec, { ...small, discount: 0.5, baseline: false })
    for (let step = 0; step < 5; step++) go(agent, env)
    const logProbabilities = agent.save().arrays['rollout.logProbabilities']!
    const wanted = [1.9375, 1.875, 1.75, 1.5, 1].reduce((sum, number, at) => sum - (number * logProbabilities[at]!) / 5, 0)
    const report = agent.update()!
    expect(report.loss).toBeCloseTo(wanted, 6)
    expect(report.valueLoss).toBeUndefined()
  })

  test('an episode that the shop broke off is not learned from', async () => {
    const env = shop(1)
    const agent = await reinforce(env.spec, small)
    for (let step = 0; step < 3; step++) go(agent, env)
    env.reset(2)
    go(agent, env)
    expect(lengths(agent)).toEqual([1])
  })
})

test('the baseline makes the way shorter', async () => {
  // Rewards 10 and 11: without a baseline both are praised, and which one is better is lost in the noise.
  const learned = async (baseline: boolean) => {
    let chances = 0
    for (let seed = 0; seed < 5; seed++) {
      const env = tinyEnv('ten-or-eleven', 4, { actions: 2, length: 1, begin: () => 0, reward: (_, action) => 10 + action })
      const agent = await reinforce(env.spec, { hiddenUnits: [8], learningRate: 0.01, baseline, seed })
      play(agent, env, 300)
      const scores = new Float32Array(2)
      agent.scores(Float32Array.of(0), scores)
      chances += Math.exp(scores[1]!) / 5
    }
    return chances
  }
  expect(await learned(true)).toBeGreaterThan((await learned(false)) + 0.1)
})

test('options that do not fit are refused', async () => {
  await expect(reinforce(identity(1).spec, { discount: 1.5 })).rejects.toThrow('reinforce: discount is 1.5')
})
