import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src/agents/agent'
import { type PpoOptions, ppo } from '../../src/agents/ppo'
import { bandit } from '../../src/envs/classic/bandit'
import { cartPole } from '../../src/envs/classic/cart-pole'
import { identity } from '../../src/envs/classic/identity'
import { probeNames } from '../../src/envs/classic/probes'
import { tinyEnv } from '../../src/envs/classic/tiny'
import { wholes } from '../../src/envs/copy-state'
import { defineEnv } from '../../src/envs/define-env'
import type { Env } from '../../src/envs/env'
import { offers } from '../../src/envs/offers'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { longTermSatisfaction } from '../../src/envs/recsim-long-term-satisfaction'
import { simshop } from '../../src/envs/simshop'
import { Rollout } from '../../src/memory/rollout'
import { integer } from '../../src/random/draws'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'
import { agentProperties } from './agent-properties'
import { climbProbe, fromDisk, learnedValue, play } from './policy-agents'

const small: Partial<PpoOptions> = { hiddenUnits: [8], rolloutSteps: 6, minibatches: 3, epochs: 2, learningRate: 0.01, seed: 1 }
const make = (env: Env) => ppo(env.spec, small)
const evolution = (copies: number) => interestEvolution(copies, { clusters: 4, candidates: 6 })

agentProperties('ppo, one of a list', make, copies => cartPole(copies, { length: 9 }), { other: copies => identity(copies) })
agentProperties('ppo, several parts', make, copies => offers(copies, { users: 30 }), { other: evolution })
agentProperties('ppo, slates of scored candidates', make, evolution, { other: copies => interestEvolution(copies) })
agentProperties('ppo, slates from the whole row', env => ppo(env.spec, { ...small, scoring: 'whole' }), evolution, {
  other: copies => longTermSatisfaction(copies),
})

describe('rung 4: the probes', () => {
  test.each(probeNames)('%s', async name => {
    const options = { discount: 0.9, rolloutSteps: 16, epochs: 4, hiddenUnits: [16], learningRate: 0.01, entropyCoefficient: 0, seed: 2 }
    await climbProbe(name, env => ppo(env.spec, options), { steps: 600, discount: 0.9 })
  })
})

test('rung 5: identity, 90 of 100 within 1,200 steps', async () => {
  const env = identity(4)
  const agent = await ppo(env.spec, { rolloutSteps: 32, learningRate: 2e-3, epochs: 10, seed: 0 })
  await train(agent, env, { steps: 1200, seed: 0 })
  expect(evaluate(agent, identity(1), { episodes: 1, seed: 9 }).mean).toBeGreaterThanOrEqual(90)
})

describe('rung 6: an endless reward of 1 with time limits', () => {
  const endless = (copies: number) =>
    tinyEnv('endless', copies, { actions: 2, length: 10, truncates: true, begin: () => 1, reward: () => 1 })
  const valueAfter = async (env: Env) => {
    const agent = await ppo(env.spec, { discount: 0.9, rolloutSteps: 20, epochs: 4, hiddenUnits: [16], learningRate: 0.02, seed: 4 })
    play(agent, env, 1000)
    return learnedValue(agent, [1])
  }

  test('is worth 1 / (1 - discount), within 1, since the estimate goes through the limits', async () => {
    expect(Math.abs((await valueAfter(endless(4))) - 10)).toBeLessThan(1)
  })

  test('negative control: with the limits taken for ends the same test fails', async () => {
    const env = endless(4)
    const value = await valueAfter({ ...env, terminated: env.truncated, truncated: new Uint8Array(env.copies) })
    expect(Math.abs(value - 10)).toBeGreaterThan(1)
    // What is left of ten steps, in the mean over them: 10 - (.9 + .9² + … + .9^10) = 4.14.
    expect(Math.abs(value - 4.14)).toBeLessThan(1)
  })
})

