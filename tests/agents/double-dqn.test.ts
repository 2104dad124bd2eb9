import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Checkpoint } from '../../src/agents/agent'
import { type DoubleDqnOptions, doubleDqn } from '../../src/agents/double-dqn'
import { candyStore } from '../../src/envs/candy-store'
import { identity } from '../../src/envs/classic/identity'
import { probe } from '../../src/envs/classic/probes'
import { tinyEnv } from '../../src/envs/classic/tiny'
import type { Env } from '../../src/envs/env'
import { networkBackends } from '../../src/networks/make-network'
import { evaluate } from '../../src/train/evaluate-agent'
import { loadModel, saveModel } from '../../src/train/model-file'
import { sealedText } from '../../src/train/sealed-files'
import { train } from '../../src/train/train'

const place = mkdtempSync(join(tmpdir(), 'shoplab double-dqn '))
afterAll(() => rmSync(place, { recursive: true }))

const small: Partial<DoubleDqnOptions> = { hiddenUnits: [16], dropout: 0, batchSize: 16, seed: 1 }

/** One step of every copy, learned from. */
async function run(agent: Awaited<ReturnType<typeof doubleDqn>>, env: Env, steps: number): Promise<number[]> {
  const actions = new Int32Array(env.copies)
  const taken: number[] = []
  for (let step = 0; step < steps; step++) {
    const before = env.observations.slice()
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
    while (agent.update());
    taken.push(...actions)
  }
  return taken
}

// Worked by hand. One input, two actions, no hidden layer; the observation goes from 1 to 2 and the reward is .5, action 0, discount .9.
//   online Q(s) = [.5 s, s - .25]      Q(1) = [.5, .75]    Q(2) = [1, 1.75]: the best action is 1
//   target Q(s) = [2 s + .5, .5 - s]                       Q(2) = [4.5, -1.5]
//   Double DQN: y = .5 + .9 · (-1.5) = -.85, so the squared loss is (-.85 - .5)² = 1.8225
//   DQN:        y = .5 + .9 · 4.5 = 4.55, so it is 4.05² = 16.4025
//   terminated: y = .5, so it is 0
describe('rung 3: the target worked by hand', () => {
  async function oneUpdate(options: Partial<DoubleDqnOptions>, ending: 'goes on' | 'truncates' | 'terminates') {
    const env = tinyEnv('one-two', 1, {
      actions: 2,
      length: ending === 'goes on' ? 2 : 1,
      truncates: ending === 'truncates',
      begin: () => 1,
      next: () => 2,
      reward: () => 0.5,
    })
    const agent = await doubleDqn(env.spec, {
      ...{ hiddenUnits: [], dropout: 0, discount: 0.9, batchSize: 1, clip: 'none', learningRate: 0.1, learningRateDecay: 1, tau: 0.25 },
      ...options,
    })
    const fresh = agent.save()
    agent.load({
      ...fresh,
      arrays: {
        ...fresh.arrays,
        'online.0.weight': Float32Array.of(0.5, 1),
        'online.0.bias': Float32Array.of(0, -0.25),
        'target.0.weight': Float32Array.of(2, -1),
        'target.0.bias': Float32Array.of(0.5, 0.5),
      },
    })
    env.reset(1)
    const before = env.observations.slice()
    env.step(Int32Array.of(0))
    agent.observe(env, before, Int32Array.of(0))
    const report = agent.update()!
    return { agent, report, after: agent.save() }
  }

  test('the online network names the next action and the target network values it', async () => {
    const { report } = await oneUpdate({}, 'goes on')
    expect(report.loss).toBeCloseTo(1.8225, 5)
  })

  test('without `double` the target network does both', async () => {
    const { report } = await oneUpdate({ double: false }, 'goes on')
    expect(report.loss).toBeCloseTo(16.4025, 4)
  })

  // Huber's loss of an error of 1.35 is 1/2 + .35, and its slope 1, where the square's is 2.7: at one weight and its bias, so √2 and 2.7 √2.
  test('the loss is the square of the error, or straight beyond 1', async () => {
    const [squared, huber] = [(await oneUpdate({}, 'goes on')).report, (await oneUpdate({ loss: 'huber' }, 'goes on')).report]
    expect(huber.loss).toBeCloseTo(0.85, 5)
    expect(huber.gradientNorm).toBeCloseTo(Math.SQRT2, 5)
    expect(squared.gradientNorm).toBeCloseTo(2.7 * Math.SQRT2, 5)
  })

  test('a truncated episode bootstraps from its own last observation, a terminated one not at all', async () => {
    expect((await oneUpdate({}, 'truncates')).report.loss).toBeCloseTo(1.8225, 5)
    expect((await oneUpdate({}, 'terminates')).report.loss).toBeCloseTo(0, 5)
  })

  // The slope of (y - Q)² is 2 · 1.35 at Q(1, 0), so Adam's first step moves weight and bias of action 0 by -.1.
  test('Adam moves the action taken alone, and the soft update follows by tau', async () => {
    const { after } = await oneUpdate({}, 'goes on')
    expectClose(after, 'online.0.weight', [0.4, 1])
    expectClose(after, 'online.0.bias', [-0.1, -0.25])
    expectClose(after, 'target.0.weight', [0.25 * 0.4 + 0.75 * 2, 0.25 * 1 - 0.75 * 1])
    expectClose(after, 'target.0.bias', [-0.25 * 0.1 + 0.75 * 0.5, -0.25 * 0.25 + 0.75 * 0.5])
  })

  test('the hard update leaves the target alone until its turn and then copies', async () => {
    const { agent, after } = await oneUpdate({ targetUpdate: 'hard', targetEvery: 3 }, 'goes on')
    expectClose(after, 'target.0.weight', [2, -1])
    const env = probe('action', 1)
    env.reset(1)
    await run(agent, env, 1)
    expectClose(agent.save(), 'target.0.weight', [2, -1])
    await run(agent, env, 1)
    const copied = agent.save()
    expect(copied.arrays['target.0.weight']).toEqual(copied.arrays['online.0.weight'])
    expect(copied.arrays['target.0.bias']).toEqual(copied.arrays['online.0.bias'])
  })
})

