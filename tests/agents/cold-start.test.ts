import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src/agents/agent'
import { coldStart } from '../../src/agents/cold-start'
import { contentBased } from '../../src/agents/content-based'
import { doubleDqn } from '../../src/agents/double-dqn'
import { fixedRanking } from '../../src/agents/fixed-ranking'
import { linUcb } from '../../src/agents/lin-ucb'
import { popularity } from '../../src/agents/popularity'
import { randomAgent } from '../../src/agents/random'
import { makeAgent } from '../../src/agents/registry'
import { someCopies } from '../../src/agents/some-copies'
import { type CandyStoreOptions, candyStore } from '../../src/envs/candy-store'
import { cartPole } from '../../src/envs/classic/cart-pole'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { simshop } from '../../src/envs/simshop'
import { evaluate } from '../../src/train/evaluate-agent'
import { train } from '../../src/train/train'
import { eventsOf, shownOf } from '../envs/support'
import { agentProperties } from './agent-properties'

const size = { users: 20, items: 6 }
const shop = (copies = 1, options: CandyStoreOptions = {}) => candyStore(copies, { ...size, ...options })

/** An agent that always shows one item, and writes down what it was asked and told. */
function always(item: number, chance: number) {
  const rows: number[][] = []
  const seen: { readonly copies: number; readonly users: number[]; readonly actions: number[]; readonly rewards: number[] }[] = []
  const agent: Agent = Object.assign(randomAgent(shop().spec), {
    kind: `always-${item}`,
    name: `always ${item}`,
    options: { item },
    act(observations: Float32Array, _explore: boolean, actions: Int32Array, propensities?: Float32Array) {
      rows.push([...observations])
      actions.fill(item)
      propensities?.fill(chance)
    },
    observe(env: { copies: number; rewards: Float64Array }, before: Float32Array, actions: Int32Array) {
      const users = Array.from({ length: env.copies }, (_, copy) => before[copy * 42]!)
      seen.push({ copies: env.copies, users, actions: [...actions], rewards: [...env.rewards] })
    },
    scores: (_: Float32Array, out: Float32Array) => void out.fill(item),
  })
  return { agent, rows, seen }
}

/** Four shoppers, the second and the fourth unknown: the first number of each row tells them apart. */
function fourRows(): Float32Array {
  const rows = new Float32Array(4 * 42)
  rows[0] = 1
  rows[2 * 42] = 3
  for (const copy of [0, 1, 2, 3]) rows[copy * 42 + 41] = copy / 10
  return rows
}

describe('who serves whom', () => {
  test('newcomers are served by the fallback, the others by the main agent, each with its own propensity', () => {
    const [main, fallback] = [always(1, 0.5), always(4, 0.25)]
    const agent = coldStart(shop().spec, { main: main.agent, fallback: fallback.agent })
    const [actions, propensities] = [new Int32Array(4), new Float32Array(4)]
    agent.act(fourRows(), true, actions, propensities)
    expect([...actions]).toEqual([1, 4, 1, 4])
    expect([...propensities]).toEqual([0.5, 0.25, 0.5, 0.25])
    expect(main.rows[0]!.filter((_, at) => at % 42 === 0)).toEqual([1, 3])
    expect(fallback.rows[0]!.filter((_, at) => at % 42 === 41)).toEqual([0.1, 0.3].map(Math.fround))
  })

  test('scores are those of the agent that serves', () => {
    const agent = coldStart(shop().spec, { main: always(1, 1).agent, fallback: always(4, 1).agent })
    const out = new Float32Array(6)
    agent.scores(fourRows().subarray(0, 42), out)
    expect(out[0]).toBe(1)
    agent.scores(fourRows().subarray(42, 84), out)
    expect(out[0]).toBe(4)
  })

  test('who is new may be told by the history, or by a rule of one’s own', () => {
    const act = (isNew: Parameters<typeof coldStart>[1]['isNew']) => {
      const rows = fourRows()
      rows[3 * 42 + 20] = 5
      const actions = new Int32Array(4)
      coldStart(shop().spec, { main: always(1, 1).agent, fallback: always(4, 1).agent, ...(isNew && { isNew }) }).act(rows, false, actions)
      return [...actions]
    }
    expect(act('no-history')).toEqual([4, 4, 4, 1])
    expect(act(row => row[41]! < 0.15)).toEqual([4, 4, 1, 1])
  })

  test('each learns from the steps that it served, and only from those', () => {
    const env = shop(6, { newShoppers: 0.5 })
    const [main, fallback] = [always(1, 1), always(4, 1)]
    const agent = coldStart(env.spec, { main: main.agent, fallback: fallback.agent })
    env.reset(3)
    const actions = new Int32Array(6)
    let steps = 0
    for (let step = 0; step < 40; step++) {
      const before = env.observations.slice()
      agent.act(before, true, actions)
      env.step(actions)
      agent.observe(env, before, actions)
      steps += 6
    }
    const served = (part: typeof main) => part.seen.reduce((sum, { copies }) => sum + copies, 0)
    expect(served(main)).toBeGreaterThan(60)
    expect(served(fallback)).toBeGreaterThan(60)
    expect(served(main) + served(fallback)).toBe(steps)
    expect(main.seen.every(({ users, actions: taken }) => users.every(user => user !== 0) && taken.every(item => item === 1))).toBe(true)
    expect(fallback.seen.every(({ users, actions: taken }) => users.every(user => user === 0) && taken.every(item => item === 4))).toBe(
      true,
    )
  })
})