test('rung 10, quick: PPO is well on its way on CartPole after 15,360 steps', async () => {
  const env = cartPole(8)
  const steps = 15_360
  const anneal = { annealSteps: steps, annealClipRange: true, learningRate: 2e-3 }
  const agent = await ppo(env.spec, {
    rolloutSteps: 32,
    minibatchSize: 64,
    lambda: 0.8,
    discount: 0.98,
    entropyCoefficient: 0,
    epochs: 10,
    ...anneal,
  })
  const mean = () => evaluate(agent, cartPole(20), { episodes: 20, seed: 1_000_000 }).mean
  expect(mean()).toBeLessThan(60)
  await train(agent, env, { steps })
  // Seeds 0 to 4: 500, 500, 363, 330, 485.
  expect(mean()).toBeGreaterThan(250)
})

describe('updates', () => {
  const shop = () => {
    const env = cartPole(3)
    env.reset(5)
    return env
  }
  const step = (agent: Agent, env: Env) => {
    const [before, actions] = [env.observations.slice(), new Int32Array(env.copies)]
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
  }
  const filled = async (options: Partial<PpoOptions> = {}) => {
    const env = shop()
    const agent = await ppo(env.spec, { ...small, ...options })
    for (let at = 0; at < 6; at++) {
      expect(agent.update()).toBeUndefined()
      step(agent, env)
    }
    return { agent, env }
  }
  const updatesOf = (agent: Agent) => {
    let count = 0
    while (count < 1000 && agent.update()) count++
    return count
  }

  test('are one minibatch each: three of six steps each, in two epochs over six steps of three copies', async () => {
    const { agent, env } = await filled()
    expect(() => step(agent, env)).toThrow('ppo has a rollout to learn from; call update()')
    expect(updatesOf(agent)).toBe(6)
    step(agent, env)
    expect(agent.update()).toBeUndefined()
  })

  test('every epoch goes once through all steps, in a new order', async () => {
    const { agent } = await filled()
    const orders: string[] = []
    for (let epoch = 0; epoch < 2; epoch++) {
      agent.update()
      const { order } = agent.save().arrays
      orders.push(order!.join())
      expect([...order!].sort((one, other) => one - other)).toEqual(Array.from({ length: 18 }, (_, at) => at))
      agent.update()
      expect(agent.save().arrays.order).toEqual(order)
      agent.update()
    }
    expect(new Set([...orders, Array.from({ length: 18 }, (_, at) => at).join()]).size).toBe(3)
  })

  test('a step alone is learned from as it is: it has no deviation to be divided by', async () => {
    const { agent } = await filled({ minibatchSize: 1 })
    for (let at = 0; at < 36; at++) {
      const report = agent.update()!
      expect(Number.isFinite(report.loss)).toBe(true)
      expect(report.policyLoss).not.toBe(0)
    }
    expect(agent.update()).toBeUndefined()
  })

  // 18 of 19 transitions have been seen: clip range and rate fall to a nineteenth, or the rate alone.
  test('the clip range that falls is the one that clips', async () => {
    const clipped = async (annealClipRange: boolean) => {
      const { agent } = await filled({ annealSteps: 19, annealClipRange, learningRate: 0.5, minibatches: 1 })
      agent.update()
      return agent.update()!
    }
    const [falling, fixed] = [await clipped(true), await clipped(false)]
    expect([falling.clipRange, fixed.clipRange]).toEqual([expect.closeTo(0.2 / 19, 12), 0.2])
    expect(falling.clipFraction).toBeGreaterThan(0.2)
    expect(fixed.clipFraction).toBe(0)
  })

  test('a minibatch size that does not divide the rollout leaves a smaller one at the end of each epoch', async () => {
    const { agent } = await filled({ minibatchSize: 8 })
    expect(updatesOf(agent)).toBe(2 * 3)
  })

  test('the first finds the policy where it acted, and what it says of itself is there', async () => {
    const { agent } = await filled({ annealSteps: 36, annealClipRange: true })
    const report = agent.update()!
    expect(report.approximateKl).toBeCloseTo(0, 12)
    expect(report.clipFraction).toBe(0)
    // 18 of 36 transitions have been seen.
    expect([report.learningRate, report.clipRange]).toEqual([0.005, 0.1])
    expect(Object.values(report).every(Number.isFinite)).toBe(true)
    expect(agent.update()!.approximateKl).toBeGreaterThan(0)
  })

  test('once annealed, the learning rate stays at 0 and nothing moves', async () => {
    const { agent } = await filled({ annealSteps: 9 })
    const { arrays: before } = agent.save()
    expect(agent.update()!.learningRate).toBe(0)
    expect(agent.save().arrays['policy.0.weight']).toEqual(before['policy.0.weight'])
  })

  test('explained variance is the share of the variance of the returns that the values foresaw', async () => {
    const { agent } = await filled()
    const { arrays } = agent.save()
    const rollout = new Rollout(6, 3, 4, 1)
    const names = ['observations', 'actions', 'logProbabilities', 'values', 'rewards', 'terminated', 'truncated', 'finalValues'] as const
    const kept = Object.fromEntries(names.map(name => [name, arrays[`rollout.${name}`]!]))
    const [lengths, lastValues] = [Int32Array.of(6, 6, 6), arrays['rollout.lastValues'] as Float32Array]
    rollout.load({ lengths, lastValues, arrays: kept as never })
    rollout.estimate(0.99, 0.95)
    const variance = (numbers: readonly number[]) => {
      const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length
      return numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0)
    }
    const returns = [...rollout.returns]
    const errors = returns.map((wanted, at) => wanted - rollout.values[at]!)
    expect(agent.update()!.explainedVariance).toBeCloseTo(1 - variance(errors) / variance(returns), 8)
  })

  test('stop where the policy has gone further than targetKl', async () => {
    const { agent } = await filled({ targetKl: 1e-9, epochs: 50 })
    expect(updatesOf(agent)).toBe(2)
  })

  test('rung 11: stopped between any two minibatches and taken up, the rest is the same to the last bit', async () => {
    for (const cut of [1, 3, 4, 6]) {
      const { agent: one, env } = await filled()
      for (let at = 0; at < cut; at++) one.update()
      const two = await ppo(env.spec, { ...small, seed: 99 })
      play(two, cartPole(2), 7)
      two.load(fromDisk(one.save()))
      const reports = (agent: Agent) => Array.from({ length: 7 - cut }, () => agent.update())
      expect(reports(two)).toEqual(reports(one))
      expect(two.save()).toEqual({ ...one.save(), options: two.options })
    }
  })

  test('a checkpoint of a longer rollout, or from a later epoch, than one’s own is learned from and left', async () => {
    const { agent: one, env } = await filled()
    const rollout = await ppo(env.spec, { ...small, rolloutSteps: 20 })
    const other = shop()
    for (let at = 0; at < 10; at++) step(rollout, other)
    one.load(rollout.save())
    step(one, other)
    expect(updatesOf(one)).toBe(6)
    const late = await filled({ epochs: 5 })
    for (let at = 0; at < 10; at++) late.agent.update()
    expect(late.agent.save().state).toMatchObject({ epoch: 3, next: 6 })
    one.load(late.agent.save())
    expect(updatesOf(one)).toBe(1)
    step(one, late.env)
  })

  test('an order of learning that does not fit the rollout is refused', async () => {
    const { agent } = await filled()
    const kept = agent.save()
    const refused = (state: object, arrays: object = {}) => {
      const spoilt = { ...kept, state: { ...kept.state, ...state }, arrays: { ...kept.arrays, ...arrays } }
      expect(() => agent.load(spoilt)).toThrow('names steps that its rollout does not have')
      expect(agent.save()).toEqual(kept)
    }
    refused({ next: 18 })
    refused({}, { order: new Int32Array(18).fill(18) })
    refused({ isLearning: false, next: 1 }, { order: new Int32Array(0) })
  })

  // The gradient is scaled to a length of 1e-5, where Adam's epsilon of 1e-5 counts: its first step is rate · g / (|g| + 1e-5).
  test('one norm clips policy and values together, and Adam’s epsilon is 1e-5', async () => {
    const { agent } = await filled({ clipNorm: 1e-5, minibatches: 1 })
    const numbers = () => {
      const { arrays } = agent.save()
      const layers = ['policy', 'value'].flatMap(name => ['0.weight', '0.bias', '1.weight', '1.bias'].map(part => `${name}.${part}`))
      return {
        parameters: layers.flatMap(name => [...arrays[name]!]),
        gradient: ['policy', 'value'].flatMap(name => Array.from(arrays[`${name}.firstMoments`]!, moment => moment / 0.1)),
      }
    }
    const { parameters: before } = numbers()
    expect(agent.update()!.gradientNorm).toBeGreaterThan(1e-3)
    const { parameters: after, gradient } = numbers()
    expect(Math.hypot(...gradient) / 1e-5).toBeCloseTo(1, 4)
    gradient.forEach((slope, at) => {
      const step = (-0.01 * slope) / (Math.abs(slope) + 1e-5)
      expect(Math.abs(after[at]! - before[at]! - step)).toBeLessThan(1e-6)
    })
  })

  test('the log-probability of an action seen twice is that of the policy that now stands, after a step and after a load', async () => {
    const env = bandit(1, { chances: [0.5, 0.5] })
    const measured = (agent: Agent) => {
      agent.observe(env, env.observations.slice(), Int32Array.of(1))
      const scores = new Float32Array(2)
      agent.scores(env.observations, scores)
      const logProbabilities = agent.save().arrays['rollout.logProbabilities']!
      expect(logProbabilities.at(-1)).toBeCloseTo(scores[1]!, 6)
      return scores[1]!
    }
    env.reset(1)
    env.step(Int32Array.of(1))
    const make = () => ppo(env.spec, { ...small, rolloutSteps: 2, learningRate: 0.1 })
    const [one, two] = [await make(), await make()]
    const before = measured(one)
    measured(one)
    while (one.update());
    expect(Math.abs(measured(one) - before)).toBeGreaterThan(1e-3)
    measured(two)
    two.load(one.save(true))
    measured(two)
    two.load(one.save())
    measured(two)
  })

  test('a shop that was reset in the midst of a rollout cuts the episode there, worth what stood there', async () => {
    const env = shop()
    const agent = await ppo(env.spec, small)
    step(agent, env)
    step(agent, env)
    const after = [...env.observations.subarray(0, 4)]
    env.reset(6)
    step(agent, env)
    const { arrays } = agent.save()
    expect([...arrays['rollout.truncated']!]).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 0])
    expect(arrays['rollout.finalValues']![3]).toBeCloseTo(learnedValue(agent, after), 5)
  })

  test('what was collected of another number of copies is dropped', async () => {
    const env = shop()
    const agent = await ppo(env.spec, small)
    step(agent, env)
    const other = cartPole(2)
    other.reset(1)
    step(agent, other)
    expect([...agent.save().arrays['rollout.lengths']!]).toEqual([1, 1])
  })

  test('actions that it did not draw last are measured when they are seen', async () => {
    const [one, two] = [await ppo(shop().spec, small), await ppo(shop().spec, small)]
    for (const agent of [one, two]) {
      const env = shop()
      step(agent, env)
      const [before, actions] = [env.observations.slice(), new Int32Array(3)]
      agent.act(before, true, actions)
      if (agent === two)
        agent.act(
          env.observations.map(value => -value),
          true,
          new Int32Array(3),
        )
      env.step(actions)
      agent.observe(env, before, actions)
    }
    const rollout = (agent: Agent) => Object.entries(agent.save().arrays).filter(([name]) => name.startsWith('rollout.'))
    expect(rollout(two)).toEqual(rollout(one))
  })
})

