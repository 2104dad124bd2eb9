import { describe, expect, test } from 'vitest'
import type { Agent, Checkpoint } from '../../src/agents/agent'
import { type ItemDqnOptions, itemDqn } from '../../src/agents/item-dqn'
import { popularity } from '../../src/agents/popularity'
import { randomAgent } from '../../src/agents/random'
import { candyStore } from '../../src/envs/candy-store'
import { type ProbeName, probe } from '../../src/envs/classic/probes'
import { tinyEnv } from '../../src/envs/classic/tiny'
import type { Env } from '../../src/envs/env'
import { interactionLog } from '../../src/envs/interaction-log'
import { recogym } from '../../src/envs/recogym'
import { simshop } from '../../src/envs/simshop'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'
import { agentProperties } from './agent-properties'

const small: Partial<ItemDqnOptions> = {
  hiddenUnits: [16],
  itemHiddenUnits: [8],
  vectorWidth: 6,
  batchSize: 16,
  epsilonDecay: 0.8,
  seed: 1,
}

/** The shop with a catalogue: the features given, `width` numbers an item. */
function withItems(env: Env, features: readonly number[], width: number): Env {
  const labels = Array.from({ length: features.length / width }, (_, item) => `item ${item}`)
  return Object.assign(env, { items: { features: Float32Array.from(features), width, labels } })
}

function run(agent: Agent, env: Env, steps: number): void {
  const actions = new Int32Array(env.copies)
  for (let step = 0; step < steps; step++) {
    const before = env.observations.slice()
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
    while (agent.update());
  }
}