test('a view of some copies shows what those copies show', () => {
  const env = shop(5, { shift: 1 })
  env.reset(2)
  for (let step = 0; step < 30; step++) {
    env.step(Int32Array.of(0, 1, 2, 3, step % 6))
    const view = someCopies(env, [4, 1])
    expect(shownOf(view, 0)).toEqual(shownOf(env, 4))
    expect(shownOf(view, 1)).toEqual(shownOf(env, 1))
    expect(eventsOf(view).length).toBe(eventsOf(env).filter(({ copy }) => copy === 4 || copy === 1).length)
  }
  expect(() => someCopies(env, [0]).step(Int32Array.of(0))).toThrow('this is a view of 1 of 5 copies')
})

test('a Double DQN and a bandit learn together, go on from a checkpoint as they were, and leave nothing undone', async () => {
  const options = { hiddenUnits: [8], batchSize: 4, warmUp: 4 }
  const make = (seed: number) => makeAgent('cold-start', shop(), { main: 'double-dqn', mainOptions: options, fallback: 'lin-ucb', seed })
  const env = shop(4, { newShoppers: 0.5 })
  env.reset(1)
  const go = (agent: Agent, steps: number) => {
    const taken: number[] = []
    for (let step = 0; step < steps; step++) {
      const [before, actions] = [env.observations.slice(), new Int32Array(4)]
      agent.act(before, true, actions)
      env.step(actions)
      agent.observe(env, before, actions)
      while (agent.update());
      taken.push(...actions)
    }
    return taken
  }
  const [one, two] = [await make(1), await make(2)]
  go(one, 30)
  two.load(one.save())
  const kept = [0, 1, 2, 3].map(copy => env.save(copy))
  const wanted = go(one, 30)
  kept.forEach((snapshot, copy) => {
    env.load(snapshot, [copy])
  })
  expect(go(two, 30)).toEqual(wanted)
  expect(one.epsilon).toBeLessThan(1)
  expect(one.backend).toBe('simd')

  // Refused whole: the main part fits and would change a beginner, the fallback's is of another shop.
  const beginner = await make(3)
  const other = await makeAgent('cold-start', candyStore(1, { users: 20, items: 6, timeFeatures: true }), {
    main: 'random',
    fallback: 'lin-ucb',
  })
  const before = beginner.save()
  const learned = two.save()
  const bad = { ...learned, arrays: { ...learned.arrays, 'fallback.sums': other.save().arrays['fallback.sums']! } }
  one.dispose()
  expect(() => beginner.load(bad)).toThrow('another architecture')
  expect(beginner.save()).toEqual(before)
  beginner.dispose()
  expect(() => two.load(other.save())).toThrow('the checkpoint is of random; this agent is double-dqn')
  two.dispose()
})

