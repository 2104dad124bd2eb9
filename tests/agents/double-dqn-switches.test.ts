/** DQN's switches: n-step returns, prioritised replay and duelling networks, each alone and all together, up the ladder. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Agent, Checkpoint } from '../../src/agents/agent'
import { type DoubleDqnOptions, doubleDqn } from '../../src/agents/double-dqn'
import { candyStore } from '../../src/envs/candy-store'
import { identity } from '../../src/envs/classic/identity'
import { type ProbeName, probe } from '../../src/envs/classic/probes'
import { tinyEnv } from '../../src/envs/classic/tiny'
import type { Env } from '../../src/envs/env'
import { evaluate } from '../../src/train/evaluate-agent'
import { loadModel, saveModel } from '../../src/train/model-file'
import { sealedText } from '../../src/train/sealed-files'
import { train } from '../../src/train/train'
import { agentProperties } from './agent-properties'

const place = mkdtempSync(join(tmpdir(), 'shoplab double-dqn switches '))
afterAll(() => rmSync(place, { recursive: true }))

type Options = Partial<DoubleDqnOptions>

const switches = {
  none: {},
  nSteps: { nSteps: 3 },
  prioritised: { prioritised: true, importanceSteps: 200 },
  duelling: { duelling: true },
  all: { nSteps: 3, prioritised: true, importanceSteps: 200, duelling: true },
} satisfies Record<string, Options>
const every = Object.entries(switches) as [string, Options][]
/** Without any, the ladder is climbed in double-dqn.test.ts. */
const switched = every.filter(([name]) => name !== 'none')

const small: Options = { hiddenUnits: [16], dropout: 0, batchSize: 16, seed: 1 }
const shop = (copies: number) => candyStore(copies, { users: 20, items: 15 })

for (const [name, options] of every) {
  agentProperties(
    `double-dqn with ${name}`,
    env => doubleDqn(env.spec, { ...small, hiddenUnits: [12, 8], dropout: 0.3, epsilonDecay: 0.8, replayCapacity: 60, ...options }),
    shop,
    { other: copies => candyStore(copies, { users: 20, items: 16 }) },
  )
}

/** One step of every copy, learned from. */
function go(agent: Agent, env: Env, steps: number): void {
  const actions = new Int32Array(env.copies)
  for (let step = 0; step < steps; step++) {
    const before = env.observations.slice()
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
    while (agent.update());
  }
}