function parametersOf(agent: Awaited<ReturnType<typeof doubleDqn>>): { readonly parameters: number[] } {
  const { arrays } = agent.save()
  return { parameters: ['0.weight', '0.bias', '1.weight', '1.bias'].flatMap(part => [...arrays[`online.${part}`]!]) }
}

function expectClose(checkpoint: Checkpoint, name: string, wanted: number[]): void {
  wanted.forEach((value, at) => {
    expect(checkpoint.arrays[name]![at]).toBeCloseTo(value, 5)
  })
}

describe('rung 4: the probes, in order', () => {
  const learned = async (name: Parameters<typeof probe>[0], steps = 300) => {
    const env = probe(name, 1)
    const agent = await doubleDqn(env.spec, { ...small, learningRate: 0.01, tau: 0.1, epsilonDecay: 0.98, discount: 0.9 })
    env.reset(1)
    await run(agent, env, steps)
    const values = new Float32Array(env.spec.actions.kind === 'discrete' ? env.spec.actions.n : 0)
    return (seen: number) => {
      agent.scores(Float32Array.of(seen), values)
      return [...values]
    }
  }

  test('1: a constant reward is learned', async () => {
    expect((await learned('constant'))(0)[0]).toBeCloseTo(1, 1)
  })

  test('2: the value depends on the observation', async () => {
    const value = await learned('observation')
    expect(value(1)[0]).toBeCloseTo(1, 1)
    expect(value(-1)[0]).toBeCloseTo(-1, 1)
  })

  test('3: the discount carries value back', async () => {
    const value = await learned('delay', 600)
    expect(value(1)[0]).toBeCloseTo(1, 1)
    expect(value(0)[0]).toBeCloseTo(0.9, 1)
  })

  test('4: the policy follows the reward', async () => {
    const [first, second] = (await learned('action', 500))(0)
    expect(first).toBeCloseTo(-1, 1)
    expect(second).toBeCloseTo(1, 1)
  })

  test('5: and does so by the observation', async () => {
    const value = await learned('both', 500)
    expect(value(1)[1]).toBeGreaterThan(0.8)
    expect(value(1)[0]).toBeLessThan(-0.8)
    expect(value(-1)[0]).toBeGreaterThan(0.8)
    expect(value(-1)[1]).toBeLessThan(-0.8)
  })
})