// Worked by hand. One number as state, which goes from 1 to 2; items of features 1 and 2; vectors of one number, so √d = 1; no hidden layers.
//   online    u = .5 s, c = .25;  v = f, b = -.25 f     Q(1, 0) = .5 - .25 + .25 = .5     Q(2, ·) = 1, 1.75: the best is item 1
//   target    u = -s, c = 1;      v = f, b = .5         Q(2, ·) = -.5, -2.5
// Item 0 is shown, the reward is .5, the discount .9: y = .5 + .9 · (-2.5) = -1.75, so the squared loss is (-1.75 - .5)² = 5.0625.
// If the vectors kept say that item 0 is the best, its value counts: y = .5 + .9 · (-.5) = .05, so it is .2025. Terminated: y = .5, so 0.
describe('rung 3: the target worked by hand', () => {
  async function oneUpdate(
    ending: 'goes on' | 'truncates' | 'terminates',
    given: Partial<ItemDqnOptions> = {},
    vectors = [1, -0.25, 2, -0.5],
  ) {
    const env = withItems(
      tinyEnv('one-two', 1, {
        ...{ actions: 2, length: ending === 'goes on' ? 2 : 1, truncates: ending === 'truncates' },
        ...{ begin: () => 1, next: () => 2, reward: () => 0.5 },
      }),
      [1, 2],
      1,
    )
    const agent = await itemDqn(env, {
      ...{ hiddenUnits: [], itemHiddenUnits: [], vectorWidth: 1, discount: 0.9, batchSize: 1, learningRate: 0.1, learningRateDecay: 1 },
      ...{ clipNorm: 1e9, tau: 0.25, ...given },
    })
    const fresh = agent.save()
    agent.load({
      ...fresh,
      arrays: {
        ...fresh.arrays,
        'user.0.weight': Float32Array.of(0.5, 0),
        'user.0.bias': Float32Array.of(0, 0.25),
        'item.0.weight': Float32Array.of(1, -0.25),
        'item.0.bias': Float32Array.of(0, 0),
        'target.user.0.weight': Float32Array.of(-1, 0),
        'target.user.0.bias': Float32Array.of(0, 1),
        'target.item.0.weight': Float32Array.of(1, 0),
        'target.item.0.bias': Float32Array.of(0, 0.5),
        vectors: Float32Array.from(vectors),
      },
    })
    env.reset(1)
    const before = env.observations.slice()
    env.step(Int32Array.of(0))
    agent.observe(env, before, Int32Array.of(0))
    return { agent, report: agent.update()!, after: agent.save() }
  }

  test('the online towers name the next item and the target towers value it', async () => {
    expect((await oneUpdate('goes on')).report.loss).toBeCloseTo(5.0625, 5)
    expect((await oneUpdate('goes on', { loss: 'huber' })).report.loss).toBeCloseTo(2.25 - 0.5, 5)
  })

  test('a truncated episode bootstraps from its own last observation, a terminated one not at all', async () => {
    expect((await oneUpdate('truncates')).report.loss).toBeCloseTo(5.0625, 5)
    expect((await oneUpdate('terminates')).report.loss).toBeCloseTo(0, 5)
  })

  test('the next item is named by the vectors kept, and valued by the towers as they are', async () => {
    expect((await oneUpdate('goes on', {}, [9, 9, 0, 0])).report.loss).toBeCloseTo(0.2025, 5)
  })

  // The slope of (y - Q)² by Q(1, 0) = u v + b + c is 2 · 2.25 > 0, u = .5 and v = 1 at s = 1 and f = 1: all that is not 0 goes down by .1.
  test('Adam moves both towers, the target follows by tau, and the vectors are worked out anew', async () => {
    const { after } = await oneUpdate('goes on')
    expectClose(after, 'user.0.weight', [0.4, -0.1])
    expectClose(after, 'user.0.bias', [-0.1, 0.15])
    expectClose(after, 'item.0.weight', [0.9, -0.35])
    expectClose(after, 'item.0.bias', [-0.1, -0.1])
    expectClose(after, 'target.user.0.weight', [0.25 * 0.4 - 0.75, -0.025])
    expectClose(after, 'target.item.0.bias', [-0.025, 0.25 * -0.1 + 0.75 * 0.5])
    expectClose(after, 'vectors', [0.9 - 0.1, -0.35 - 0.1, 2 * 0.9 - 0.1, 2 * -0.35 - 0.1])
  })

  test('the hard update leaves the target alone until its turn and then copies', async () => {
    const { agent, after } = await oneUpdate('goes on', { targetUpdate: 'hard', targetEvery: 2, trainEvery: 1, gradientSteps: 2 })
    expectClose(after, 'target.user.0.weight', [-1, 0])
    expectClose(after, 'target.item.0.bias', [0, 0.5])
    agent.update()
    const { arrays } = agent.save()
    for (const part of ['user.0.weight', 'user.0.bias', 'item.0.weight', 'item.0.bias']) {
      expect(arrays[`target.${part}`]).toEqual(arrays[part])
    }
  })

  test('one norm clips both towers together', async () => {
    const { report, after } = await oneUpdate('goes on', { clipNorm: 1e-3 })
    expect(report.gradientNorm).toBeGreaterThan(1)
    const moments = ['user', 'item'].flatMap(tower => [...after.arrays[`${tower}.firstMoments`]!])
    expect(Math.hypot(...moments) / 1e-4).toBeCloseTo(1, 4)
  })

  test('the learning rate falls smoothly, by its decay over as many updates as told', async () => {
    const falling = { learningRateDecay: 0.25, learningRateDecayEvery: 2, gradientSteps: 3 }
    const { agent, report } = await oneUpdate('goes on', falling)
    const rates = [report.learningRate!, agent.update()!.learningRate!, agent.update()!.learningRate!]
    for (const [at, rate] of [0.1, 0.05, 0.025].entries()) expect(rates[at]).toBeCloseTo(rate, 12)
  })

  test('targets that are no numbers any more are told as divergence, and the towers stay as they were', async () => {
    const { agent } = await oneUpdate('goes on', { gradientSteps: 2 })
    const kept = agent.save()
    const far = { 'target.user.0.weight': Float32Array.of(3e38, 3e38), 'target.user.0.bias': Float32Array.of(3e38, 3e38) }
    agent.load({ ...kept, arrays: { ...kept.arrays, ...far } })
    expect(() => agent.update()).toThrow('learning diverged: after 1 updates')
    expect(agent.save().arrays).toEqual({ ...kept.arrays, ...far })
  })

  test('with refreshEvery 2 the vectors wait, while acting without exploring and scores go by fresh ones', async () => {
    const { agent, after } = await oneUpdate('goes on', { refreshEvery: 2 }, [9, 9, 0, 0])
    expectClose(after, 'vectors', [9, 9, 0, 0])
    // At s = 2: u = .8 - .1 = .7, c = -.2 + .15 = -.05; item 0: .7 · .8 - .45 - .05 = .06; item 1: .7 · 1.7 - .8 - .05 = .34.
    const scores = new Float32Array(2)
    agent.scores(Float32Array.of(2), scores)
    expect(scores[0]).toBeCloseTo(0.06, 5)
    expect(scores[1]).toBeCloseTo(0.34, 5)
    const action = new Int32Array(1)
    agent.act(Float32Array.of(2), false, action)
    expect(action[0]).toBe(1)
    expect(agent.save()).toEqual(after)
  })

  test('the best next item is sought among as many as asked, drawn by the replay stream', async () => {
    const losses = new Set<string>()
    for (let seed = 0; seed < 20; seed++) losses.add((await oneUpdate('goes on', { candidatesInTarget: 1, seed })).report.loss!.toFixed(4))
    expect(losses).toEqual(new Set(['5.0625', '0.2025']))
  })
})