// Worked by hand. One input, two actions, no hidden layer; observations 1, 2, 3, each step pays .5, discount .9, two steps at once.
//   online Q(s) = [.5 s, s - .25]    Q(1, 0) = .5, Q(2, 0) = 1;  Q(2) = [1, 1.75], Q(3) = [1.5, 2.75]: the best action is 1
//   target Q(s) = [2 s + .5, .5 - s]                            Q(2) = [4.5, -1.5], Q(3) = [6.5, -2.5]
// From 1 over two steps: rewards .5 + .9 · .5 = .95, and .81 · (-2.5) follows: y = -1.075, loss (-1.075 - .5)² = 2.480625.
//   DQN: y = .95 + .81 · 6.5 = 6.215, loss 5.715² = 32.661225
// Where the episode ends in 3, the second step is kept as well, as one:
//   truncated   y = .5 + .9 · (-2.5) = -1.75, loss (-1.75 - 1)² = 7.5625
//   terminated  the first y = .95, loss .45² = .2025; the second y = .5, loss .5² = .25
// Where it ends in 2, the first step is one: truncated y = .5 + .9 · (-1.5) = -.85, loss 1.8225; terminated y = .5, loss 0.
describe('rung 3: the target over two steps, worked by hand', () => {
  async function losses(options: Options, length: number, truncates: boolean, steps: number): Promise<number[]> {
    const rules = { begin: () => 1, next: (_: unknown, seen: number) => seen + 1, reward: () => 0.5 }
    const env = tinyEnv('one-two-three', 1, { actions: 2, length, truncates, ...rules })
    const agent = await doubleDqn(env.spec, {
      ...{ hiddenUnits: [], dropout: 0, discount: 0.9, batchSize: 1, nSteps: 2, clip: 'none', learningRate: 1e-12, tau: 0 },
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
    const found = new Set<number>()
    for (let step = 0; step < steps; step++) {
      const before = env.observations.slice()
      env.step(Int32Array.of(0))
      agent.observe(env, before, Int32Array.of(0))
      for (let report = agent.update(); report; report = agent.update()) found.add(Number(report.loss!.toFixed(4)))
    }
    agent.dispose()
    return [...found].sort((one, other) => one - other)
  }

  test('the rewards of both steps count, and the future by the discount squared', async () => {
    expect(await losses({}, 3, true, 2)).toEqual([2.4806])
    expect((await losses({ double: false }, 3, true, 2))[0]).toBeCloseTo(32.6612, 3)
    expect(await losses({ prioritised: true }, 3, true, 2)).toEqual([2.4806])
  })

  test('where an episode ends the steps that are left are kept: a truncated one bootstraps, a terminated one does not', async () => {
    expect(await losses({}, 2, true, 40)).toEqual([2.4806, 7.5625])
    expect(await losses({}, 2, false, 40)).toEqual([0.2025, 0.25])
    expect(await losses({}, 1, true, 3)).toEqual([1.8225])
    expect(await losses({}, 1, false, 3)).toEqual([0])
  })
})

describe.each(switched)('rung 4: the probes, in order, with %s', (_, options) => {
  const learned = async (name: ProbeName, steps: number) => {
    const env = probe(name, 1)
    const agent = await doubleDqn(env.spec, { ...small, learningRate: 0.01, tau: 0.1, epsilonDecay: 0.98, discount: 0.9, ...options })
    env.reset(1)
    go(agent, env, steps)
    const values = new Float32Array(env.spec.actions.kind === 'discrete' ? env.spec.actions.n : 0)
    return (seen: number) => {
      agent.scores(Float32Array.of(seen), values)
      return [...values]
    }
  }

  test('all five are passed', async () => {
    expect((await learned('constant', 300))(0)[0]).toBeCloseTo(1, 1)

    const observation = await learned('observation', 300)
    expect(observation(1)[0]).toBeCloseTo(1, 1)
    expect(observation(-1)[0]).toBeCloseTo(-1, 1)

    const delay = await learned('delay', 600)
    expect(delay(1)[0]).toBeCloseTo(1, 1)
    expect(delay(0)[0]).toBeCloseTo(0.9, 1)

    // Prioritised, the rare mistake is drawn often and weighs little: it comes to the same, later than the 500 steps of drawing all alike.
    const [first, second] = (await learned('action', 800))(0)
    expect(first).toBeCloseTo(-1, 1)
    expect(second).toBeCloseTo(1, 1)

    const both = await learned('both', 500)
    expect(both(1)[1]).toBeGreaterThan(0.8)
    expect(both(1)[0]).toBeLessThan(-0.8)
    expect(both(-1)[0]).toBeGreaterThan(0.8)
    expect(both(-1)[1]).toBeLessThan(-0.8)
  })
})

test.each(switched)('rung 5: identity, 90 of 100 after 1,200 steps, with %s', async (_, options) => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const env = identity(1)
    const agent = await doubleDqn(env.spec, { ...small, learningRate: 0.01, discount: 0.5, epsilonDecay: 0.5, ...options, seed })
    await train(agent, env, { steps: 1200, seed })
    expect(evaluate(agent, identity(1), { episodes: 5, seed: 1000 }).returns.every(right => right >= 90)).toBe(true)
    agent.dispose()
  }
})

// A reward of 1 without end is worth 1 / (1 - .9) = 10. Every fifth step our patience ends; whoever takes that for the end of the process
// learns something near 1 / (1 - .9 · 4/5) = 3.6 (of one step; what is seen does not tell how far the episode is).
describe.each(every)('rung 6: an endless reward of 1 with time limits, with %s', (_, options) => {
  const value = async (truncates: boolean) => {
    const env = tinyEnv('endless', 1, { actions: 1, length: 5, truncates, begin: () => 1, reward: () => 1 })
    const agent = await doubleDqn(env.spec, { ...small, learningRate: 0.01, learningRateDecay: 1, tau: 0.05, discount: 0.9, ...options })
    env.reset(1)
    go(agent, env, 1500)
    const out = new Float32Array(1)
    agent.scores(Float32Array.of(1), out)
    agent.dispose()
    return out[0]!
  }
  const isRight = (found: number) => Math.abs(found - 1 / (1 - 0.9)) <= 1

  test('it is worth 1 / (1 - discount), give or take 1', async () => {
    expect(isRight(await value(true))).toBe(true)
  })

  test('and is not found when a truncation is taken for an end: the negative control', async () => {
    expect(isRight(await value(false))).toBe(false)
  })
})