test('rung 1: two runs with one seed are equal to the last bit, and another seed differs', async () => {
  const once = async (seed: number) => {
    const env = candyStore(2, { users: 20, items: 15 })
    const agent = await doubleDqn(env.spec, { ...small, dropout: 0.3, seed, epsilonDecay: 0.8 })
    env.reset(3)
    const before = await run(agent, env, 60)
    return { checkpoint: agent.save(), taken: [...before, ...(await run(agent, env, 50))] }
  }
  const [one, two, other] = [await once(5), await once(5), await once(6)]
  expect(two).toEqual(one)
  expect(other.taken).not.toEqual(one.taken)
})

// Stable-Baselines3's own test of DQN on this shop.
test('rung 5: identity, 90 of 100 after 1,200 steps, with every seed of five', async () => {
  const options = { hiddenUnits: [16], dropout: 0, learningRate: 0.01, discount: 0.5, epsilonDecay: 0.5 }
  for (const seed of [1, 2, 3, 4, 5]) {
    const env = identity(1)
    const agent = await doubleDqn(env.spec, { ...options, seed })
    await train(agent, env, { steps: 1200, seed })
    expect(evaluate(agent, identity(1), { episodes: 5, seed: 1000 }).returns.every(right => right >= 90)).toBe(true)
    agent.dispose()
  }
})

describe.each(networkBackends.filter(backend => backend !== 'auto'))('rung 9: vectorised = single, %s', backend => {
  test.each([false, true])('copies served together are served greedily as each one alone, batch normalisation %s', async normalised => {
    const shop = (copies: number) => candyStore(copies, { users: 20, items: 15 })
    const env = shop(1)
    const agent = await doubleDqn(env.spec, { ...small, backend, batchNormalisation: normalised })
    await train(agent, env, { steps: 100, seed: 1 })
    const copies = 23
    const together = shop(copies)
    const taken = new Int32Array(copies)
    const propensities = new Float32Array(copies)
    const [one, chance] = [new Int32Array(1), new Float32Array(1)]
    together.reset(7)
    for (let step = 0; step < 12; step++) {
      agent.act(together.observations, false, taken, propensities)
      for (let copy = 0; copy < copies; copy++) {
        const { width } = together.spec
        agent.act(together.observations.slice(copy * width, (copy + 1) * width), false, one, chance)
        expect([one[0], chance[0]]).toEqual([taken[copy], propensities[copy]])
      }
      together.step(taken)
    }
    expect(new Set(taken).size).toBeGreaterThan(1)
    const evaluation = { episodes: 20, seed: 5 }
    expect(evaluate(agent, shop(7), evaluation)).toEqual(evaluate(agent, shop(1), evaluation))
    agent.dispose()
  })
})

test('rung 11: an agent taken up again goes on to the last bit, before and after warm-up and when the replay is full', async () => {
  for (const stop of [5, 40, 130]) {
    const options = { ...small, dropout: 0.3, replayCapacity: 200, epsilonDecay: 0.9, trainEvery: 3 }
    const env = candyStore(2, { users: 20, items: 15 })
    const whole = await doubleDqn(env.spec, options)
    env.reset(3)
    await run(whole, env, stop)
    const checkpoint = whole.save()
    const snapshots = [env.save(0), env.save(1)]
    const wanted = await run(whole, env, 40)

    const again = candyStore(2, { users: 20, items: 15 })
    again.reset(99)
    snapshots.forEach((snapshot, copy) => {
      again.load(snapshot, [copy])
    })
    const taken = await doubleDqn(env.spec, { ...options, seed: 77 })
    taken.load(checkpoint)
    expect(await run(taken, again, 40)).toEqual(wanted)
    expect({ ...taken.save(), options: 0 }).toEqual({ ...whole.save(), options: 0 })
  }
})

