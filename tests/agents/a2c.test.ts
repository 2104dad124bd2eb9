import { describe, expect, test } from 'vitest'
import { type A2cOptions, a2c } from '../../src/agents/a2c'
import { identity } from '../../src/envs/classic/identity'
import { probeNames } from '../../src/envs/classic/probes'
import { tinyEnv } from '../../src/envs/classic/tiny'
import type { Env } from '../../src/envs/env'
import { offers } from '../../src/envs/offers'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'
import { agentProperties } from './agent-properties'
import { climbProbe, learnedValue, play } from './policy-agents'

const small: Partial<A2cOptions> = { hiddenUnits: [8], learningRate: 0.01, seed: 1 }
const make = (env: Env) => a2c(env.spec, small)
const evolution = (copies: number) => interestEvolution(copies, { clusters: 4, candidates: 6 })

agentProperties('a2c, one of a list', make, copies => identity(copies, { length: 7 }), { other: copies => identity(copies, { n: 3 }) })
agentProperties('a2c, several parts', make, copies => offers(copies, { users: 30 }), { other: evolution })
agentProperties('a2c, slates', make, evolution, { other: copies => interestEvolution(copies) })

describe('rung 4: the probes', () => {
  test.each(probeNames)('%s', async name => {
    const options = { discount: 0.9, hiddenUnits: [16], learningRate: 0.01, entropyCoefficient: 0, seed: 2 }
    await climbProbe(name, env => a2c(env.spec, options), { steps: 2000, discount: 0.9 })
  })
})

test('rung 5: identity, 90 of 100 within 1,200 steps', async () => {
  const agent = await a2c(identity(1).spec, { learningRate: 5e-3, seed: 0 })
  await train(agent, identity(4), { steps: 1200, seed: 0 })
  expect(evaluate(agent, identity(1), { episodes: 1, seed: 9 }).mean).toBeGreaterThanOrEqual(90)
})

test('rung 6: an endless reward of 1 with time limits is worth 1 / (1 - discount), within 1; limits taken for ends, it is not', async () => {
  const valued = async (env: Env) => {
    const agent = await a2c(env.spec, { discount: 0.9, hiddenUnits: [16], learningRate: 0.02, seed: 4 })
    play(agent, env, 1500)
    return learnedValue(agent, [1])
  }
  const env = tinyEnv('endless', 4, { actions: 2, length: 10, truncates: true, begin: () => 1, reward: () => 1 })
  expect(Math.abs((await valued(env)) - 10)).toBeLessThan(1)
  expect(Math.abs((await valued({ ...env, terminated: env.truncated, truncated: new Uint8Array(4) })) - 10)).toBeGreaterThan(1)
})

test('one update learns from the whole rollout, and says what it did', async () => {
  const env = identity(3)
  env.reset(1)
  const agent = await a2c(env.spec, small)
  for (let step = 0; step < 5; step++) {
    expect(agent.update()).toBeUndefined()
    const [before, actions] = [env.observations.slice(), new Int32Array(3)]
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
  }
  const report = agent.update()!
  expect(Object.keys(report)).toEqual(['loss', 'policyLoss', 'valueLoss', 'entropy', 'gradientNorm', 'learningRate'])
  // A first policy is nearly uniform.
  expect(report.entropy).toBeCloseTo(Math.log(2), 2)
  expect(agent.update()).toBeUndefined()
})

// Rewards of 1, discount .5, five steps and then a value v: returns 1 + .5 + … + .5^4 + .5^5 v, and so on to 1 + .5 v.
test('rung 3: the loss is that of the returns as far as the rollout goes, and of the value behind it', async () => {
  const env = tinyEnv('steps', 1, { actions: 2, length: 50, begin: () => 0, next: (_, state) => state + 1, reward: () => 1 })
  env.reset(1)
  const agent = await a2c(env.spec, { ...small, discount: 0.5 })
  for (let step = 0; step < 5; step++) {
    const [before, actions] = [env.observations.slice(), new Int32Array(1)]
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
  }
  const { arrays } = agent.save()
  const behind = learnedValue(agent, [5])
  let [policy, value] = [0, 0]
  for (let step = 0; step < 5; step++) {
    let wanted = 0.5 ** (5 - step) * behind
    for (let ahead = 0; step + ahead < 5; ahead++) wanted += 0.5 ** ahead
    const error = wanted - arrays['rollout.values']![step]!
    policy -= (error * arrays['rollout.logProbabilities']![step]!) / 5
    value += error ** 2 / 5
  }
  const report = agent.update()!
  expect(report.policyLoss).toBeCloseTo(policy, 5)
  expect(report.valueLoss).toBeCloseTo(value, 5)
  expect(report.loss).toBeCloseTo(policy + 0.5 * value - 0.01 * report.entropy!, 5)
})

test('the defaults are those of the paper, but for Adam', async () => {
  expect((await a2c(identity(1).spec)).options).toEqual({
    ...{ rolloutSteps: 5, lambda: 1, discount: 0.99, learningRate: 7e-4, annealSteps: undefined, clipNorm: 0.5, hiddenUnits: [64, 64] },
    ...{ activation: 'tanh', scoring: 'whole', backend: 'auto', seed: 0, valueCoefficient: 0.5, entropyCoefficient: 0.01 },
  })
})

test('options that do not fit are refused', async () => {
  const { spec } = identity(1)
  await expect(a2c(spec, { rolloutSteps: 0 })).rejects.toThrow('a2c: rolloutSteps is 0')
  await expect(a2c(spec, { clipRange: 0.2 } as never)).rejects.toThrow("a2c has no option 'clipRange'")
})