describe('slates', () => {
  test('candidates that change places change their scores alone', async () => {
    const env = simshop(1)
    env.reset(3)
    const agent = await ppo(env.spec, { hiddenUnits: [16], seed: 5 })
    const scores = (row: Float32Array) => {
      const out = new Float32Array(50)
      agent.scores(row, out)
      return out
    }
    const row = env.observations.slice()
    const [offset, width] = [6, 8]
    const turned = row.slice()
    for (let candidate = 0; candidate < 50; candidate++) {
      turned.set(row.subarray(offset + candidate * width, offset + (candidate + 1) * width), offset + (49 - candidate) * width)
    }
    const [before, after] = [scores(row), scores(turned)]
    expect(new Set(before).size).toBeGreaterThan(40)
    for (const [candidate, score] of before.entries()) expect(after[49 - candidate]).toBeCloseTo(score, 6)
  })

  /** Pages of 5 of 50 candidates of five kinds, drawn anew each time; a shopper likes one kind, and every candidate of it is worth 1. */
  const kinds = (copies: number) => {
    const { env } = defineEnv(copies, {
      name: 'kinds',
      layout: [
        { name: 'user', offset: 0, shape: [1], categories: [5] },
        { name: 'candidates', offset: 1, shape: [50, 1], categories: [5] },
      ],
      actions: { kind: 'slate', candidates: 50, size: 5 },
      horizon: 10,
      state: { likes: wholes(1, 0, 4), kinds: wholes(50, 0, 4) },
      begin(copy, { likes, kinds }, generator) {
        likes[copy] = integer(generator, 5)
        for (let at = copy * 50; at < (copy + 1) * 50; at++) kinds[at] = integer(generator, 5)
      },
      observe(copy, { likes, kinds }, row, offset) {
        row[offset] = likes[copy]!
        row.set(Array.from(kinds.subarray(copy * 50, (copy + 1) * 50)), offset + 1)
      },
      step(copy, { likes, kinds }, actions, at, generator, { rewards }) {
        for (let place = at; place < at + 5; place++) if (kinds[copy * 50 + actions[place]!] === likes[copy]) rewards[copy]!++
        for (let candidate = copy * 50; candidate < (copy + 1) * 50; candidate++) kinds[candidate] = integer(generator, 5)
        return false
      },
    })
    return env
  }

  test('scored one by one, 50 candidates are told apart in 2,560 steps; from the whole row they are not', async () => {
    const learned = async (scoring: PpoOptions['scoring']) => {
      const agent = await ppo(kinds(1).spec, { scoring, rolloutSteps: 32, hiddenUnits: [32], learningRate: 5e-3, epochs: 4, seed: 0 })
      await train(agent, kinds(8), { steps: 2560, seed: 0 })
      return evaluate(agent, kinds(20), { episodes: 20, seed: 1_000_000 }).mean
    }
    // Of 50 places in ten pages a random policy fills ten.
    expect(await learned('candidates')).toBeGreaterThan(45)
    expect(await learned('whole')).toBeLessThan(20)
  })
})