describe('batch normalisation', () => {
  const normalised = { ...small, dropout: 0.3, batchNormalisation: true }

  async function trained(options: Partial<DoubleDqnOptions> = {}, steps = 40) {
    const env = candyStore(2, { users: 20, items: 15 })
    const agent = await doubleDqn(env.spec, { ...normalised, ...options })
    env.reset(3)
    await run(agent, env, steps)
    return { agent, env }
  }

  test('an agent taken up again goes on to the last bit, in its arrays the learnt and the running numbers', async () => {
    const { agent, env } = await trained()
    const checkpoint = agent.save()
    expect(checkpoint.arrays['online.0.scale']).toHaveLength(16)
    expect(checkpoint.arrays['online.0.runningMean']).not.toEqual(new Float32Array(16))
    expect(checkpoint.arrays['target.0.runningVariance']).not.toEqual(checkpoint.arrays['online.0.runningVariance'])
    const snapshots = [env.save(0), env.save(1)]
    const wanted = await run(agent, env, 40)

    const again = candyStore(2, { users: 20, items: 15 })
    again.reset(99)
    snapshots.forEach((snapshot, copy) => {
      again.load(snapshot, [copy])
    })
    const taken = await doubleDqn(env.spec, { ...normalised, seed: 77 })
    taken.load(checkpoint)
    expect(await run(taken, again, 40)).toEqual(wanted)
    expect({ ...taken.save(), options: 0 }).toEqual({ ...agent.save(), options: 0 })
  })

  test('a policy names its layers, has no bias where there are shifts, and acts the same elsewhere', async () => {
    const { agent, env } = await trained()
    const policy = agent.save(true)
    expect(Object.keys(policy.arrays)).toEqual([
      ...['weight', 'scale', 'shift', 'runningMean', 'runningVariance'].map(name => `online.0.${name}`),
      ...['online.1.weight', 'online.1.bias'],
    ])
    const { agent: other } = await trained({ seed: 8 }, 20)
    other.load(policy)
    const [one, two] = [new Float32Array(15), new Float32Array(15)]
    agent.scores(env.observations.subarray(0, 42), one)
    other.scores(env.observations.subarray(0, 42), two)
    expect(two).toEqual(one)
  })

  test('the running statistics of the target follow by tau, or are copied', async () => {
    const env = probe('both', 1)
    const oneUpdate = async (options: Partial<DoubleDqnOptions>) => {
      const agent = await doubleDqn(env.spec, { ...normalised, batchSize: 4, tau: 0.25, ...options })
      env.reset(1)
      await run(agent, env, 4)
      expect(agent.save().state.updates).toBe(1)
      return agent.save().arrays
    }
    const soft = await oneUpdate({})
    soft['target.0.runningVariance']!.forEach((value, unit) => {
      expect(value).toBeCloseTo(0.25 * soft['online.0.runningVariance']![unit]! + 0.75 * 1, 6)
      expect(value).not.toBe(1)
    })
    const waiting = await oneUpdate({ targetUpdate: 'hard', targetEvery: 2 })
    expect(waiting['target.0.runningVariance']).toEqual(new Float32Array(16).fill(1))
    const hard = await oneUpdate({ targetUpdate: 'hard', targetEvery: 1 })
    expect(hard['target.0.runningVariance']).toEqual(hard['online.0.runningVariance'])
  })

  test('values are learned with it: the fifth probe', async () => {
    const env = probe('both', 1)
    const options = { ...small, learningRate: 0.01, tau: 0.1, epsilonDecay: 0.98, discount: 0.9, batchNormalisation: true }
    const agent = await doubleDqn(env.spec, options)
    env.reset(1)
    await run(agent, env, 500)
    const values = new Float32Array(2)
    for (const seen of [1, -1]) {
      agent.scores(Float32Array.of(seen), values)
      expect(values[seen === 1 ? 1 : 0]).toBeGreaterThan(0.8)
      expect(values[seen === 1 ? 0 : 1]).toBeLessThan(-0.8)
    }
  })

  test('a checkpoint made with it is refused without it and the other way round, and both stay as they were', async () => {
    const [{ agent: one }, { agent: two }] = [await trained(), await trained({ batchNormalisation: false })]
    const [before, after] = [one.save(), two.save()]
    expect(() => one.load(after)).toThrow('the checkpoint has no online.0.scale')
    expect(() => two.load(before)).toThrow('the checkpoint has no online.0.bias')
    expect([one.save(), two.save()]).toEqual([before, after])
  })

  test('a checkpoint older than the option loads into an agent without it', async () => {
    const { agent } = await trained({ batchNormalisation: false })
    const { batchNormalisation: _, ...options } = agent.save().options
    const { agent: other } = await trained({ batchNormalisation: false, seed: 8 })
    other.load({ ...agent.save(), options })
    expect(other.save().arrays).toEqual(agent.save().arrays)
  })

  test('a saved model carries it', async () => {
    const folder = join(place, 'model')
    const env = candyStore(1, { users: 20, items: 15 })
    const agent = await doubleDqn(env.spec, normalised)
    saveModel(folder, agent, await train(agent, env, { steps: 60, seed: 2 }))
    const { agent: again, policy } = await loadModel(folder)
    expect(policy.options.batchNormalisation).toBe(true)
    expect(again.save(true).arrays).toEqual(agent.save(true).arrays)
    const [one, two] = [new Float32Array(15), new Float32Array(15)]
    agent.scores(env.observations, one)
    again.scores(env.observations, two)
    expect(two).toEqual(one)
  })

  test('a training whose checkpoint is older than the option goes on without it, and not with it', async () => {
    const folder = join(place, 'training')
    const part = async (steps: number, resume: boolean, batchNormalisation = false) => {
      const env = candyStore(1, { users: 20, items: 15 })
      const agent = await doubleDqn(env.spec, { ...normalised, batchNormalisation })
      await train(agent, env, { steps, seed: 2, checkpoint: { folder, every: 100, resume } })
      return agent.save()
    }
    const whole = await part(80, false)
    await part(40, false)
    const file = join(folder, 'checkpoint.json')
    const { sha256: _, ...content } = JSON.parse(readFileSync(file, 'utf8'))
    delete content.agent.options.batchNormalisation
    writeFileSync(file, sealedText(content))
    await expect(part(80, true, true)).rejects.toThrow("its agent's batchNormalisation is false, this one's true")
    expect(await part(80, true)).toEqual(whole)
  })

  test('a batch of one has no variance', async () => {
    const { spec } = probe('action', 1)
    await expect(doubleDqn(spec, { batchNormalisation: true, batchSize: 1 })).rejects.toThrow(
      'batchSize is 1; batchNormalisation takes mean and variance of at least 2',
    )
  })
})