test('made from a spec alone, it takes what its parts do not know from the checkpoint, or refuses it whole', async () => {
  const env = shop()
  const options = { main: 'lin-ucb', mainOptions: { model: 'shared' }, fallback: 'content-based' }
  const whole = await makeAgent('cold-start', env, options)
  const again = await makeAgent('cold-start', { spec: env.spec }, options)
  again.load(whole.save())
  expect(again.save()).toEqual(whole.save())

  for (const main of [
    { main: 'content-based' },
    { main: 'fixed-ranking', mainOptions: { column: 0 } },
    { main: 'lin-ucb', mainOptions: { model: 'shared' } },
  ]) {
    const turned = { ...main, fallback: 'lin-ucb' }
    const learned = (await makeAgent('cold-start', env, turned)).save()
    const beginner = await makeAgent('cold-start', { spec: env.spec }, turned)
    const before = beginner.save()
    const { 'fallback.sums': _, ...arrays } = learned.arrays
    expect(() => beginner.load({ ...learned, arrays })).toThrow('the checkpoint has no sums')
    expect(beginner.save()).toEqual(before)
  }
})

test('its options make it again by name', async () => {
  const made = coldStart(shop().spec, { main: popularity(shop().spec, { epsilon: 0.3 }), fallback: contentBased(shop(), { seed: 4 }) })
  expect(made.name).toBe('popularity, content-based for newcomers')
  const again = await makeAgent('cold-start', shop(), made.options)
  expect(again.options).toEqual(made.options)
  expect(again.options).toMatchObject({ main: 'popularity', mainOptions: { epsilon: 0.3 }, fallback: 'content-based', isNew: 'no-profile' })
  const seeded = await makeAgent('cold-start', shop(), { main: 'lin-ucb', fallback: 'random', seed: 9 })
  expect(seeded.options).toMatchObject({ mainOptions: { seed: 9 }, fallbackOptions: { seed: 9 } })
})

test('what does not fit is refused by name', async () => {
  const parts = { main: randomAgent(shop().spec), fallback: randomAgent(shop().spec) }
  expect(() => coldStart(shop().spec, { ...parts, isNew: 'often' as never })).toThrow(
    'isNew is "often"; it must be one of no-profile, no-history',
  )
  expect(() => coldStart(cartPole(1).spec, parts)).toThrow("isNew is 'no-profile', but cart-pole observes no user")
  await expect(makeAgent('cold-start', shop(), { main: 'nobody' })).rejects.toThrow(
    'cold-start: main is "nobody"; it must be one of a2c, cold-start',
  )
  await expect(makeAgent('cold-start', shop(), { main: 'random', mainOptions: 5 })).rejects.toThrow(
    'cold-start: mainOptions is 5; it must be an object of options',
  )
  await expect(makeAgent('cold-start', shop(), { main: 'random', fallbackOptions: { epsilon: 1 } })).rejects.toThrow(
    "content-based has no option 'epsilon'",
  )
  const env = shop(2)
  env.reset(1)
  env.rewards[1] = Number.NaN
  const agent = coldStart(env.spec, { main: linUcb(env.spec), fallback: popularity(env.spec) })
  expect(() => agent.observe(env, env.observations, new Int32Array(2))).toThrow('the reward of copy 1 is NaN')
  const dqn = await doubleDqn(env.spec, { hiddenUnits: [4] })
  expect(() => coldStart(env.spec, { main: dqn, fallback: dqn }).act(new Float32Array(5), false, new Int32Array(2))).toThrow('2 rows of 42')
  dqn.dispose()
})

// The first shopper is known, the second one new. Each of the two refuses after the checks that every agent makes have passed.
test('when one of the two refuses its rows, neither has learned', () => {
  const env = shop(2)
  env.reset(1)
  env.observations.fill(0, 42, 62)
  const [before, actions] = [env.observations.slice(), Int32Array.of(0, 1)]
  env.step(actions)
  const refusing = () =>
    Object.assign(randomAgent(env.spec), {
      observe() {
        throw new Error('not these')
      },
    })
  for (const parts of [
    { main: linUcb(env.spec), fallback: refusing() },
    { main: refusing(), fallback: popularity(env.spec) },
  ]) {
    const agent = coldStart(env.spec, parts)
    const kept = agent.save()
    expect(() => agent.observe(env, before, actions)).toThrow('not these')
    expect(agent.save()).toEqual(kept)
  }
  const willing = coldStart(env.spec, { main: linUcb(env.spec), fallback: popularity(env.spec) })
  const kept = willing.save()
  willing.observe(env, before, actions)
  for (const name of ['main.counts', 'fallback.shows']) expect(willing.save().arrays[name]).not.toEqual(kept.arrays[name])
})