test('scores are the log-probabilities of the actions', async () => {
  const env = bandit(1, { chances: [0.1, 0.9, 0.5] })
  const agent = await ppo(env.spec, { ...small, learningRate: 0.05 })
  play(agent, env, 300)
  const scores = new Float32Array(3)
  agent.scores(Float32Array.of(0), scores)
  expect(scores.reduce((sum, score) => sum + Math.exp(score), 0)).toBeCloseTo(1, 5)
  expect(Math.max(...scores)).toBe(scores[1])
  const [action, chance] = [new Int32Array(1), new Float32Array(1)]
  agent.act(Float32Array.of(0), true, action, chance)
  expect(Math.log(chance[0]!)).toBeCloseTo(scores[action[0]!]!, 5)
  expect(() => agent.scores(new Float32Array(2), scores)).toThrow('observations has 2 numbers; 1 rows of 1 are needed')
})

test('options that do not fit are refused', async () => {
  const { spec } = cartPole(1)
  await expect(ppo(spec, { clipRange: 0 })).rejects.toThrow('ppo: clipRange is 0; it must be a number above 0')
  await expect(ppo(spec, { minibatches: 0 })).rejects.toThrow('minibatches is 0')
  await expect(ppo(spec, { annealClipRange: true })).rejects.toThrow('annealClipRange is true, but annealSteps')
  await expect(ppo(spec, { momentum: 1 } as never)).rejects.toThrow("ppo has no option 'momentum'")
  await expect(ppo(spec, { scoring: 'candidates' })).rejects.toThrow("scoring is 'candidates', but cart-pole shows no candidates")
  const options = (await ppo(simshop(1).spec)).options
  expect([options.scoring, options.rolloutSteps, options.epochs, options.clipValue]).toEqual(['candidates', 128, 10, undefined])
})