test('epsilon is multiplied by every episode that ends, in every copy, down to its floor', async () => {
  const env = probe('action', 3)
  const agent = await doubleDqn(env.spec, { ...small, epsilonStart: 0.8, epsilonDecay: 0.5, epsilonEnd: 0.05 })
  env.reset(1)
  expect(agent.epsilon).toBe(0.8)
  await run(agent, env, 1)
  expect(agent.epsilon).toBeCloseTo(0.1, 12)
  await run(agent, env, 1)
  expect(agent.epsilon).toBe(0.05)
})

test('there are as many updates as transitions / trainEvery, none before warm-up', async () => {
  const env = probe('action', 4)
  const agent = await doubleDqn(env.spec, { ...small, warmUp: 16, trainEvery: 3 })
  env.reset(1)
  const updates = () => agent.save().state.updates
  await run(agent, env, 3)
  expect(updates()).toBe(0)
  await run(agent, env, 6) // the fourth step fills the warm-up, so six steps of four copies count
  expect(updates()).toBe(8)
})

test('with `linear`, epsilon falls with every transition of every copy, in a straight line', async () => {
  const env = probe('action', 3)
  const agent = await doubleDqn(env.spec, { ...small, epsilonSchedule: 'linear', epsilonSteps: 30, epsilonStart: 0.9, epsilonEnd: 0.3 })
  env.reset(1)
  const epsilons: number[] = []
  for (let step = 0; step < 12; step++) {
    epsilons.push(agent.epsilon!)
    await run(agent, env, 1)
  }
  for (const [step, epsilon] of epsilons.entries()) expect(epsilon).toBeCloseTo(Math.max(0.3, 0.9 - 0.06 * step), 12)
})

test('after every `trainEvery` transitions come `gradientSteps` updates, and a checkpoint among them knows how many are left', async () => {
  const env = probe('action', 1)
  const options = { ...small, batchSize: 4, trainEvery: 5, gradientSteps: 3, targetUpdate: 'hard', targetEvery: 3 } as const
  const agent = await doubleDqn(env.spec, options)
  env.reset(1)
  const updates = () => agent.save().state.updates
  await run(agent, env, 7) // the fourth fills the warm-up and is the first that counts
  expect(updates()).toBe(0)
  const before = env.observations.slice()
  env.step(Int32Array.of(0))
  agent.observe(env, before, Int32Array.of(0))
  expect(agent.update()).toBeDefined()
  const again = await doubleDqn(env.spec, options)
  again.load(agent.save())
  for (const one of [agent, again]) {
    expect(one.update()).toBeDefined()
    expect(one.update()).toBeDefined()
    expect(one.update()).toBeUndefined()
  }
  expect(again.save()).toEqual(agent.save())
  const { arrays } = agent.save()
  expect(arrays['target.0.weight']).toEqual(arrays['online.0.weight'])
})