// Five seeds, half of the shoppers unknown to the shop, the same 128 visits for both: a bandit alone against the same bandit for those it can know.
test('with half of the shoppers new, LinUCB with a content-based fallback earns more than LinUCB alone', async () => {
  const options: CandyStoreOptions = { newShoppers: 0.5 }
  const differences: number[] = []
  for (const seed of [1, 2, 3, 4, 5]) {
    const earned: number[] = []
    for (const [name, given] of [
      ['lin-ucb', {}],
      ['cold-start', { main: 'lin-ucb', fallback: 'content-based' }],
    ] as const) {
      const agent = await makeAgent(name, candyStore(1, options), { ...given, seed })
      await train(agent, candyStore(1, options), { episodes: 100, seed })
      earned.push(evaluate(agent, candyStore(64, options), { episodes: 128, seed: 100 + seed }).mean)
    }
    differences.push(earned[1]! - earned[0]!)
    console.log(`seed ${seed}: LinUCB ${earned[0]!.toFixed(2)}, with the fallback ${earned[1]!.toFixed(2)}`)
  }
  expect(Math.min(...differences)).toBeGreaterThan(0)
})

// Sixteen of the thirty-two shoppers are new: each slate comes whole from the agent that serves.
test('slates go to the agent that serves, whole, and each learns from its own', () => {
  const env = simshop(32, { newShoppers: 0.5 })
  env.reset(1)
  const [main, fallback] = [fixedRanking(env, { order: [9, 8, 7, 6, 5] }), popularity(env.spec, { epsilon: 0 })]
  const agent = coldStart(env.spec, { main, fallback })
  const [actions, propensities] = [new Int32Array(32 * 5), new Float32Array(32)]
  const before = env.observations.slice()
  agent.act(before, true, actions, propensities)
  const width = env.spec.width
  const isNew = (copy: number) => before.subarray(copy * width, copy * width + 6).every(value => value === 0)
  const newcomers = Array.from({ length: 32 }, (_, copy) => copy).filter(isNew)
  expect(newcomers.length).toBeGreaterThan(5)
  expect(newcomers.length).toBeLessThan(27)
  for (let copy = 0; copy < 32; copy++) {
    expect([...actions.subarray(5 * copy, 5 * copy + 5)]).toEqual(isNew(copy) ? [0, 1, 2, 3, 4] : [9, 8, 7, 6, 5])
  }
  expect(new Set(propensities)).toEqual(new Set([1]))
  env.step(actions)
  agent.observe(env, before, actions)
  const { shows } = fallback.save().arrays
  expect((shows as Float64Array).reduce((sum, count) => sum + count, 0)).toBe(5 * newcomers.length)
})

// Newcomers without a profile, by what others clicked; and known ones whose history is short, by what their profile says.
agentProperties(
  'cold-start with popularity for newcomers',
  env => coldStart(env.spec, { main: linUcb(env.spec), fallback: popularity(env.spec, { seed: 2 }) }),
  copies => shop(copies, { newShoppers: 0.5 }),
  { steps: 20, other: copies => candyStore(copies, { users: 20, items: 7 }) },
)
agentProperties(
  'cold-start with content-based for newcomers',
  env => coldStart(env.spec, { main: linUcb(env.spec), fallback: contentBased(env), isNew: row => row[41]! < 0.3 }),
  copies => shop(copies),
  { steps: 20, other: copies => candyStore(copies, { users: 20, items: 7 }) },
)
agentProperties(
  'cold-start in slates',
  env => coldStart(env.spec, { main: popularity(env.spec, { seed: 3 }), fallback: fixedRanking(env, { column: 4 }) }),
  copies => simshop(copies, { newShoppers: 0.5 }),
  { steps: 20, other: copies => interestEvolution(copies, { clusters: 40 }) },
)