describe('what is remembered', () => {
  test('errors move the priorities, weights the loss, and a new transition has the highest', async () => {
    const env = probe('both', 1)
    const agent = await doubleDqn(env.spec, { ...small, prioritised: true, batchSize: 4 })
    env.reset(1)
    go(agent, env, 30)
    const { arrays, state } = agent.save()
    const priorities = arrays['replay.priorities']!
    expect(priorities).toHaveLength(30)
    expect(new Set(priorities).size).toBeGreaterThan(10)
    expect(Math.max(...priorities)).toBeLessThanOrEqual(state.replayHighest as number)
    agent.dispose()
  })

  // A batch of 1 whose weight is divided by itself is not moved; one of 8 is.
  test('the importance exponent changes what is learned, and at 0 no row weighs less', async () => {
    const learned = async (options: Options) => {
      const env = shop(1)
      const agent = await doubleDqn(env.spec, { ...small, prioritised: true, importanceSteps: 1_000_000, ...options })
      env.reset(1)
      go(agent, env, 60)
      const { arrays } = agent.save()
      agent.dispose()
      return arrays['online.1.weight']
    }
    expect(await learned({ importanceExponent: 0 })).not.toEqual(await learned({ importanceExponent: 1 }))
    // It rises to 1 with the updates, where it is not 1 from the start.
    expect(await learned({ importanceSteps: 10 })).not.toEqual(await learned({}))
    expect(await learned({ importanceSteps: 10, importanceExponent: 1 })).toEqual(await learned({ importanceExponent: 1 }))
    expect(await learned({ priorityExponent: 0, importanceExponent: 0 })).toEqual(
      await learned({ priorityExponent: 0, importanceExponent: 1 }),
    )
  })

  test('with an empty replay there is nothing to update, and a checkpoint that says otherwise is told so', async () => {
    for (const [, options] of every) {
      const agent = await doubleDqn(shop(1).spec, { ...small, ...options })
      expect(agent.update()).toBeUndefined()
      const fresh = agent.save()
      agent.load({ ...fresh, state: { ...fresh.state, pending: 1 } })
      expect(() => agent.update()).toThrow('the replay is empty; observe transitions before sampling')
      agent.dispose()
    }
  })

  test('a checkpoint of a memory of another kind is refused and changes nothing', async () => {
    const make = async (options: Options) => {
      const env = shop(2)
      const agent = await doubleDqn(env.spec, { ...small, ...options })
      env.reset(1)
      go(agent, env, 20)
      return agent
    }
    const agents = {
      none: await make({}),
      n: await make({ nSteps: 3 }),
      five: await make({ nSteps: 5 }),
      p: await make({ prioritised: true }),
    }
    const refused = (agent: Agent, checkpoint: Checkpoint, words: string) => {
      const before = agent.save()
      expect(() => agent.load(checkpoint)).toThrow(words)
      expect(agent.save()).toEqual(before)
    }
    refused(agents.none, agents.n.save(), 'the checkpoint is of an agent with nSteps above 1; this one is without')
    refused(agents.n, agents.none.save(), 'the checkpoint is of an agent without nSteps above 1; this one is with')
    refused(agents.n, agents.five.save(), 'nStep.observations has 420 numbers in the checkpoint; this agent has 252')
    refused(agents.none, agents.p.save(), 'the checkpoint is of an agent with prioritised; this one is without')
    refused(agents.p, agents.none.save(), 'the checkpoint is of an agent without prioritised; this one is with')
    const spoiled = agents.p.save()
    refused(agents.p, { ...spoiled, state: { ...spoiled.state, replayHighest: 'high' } }, 'a saved priority is')
    refused(agents.n, { ...agents.n.save(), state: { ...agents.n.save().state, nStepCopies: 1.5 } }, 'nStepCopies is 1.5')
    // A policy alone is of no kind, and whoever takes it up begins with nothing that waits.
    agents.none.load(agents.n.save(true))
    expect(agents.n.save().state.nStepCopies).toBe(2)
    agents.n.load(agents.none.save(true))
    expect(agents.n.save().state).toMatchObject({ nStepCopies: 0, replaySize: 0 })
    for (const agent of Object.values(agents)) agent.dispose()
  })
})