test('the learning rate falls smoothly, by its decay over as many updates as told', async () => {
  const env = probe('action', 1)
  const agent = await doubleDqn(env.spec, {
    ...small,
    batchSize: 1,
    learningRate: 0.01,
    learningRateDecay: 0.25,
    learningRateDecayEvery: 4,
  })
  env.reset(1)
  for (let update = 0; update < 9; update++) {
    const before = env.observations.slice()
    env.step(Int32Array.of(0))
    agent.observe(env, before, Int32Array.of(0))
    const { parameters: from } = parametersOf(agent)
    expect(agent.update()!.learningRate).toBeCloseTo(0.01 * 0.25 ** (update / 4), 12)
    // The batch is the same each time, so that Adam's step is as long as the rate says.
    if (update > 0) continue
    const { parameters: to } = parametersOf(agent)
    expect(Math.max(...to.map((value, at) => Math.abs(value - from[at]!)))).toBeCloseTo(0.01, 5)
  }
})

test('dropout and the kind of initial weights change what is learned and where it starts', async () => {
  const learned = async (options: Partial<DoubleDqnOptions>) => {
    const env = candyStore(1, { users: 20, items: 15 })
    const agent = await doubleDqn(env.spec, { ...small, hiddenUnits: [8, 8], ...options })
    const fresh = agent.save().arrays
    env.reset(1)
    await run(agent, env, 20)
    return { fresh, later: agent.save().arrays }
  }
  const [plain, dropped, other] = [await learned({}), await learned({ dropout: 0.5 }), await learned({ initialisation: 'fan-in' })]
  expect(dropped.fresh).toEqual(plain.fresh)
  expect(dropped.later['online.0.weight']).not.toEqual(plain.later['online.0.weight'])
  expect(plain.fresh['online.0.bias']!.every(value => value === 0)).toBe(true)
  expect(other.fresh['online.0.bias']!.every(value => value !== 0 && Math.abs(value) <= 1 / Math.sqrt(42))).toBe(true)
})

test('targets that are no numbers any more are told as divergence, and the networks stay as they were', async () => {
  const env = probe('delay', 1)
  const agent = await doubleDqn(env.spec, { ...small, hiddenUnits: [], batchSize: 1 })
  const fresh = agent.save()
  agent.load({
    ...fresh,
    arrays: { ...fresh.arrays, 'target.0.bias': Float32Array.of(3.4e38), 'target.0.weight': Float32Array.of(3.4e38) },
  })
  env.reset(1)
  const before = env.observations.slice()
  env.step(Int32Array.of(0))
  agent.observe(env, before, Int32Array.of(0))
  const kept = agent.save().arrays
  expect(() => agent.update()).toThrow('learning diverged: after 0 updates')
  expect(agent.save().arrays).toEqual(kept)
})

test('propensities are the chances with which actions are taken', async () => {
  const env = candyStore(1, { users: 5, items: 4 })
  const agent = await doubleDqn(env.spec, { ...small, epsilonStart: 0.4 })
  env.reset(1)
  const rows = 4000
  const observations = new Float32Array(rows * env.spec.width)
  for (let row = 0; row < rows; row++) observations.set(env.observations, row * env.spec.width)
  const [actions, propensities] = [new Int32Array(rows), new Float32Array(rows)]
  agent.act(observations, true, actions, propensities)
  const chances = new Map(Array.from(actions, (action, row) => [action, propensities[row]!]))
  expect([...chances.values()].sort()).toEqual([0.1, 0.1, 0.1, 0.7].map(Math.fround))
  for (const [action, chance] of chances) {
    expect(Math.abs(actions.filter(taken => taken === action).length / rows - chance)).toBeLessThan(0.03) // four standard errors
  }
  agent.act(observations, false, actions, propensities)
  expect(new Set(actions).size).toBe(1)
  expect(new Set(propensities)).toEqual(new Set([1]))
})