function expectClose(checkpoint: Checkpoint, name: string, wanted: number[]): void {
  expect(checkpoint.arrays[name]).toHaveLength(wanted.length)
  wanted.forEach((value, at) => {
    expect(checkpoint.arrays[name]![at]).toBeCloseTo(value, 5)
  })
}

// Adam's first moment after its first step is a tenth of the gradient.
test('rung 2: the slopes of both towers are those of central differences', async () => {
  const env = candyStore(1, { users: 20, items: 15 })
  const options = { hiddenUnits: [5], itemHiddenUnits: [4], vectorWidth: 3, batchSize: 8, clipNorm: 1e9, itemEmbeddings: true, seed: 3 }
  const agent = await itemDqn(env, options)
  env.reset(1)
  const actions = new Int32Array(1)
  for (let step = 0; step < 8; step++) {
    const before = env.observations.slice()
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
  }
  const ready = agent.save()
  const lossWith = (arrays: Checkpoint['arrays']) => {
    agent.load({ ...ready, arrays: { ...ready.arrays, ...arrays } })
    return agent.update()!.loss!
  }
  lossWith({})
  const { arrays: stepped } = agent.save()
  const layers = (tower: string) => ['0.weight', '0.bias', '1.weight', '1.bias'].map(part => `${tower}.${part}`)
  for (const [moments, names] of [
    ['user.firstMoments', layers('user')],
    ['item.firstMoments', layers('item')],
    ['item.embedding.firstMoments', ['item.embedding']],
  ] as const) {
    const gradient = Array.from(stepped[moments]!, moment => moment / 0.1)
    const length = Math.hypot(...gradient)
    expect(length).toBeGreaterThan(0)
    let at = 0
    for (const name of names) {
      const values = ready.arrays[name] as Float32Array
      values.forEach((_, place) => {
        const shifted = (shift: number) => lossWith({ [name]: values.map((value, other) => (other === place ? value + shift : value)) })
        const numeric = (shifted(1e-3) - shifted(-1e-3)) / 2e-3
        expect(Math.abs(numeric - gradient[at++]!)).toBeLessThan(2e-3 * length)
      })
    }
    expect(at).toBe(gradient.length)
  }
})