describe('duelling', () => {
  const duelling = { ...small, hiddenUnits: [12, 8], duelling: true }

  test('its layers have names of their own in the checkpoint, and a plain agent refuses them, as it does theirs', async () => {
    const { spec } = shop(1)
    const [one, plain] = [await doubleDqn(spec, duelling), await doubleDqn(spec, { ...duelling, duelling: false })]
    const { arrays, shapes } = one.save(true)
    const layer = (name: string) => [`online.${name}.weight`, `online.${name}.bias`]
    expect(Object.keys(arrays)).toEqual(['trunk.0', 'advantage.0', 'advantage.1', 'value.0', 'value.1'].flatMap(layer))
    expect(shapes).toEqual({
      'online.trunk.0.weight': [42, 12],
      ...{ 'online.advantage.0.weight': [12, 8], 'online.advantage.1.weight': [8, 15] },
      ...{ 'online.value.0.weight': [12, 8], 'online.value.1.weight': [8, 1] },
    })
    const before = [one.save(), plain.save()]
    expect(() => one.load(plain.save())).toThrow('the checkpoint has no online.trunk.0.weight')
    expect(() => plain.load(one.save())).toThrow('the checkpoint has no online.0.weight')
    expect([one.save(), plain.save()]).toEqual(before)
    for (const agent of [one, plain]) agent.dispose()
  })

  test('it works with every clip, also the default, and not with batch normalisation', async () => {
    for (const clip of ['value', 'norm', 'none'] as const) {
      const env = shop(1)
      const agent = await doubleDqn(env.spec, { ...duelling, clip, clipLimit: 1e-3, learningRateDecay: 1 })
      env.reset(1)
      go(agent, env, 16)
      // One update, whose first moments are a tenth of the clipped gradient.
      const gradient = Array.from(agent.save().arrays.firstMoments!, moment => moment / 0.1)
      if (clip === 'value') expect(Math.max(...gradient.map(Math.abs))).toBeCloseTo(1e-3, 6)
      else if (clip === 'norm') expect(Math.hypot(...gradient)).toBeCloseTo(1e-3, 6)
      else expect(Math.hypot(...gradient)).toBeGreaterThan(2e-3)
      agent.dispose()
    }
    await expect(doubleDqn(shop(1).spec, { duelling: true, batchNormalisation: true })).rejects.toThrow(
      'batchNormalisation and duelling are both true',
    )
  })

  test('a saved model carries it', async () => {
    const folder = join(place, 'model')
    const env = shop(1)
    const agent = await doubleDqn(env.spec, { ...duelling, nSteps: 3, prioritised: true })
    saveModel(folder, agent, await train(agent, env, { steps: 60, seed: 2 }))
    const { agent: again } = await loadModel(folder)
    const [one, two] = [new Float32Array(15), new Float32Array(15)]
    agent.scores(env.observations, one)
    again.scores(env.observations, two)
    expect(two).toEqual(one)
    for (const one of [agent, again]) one.dispose()
  })
})

test('a training whose checkpoint is older than the switches goes on with their defaults, and not with others', async () => {
  const folder = join(place, 'training')
  const part = async (steps: number, resume: boolean, options: Options = {}) => {
    const env = shop(1)
    const agent = await doubleDqn(env.spec, { ...small, ...options })
    await train(agent, env, { steps, seed: 2, checkpoint: { folder, every: 100, resume } })
    return agent.save()
  }
  const whole = await part(80, false)
  await part(40, false)
  const file = join(folder, 'checkpoint.json')
  const { sha256: _, ...content } = JSON.parse(readFileSync(file, 'utf8'))
  for (const name of ['nSteps', 'prioritised', 'priorityExponent', 'importanceExponent', 'importanceSteps', 'duelling']) {
    delete content.agent.options[name]
  }
  writeFileSync(file, sealedText(content))
  await expect(part(80, true, { nSteps: 3 })).rejects.toThrow("its agent's nSteps is 1, this one's 3")
  expect(await part(80, true)).toEqual(whole)
})

test('options of the switches that do not fit are told with what is allowed', async () => {
  const refused = (options: object) => expect(doubleDqn(probe('action', 1).spec, options)).rejects
  await refused({ nSteps: 0 }).toThrow('nSteps is 0; it must be a whole number from 1 to 255')
  await refused({ priorityExponent: 2 }).toThrow('priorityExponent is 2; it must be a number from 0 to 1')
  await refused({ importanceSteps: 0.5 }).toThrow('importanceSteps is 0.5; it must be a whole number of at least 1')
})