test('acting greedily or asking for scores leaves no trace in training', async () => {
  const trained = async (disturb: boolean) => {
    const env = candyStore(1, { users: 20, items: 15 })
    const agent = await doubleDqn(env.spec, { ...small, dropout: 0.3 })
    env.reset(1)
    for (let step = 0; step < 40; step++) {
      await run(agent, env, 1)
      if (!disturb) continue
      agent.act(env.observations, false, new Int32Array(1))
      agent.scores(env.observations, new Float32Array(15))
    }
    return agent.save()
  }
  expect(await trained(true)).toEqual(await trained(false))
})

test('what is not finite is refused before anything is learned or kept', async () => {
  const env = candyStore(2, { users: 20, items: 15 })
  const agent = await doubleDqn(env.spec, small)
  env.reset(1)
  await run(agent, env, 30)
  const before = env.observations.slice()
  env.step(Int32Array.of(1, 2))
  const checkpoint = agent.save()
  const actions = Int32Array.of(1, 2)
  env.rewards[1] = Number.NaN
  expect(() => agent.observe(env, before, actions)).toThrow('the reward of copy 1 is NaN')
  env.rewards[1] = 1e300
  expect(() => agent.observe(env, before, actions)).toThrow('the reward of copy 1 is 1e+300')
  env.rewards[1] = 0
  before[50] = Infinity
  expect(() => agent.observe(env, before, actions)).toThrow('number 8 of copy 1 is Infinity')
  expect(() => agent.observe(env, before, Int32Array.of(1, 15))).toThrow('the action of copy 1 is 15; it must be between 0 and 14')
  expect(() => agent.observe(env, before.subarray(1), actions)).toThrow('2 copies of width 42 need 84 and 2')
  expect(() => agent.act(before.subarray(1), true, actions)).toThrow('observations has 83 numbers; 2 rows of 42 are needed')
  expect(agent.update()).toBeUndefined()
  expect(agent.save()).toEqual(checkpoint)
})

test('a training in a shop of other spaces, or one that breaks, is refused and leaves the agent as it was', async () => {
  const agent = await doubleDqn(candyStore(1, { users: 20, items: 15 }).spec, { ...small, warmUp: 4, epsilonStart: 0, epsilonEnd: 0 })
  const refused = async (env: Env, says: string) => {
    const before = agent.save()
    await expect(train(agent, env, { steps: 20 })).rejects.toThrow(says)
    expect(agent.save().arrays).toEqual(before.arrays)
    expect(agent.save().state).toMatchObject({ replaySize: before.state.replaySize, updates: before.state.updates })
  }
  await refused(candyStore(1, { users: 20, items: 16 }), 'candy-store has the actions Discrete(16); this agent was made for Discrete(15)')
  await refused(probe('both', 1), 'observations has 1 numbers; 1 rows of 42 are needed')
  const broken = candyStore(1, { users: 20, items: 15 })
  const { step } = broken
  broken.step = actions => {
    step(actions)
    broken.rewards[0] = Number.NaN
  }
  await refused(broken, 'the reward of copy 0 is NaN')
  broken.step = actions => {
    step(actions)
    broken.observations[3] = Number.NaN
  }
  await refused(broken, 'what follows: number 3 of copy 0 is NaN')
})

test('a checkpoint of another agent, architecture or size is refused and changes nothing', async () => {
  const env = candyStore(1, { users: 20, items: 15 })
  const agent = await doubleDqn(env.spec, small)
  env.reset(1)
  await run(agent, env, 30)
  const checkpoint = agent.save()
  const { 'target.1.bias': _, ...incomplete } = checkpoint.arrays
  expect(() => agent.load({ ...checkpoint, agent: 'sarsa' })).toThrow('the checkpoint is of sarsa; this agent is double-dqn')
  expect(() => agent.load({ ...checkpoint, arrays: incomplete })).toThrow('the checkpoint has no target.1.bias')
  expect(() => agent.load({ ...checkpoint, state: { ...checkpoint.state, replay: undefined } })).toThrow('replay is undefined')
  const wider = await doubleDqn(env.spec, { ...small, hiddenUnits: [17] })
  const untouched = wider.save()
  expect(() => wider.load(checkpoint)).toThrow('online.0.weight has 672 numbers in the checkpoint; this agent has 714')
  expect(wider.save()).toEqual(untouched)
  const shorter = await doubleDqn(env.spec, { ...small, replayCapacity: 20 })
  expect(() => shorter.load(checkpoint)).toThrow('this one has room for 20')
  expect(agent.save()).toEqual(checkpoint)
})