describe('rung 4: the probes, in order, their actions as items', () => {
  const learned = async (name: ProbeName, steps = 300) => {
    const count = name === 'action' || name === 'both' ? 2 : 1
    const env = withItems(probe(name, 1), count === 1 ? [1] : [1, 0, 0, 1], count)
    const agent = await itemDqn(env, { ...small, learningRate: 0.01, tau: 0.1, epsilonDecay: 0.98, discount: 0.9 })
    env.reset(1)
    run(agent, env, steps)
    const values = new Float32Array(count)
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

agentProperties(
  'item-dqn in candy-store',
  env => itemDqn(env, { ...small, refreshEvery: 7, candidatesInTarget: 5 }),
  copies => candyStore(copies, { users: 20, items: 15 }),
  { other: copies => candyStore(copies, { users: 20, items: 16 }) },
)

agentProperties(
  'item-dqn with embeddings of items',
  env => itemDqn(env, { ...small, itemEmbeddings: true }),
  copies => candyStore(copies, { users: 20, items: 15 }),
  { other: copies => candyStore(copies, { users: 20, items: 16 }), steps: 24 },
)

agentProperties(
  'item-dqn where the observation is an id',
  env =>
    itemDqn(env, {
      ...small,
      trainEvery: 3,
      gradientSteps: 2,
      targetUpdate: 'hard',
      targetEvery: 5,
      epsilonSchedule: 'linear',
      loss: 'huber',
    }),
  copies => interactionLog(copies, { users: 30, items: 12, interactions: 200 }),
  { other: copies => interactionLog(copies, { users: 30, items: 13, interactions: 200 }) },
)

test('a checkpoint holds the features: an agent made without a shop takes it up and acts and scores the same', async () => {
  const env = candyStore(3, { users: 20, items: 15 })
  const agent = await itemDqn(env, { ...small, refreshEvery: 5 })
  env.reset(1)
  run(agent, env, 30)
  const policy = agent.save(true)
  expect(Object.keys(policy.arrays).filter(name => name.includes('target') || name.includes('replay') || name.includes('Moments'))).toEqual(
    [],
  )
  const other = await itemDqn({ spec: env.spec }, agent.options)
  expect(() => other.act(env.observations, false, new Int32Array(3))).toThrow('knows no item features; make it with the shop')
  other.load(policy)
  const [one, two] = [new Int32Array(3), new Int32Array(3)]
  agent.act(env.observations, false, one)
  other.act(env.observations, false, two)
  expect(two).toEqual(one)
  const [first, second] = [new Float32Array(15), new Float32Array(15)]
  agent.scores(env.observations.subarray(0, 42), first)
  other.scores(env.observations.subarray(0, 42), second)
  expect(second).toEqual(first)
  expect(first.indexOf(Math.max(...first))).toBe(one[0])
})

test('features that are not finite are refused by item and place', async () => {
  const features = [1, 0, 0, Number.NaN]
  await expect(itemDqn(withItems(probe('action', 1), features, 2))).rejects.toThrow(
    'item-dqn: feature 1 of item 1 of probe-action is NaN; features must be finite',
  )
})

test('what is learned of an item holds for one with the same features, seen or not', async () => {
  const env = withItems(probe('action', 1), [1, 0, 0, 1], 2)
  const agent = await itemDqn(env, { ...small, learningRate: 0.01, tau: 0.1, epsilonDecay: 0.98 })
  env.reset(1)
  run(agent, env, 300)
  const policy = agent.save(true)
  const wider = { ...env.spec, actions: { kind: 'discrete' as const, n: 4 } }
  const other = await itemDqn({ spec: wider }, agent.options)
  other.load({ ...policy, arrays: { ...policy.arrays, features: Float32Array.of(0, 1, 1, 0, 0, 1, 1, 0) } })
  const values = new Float32Array(4)
  other.scores(Float32Array.of(0), values)
  expect(values[0]).toBe(values[2])
  expect(values[1]).toBe(values[3])
  expect(values[0]).toBeGreaterThan(0.8)
  expect(values[1]).toBeLessThan(-0.8)
})

test('with embeddings of their own, items of the same features come apart', async () => {
  const valuesWith = async (itemEmbeddings: boolean) => {
    const env = withItems(probe('action', 1), [1, 1], 1)
    const agent = await itemDqn(env, { ...small, itemEmbeddings, learningRate: 0.01, tau: 0.1, epsilonDecay: 0.98, epsilonEnd: 0.5 })
    env.reset(1)
    run(agent, env, 500)
    const values = new Float32Array(2)
    agent.scores(Float32Array.of(0), values)
    return values
  }
  const alike = await valuesWith(false)
  expect(alike[0]).toBe(alike[1])
  const apart = await valuesWith(true)
  expect(apart[0]).toBeCloseTo(-1, 1)
  expect(apart[1]).toBeCloseTo(1, 1)
})

test('the target’s embeddings follow by tau, as its towers do', async () => {
  const env = withItems(probe('action', 1), [1, 1], 1)
  const agent = await itemDqn(env, { ...small, batchSize: 1, itemEmbeddings: true, tau: 0.25 })
  const before = agent.save().arrays
  env.reset(1)
  run(agent, env, 1)
  const { arrays } = agent.save()
  for (const part of ['item.embedding', 'item.0.weight']) {
    expect(arrays[part]).not.toEqual(before[part])
    arrays[`target.${part}`]!.forEach((value, at) => {
      expect(value).toBeCloseTo(0.25 * arrays[part]![at]! + 0.75 * before[`target.${part}`]![at]!, 6)
    })
  }
  agent.dispose()
})

test('100,000 items are chosen from and learned about', async () => {
  const items = 100_000
  const env = withItems(
    tinyEnv('large', 1, { actions: items, length: 5, begin: () => 1, reward: (_, action) => (action % 10 === 3 ? 1 : 0) }),
    Array.from({ length: items * 2 }, (_, at) => (at % 2 === 0 ? ((at / 2) % 10 === 3 ? 1 : 0) : 1)),
    2,
  )
  const agent = await itemDqn(env, {
    ...small,
    vectorWidth: 2,
    itemHiddenUnits: [],
    candidatesInTarget: 500,
    epsilonEnd: 0.5,
    learningRate: 0.05,
  })
  expect(agent.options.refreshEvery).toBe(100)
  env.reset(1)
  run(agent, env, 216)
  expect(agent.save(true).state.updates).toBe(201)
  const action = new Int32Array(1)
  agent.act(env.observations, false, action)
  expect(action[0]! % 10).toBe(3)
  agent.dispose()
})

test('the defaults are those of Double DQN where they mean the same', async () => {
  const agent = await itemDqn(candyStore(1, { users: 20, items: 1500 }))
  expect(agent.options).toEqual({
    ...{
      hiddenUnits: [128],
      itemHiddenUnits: [64],
      vectorWidth: 32,
      itemEmbeddings: false,
      refreshEvery: 2,
      candidatesInTarget: undefined,
      featureWidth: 20,
    },
    ...{ initialisation: 'he', learningRate: 1e-3, learningRateDecay: 0.99, learningRateDecayEvery: 1000 },
    ...{ discount: 0.95, batchSize: 32, replayCapacity: 10_000, warmUp: 32, targetUpdate: 'soft', tau: 0.005, targetEvery: 100 },
    ...{ clipNorm: 10, loss: 'squared', epsilonStart: 1, epsilonEnd: 0.01, epsilonSchedule: 'episode', epsilonDecay: 0.995 },
    ...{ epsilonSteps: 10_000, trainEvery: 1, gradientSteps: 1, backend: 'auto', seed: 0 },
  })
  agent.dispose()
})

test('shops without features and options that do not fit are refused in words', async () => {
  const env = candyStore(1, { users: 20, items: 15 })
  await expect(itemDqn(recogym(1))).rejects.toThrow('item-dqn needs the features of the items, which recogym does not tell; choose another')
  await expect(itemDqn(simshop(1))).rejects.toThrow('item-dqn chooses one action of a list, but simshop has slate actions')
  await expect(itemDqn(env, { featureWidth: 3 })).rejects.toThrow('featureWidth is 3; the items of candy-store have 20 features')
  const few = { ...env.items, features: env.items.features.subarray(20) }
  await expect(itemDqn({ spec: env.spec, items: few })).rejects.toThrow('item-dqn needs features for each item')
  await expect(itemDqn(env, { refreshEvery: 0 })).rejects.toThrow('refreshEvery is 0; it must be a whole number of at least 1')
  await expect(itemDqn(env, { warmUp: 50, replayCapacity: 20 })).rejects.toThrow('warmUp is 50; it must be at most replayCapacity, 20')
  await expect(itemDqn(env, { epsilonStart: 0 })).rejects.toThrow('epsilonEnd is 0.01; it must be at most epsilonStart, 0')
})

// The quick version of tests/learning/item-dqn.test.ts: a small shop and short training.
test('in a small candy-store it comes to earn more than random and popularity, over five seeds', async () => {
  const options = { preset: 'published' as const, users: 60, items: 30 }
  const evaluation = { episodes: 300, seed: 1_000_000 }
  const shop = candyStore(100, options)
  const earned: number[] = []
  const popular: number[] = []
  for (const seed of [1, 2, 3, 4, 5]) {
    const env = candyStore(1, options)
    const agent = await itemDqn(env, { hiddenUnits: [64], itemHiddenUnits: [32], vectorWidth: 16, epsilonDecay: 0.99, trainEvery: 2, seed })
    await train(agent, env, { episodes: 300, seed })
    earned.push(evaluate(agent, shop, evaluation).mean)
    agent.dispose()
    const counting = popularity(env.spec, { seed })
    await train(counting, candyStore(1, options), { episodes: 300, seed })
    popular.push(evaluate(counting, shop, evaluation).mean)
  }
  const random = evaluate(randomAgent(shop.spec), shop, evaluation).mean
  const shown = (values: number[]) => values.map(value => value.toFixed(2)).join(', ')
  console.log(`item-dqn ${shown(earned)}; popularity ${shown(popular)}; random ${random.toFixed(2)}`)
  expect(Math.min(...earned)).toBeGreaterThan(random)
  expect(mean(earned)).toBeGreaterThan(mean(popular) + 0.5)
})

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