test('a policy alone acts the same and learns on from an empty replay', async () => {
  const env = candyStore(1, { users: 20, items: 15 })
  const agent = await doubleDqn(env.spec, small)
  env.reset(1)
  await run(agent, env, 60)
  const policy = agent.save(true)
  expect(Object.keys(policy.arrays)).toEqual(['online.0.weight', 'online.0.bias', 'online.1.weight', 'online.1.bias'])
  const other = await doubleDqn(env.spec, { ...small, seed: 8 })
  await run(other, env, 30)
  other.load(policy)
  const [one, two] = [new Float32Array(15), new Float32Array(15)]
  agent.scores(env.observations, one)
  other.scores(env.observations, two)
  expect(two).toEqual(one)
  expect(other.epsilon).toBe(agent.epsilon)
  const begun = other.save()
  expect(begun.state).toMatchObject({ replaySize: 0, updates: 0, owed: 0 })
  // The target begins where the policy stands, and the optimiser anew.
  for (const part of ['0.weight', '0.bias', '1.weight', '1.bias']) {
    expect(begun.arrays[`target.${part}`]).toEqual(policy.arrays[`online.${part}`])
  }
  expect(begun.arrays.firstMoments!.every(moment => moment === 0)).toBe(true)
  await run(other, env, 20)
  expect(other.save().state.updates).toBe(5)
})

test("the defaults are the guide's", async () => {
  const agent = await doubleDqn(candyStore(1).spec)
  expect(agent.options).toEqual({
    ...{ hiddenUnits: [256, 256, 128], dropout: 0.2, batchNormalisation: false, initialisation: 'he' },
    ...{ learningRate: 1e-3, learningRateDecay: 0.99, learningRateDecayEvery: 1000 },
    ...{ discount: 0.95, batchSize: 32, replayCapacity: 10_000, warmUp: 32, double: true, targetUpdate: 'soft', tau: 0.005 },
    ...{ targetEvery: 100, clip: 'value', clipLimit: 1, loss: 'squared', epsilonStart: 1, epsilonEnd: 0.01, epsilonDecay: 0.995 },
    ...{ epsilonSchedule: 'episode', epsilonSteps: 10_000, trainEvery: 1, gradientSteps: 1, backend: 'auto', seed: 0 },
    ...{ nSteps: 1, prioritised: false, priorityExponent: 0.6, importanceExponent: 0.4, importanceSteps: 100_000, duelling: false },
  })
  agent.dispose()
})

test('options that do not fit are listed with their value and what is allowed', async () => {
  const { spec } = probe('action', 1)
  const refused = (options: object) => expect(doubleDqn(spec, options)).rejects
  await refused({ learninRate: 1 }).toThrow(
    "double-dqn has no option 'learninRate'; its options are hiddenUnits, dropout, batchNormalisation,",
  )
  await refused({ discount: 1.5 }).toThrow('double-dqn: discount is 1.5; it must be a number from 0 to 1')
  await refused({ loss: 'mse', batchSize: 0 }).toThrow(
    'double-dqn: batchSize is 0; it must be a whole number from 1 to 65536\ndouble-dqn: loss is "mse"; it must be one of squared, huber',
  )
  await refused({ hiddenUnits: [16, 2.5] }).toThrow('double-dqn: hiddenUnits.1 is 2.5; it must be a whole number from 1 to 8192')
  await refused({ learningRate: Number.NaN }).toThrow('learningRate is NaN; it must be a number above 0')
  await refused({ warmUp: 50, replayCapacity: 20 }).toThrow('warmUp is 50; it must be at most replayCapacity, 20')
  await refused({ epsilonStart: 0, epsilonEnd: 0.1 }).toThrow('epsilonEnd is 0.1; it must be at most epsilonStart, 0')
  await expect(doubleDqn({ ...spec, name: 'pages', actions: { kind: 'slate', candidates: 5, size: 2 } })).rejects.toThrow(
    'double-dqn chooses one action of a list, but pages has slate actions',
  )
})
