import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src/agents/agent'
import { epsilonGreedy } from '../../src/agents/epsilon-greedy'
import { type LinUcbOptions, linUcb } from '../../src/agents/lin-ucb'
import { candyStore } from '../../src/envs/candy-store'
import { tinyEnv } from '../../src/envs/classic/tiny'
import { defineEnv } from '../../src/envs/define-env'
import type { Block, Env, Space } from '../../src/envs/env'
import { interactionLog } from '../../src/envs/interaction-log'
import { offers } from '../../src/envs/offers'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { longTermSatisfaction } from '../../src/envs/recsim-long-term-satisfaction'
import { makeEnv, shopNames } from '../../src/envs/registry'
import { actionWidth } from '../../src/envs/spaces'
import { agentProperties } from './agent-properties'
import { contextualShop, dot, exactRidge, lowerBy, quadratic, regrets } from './contextual-support'

const candies = (items: number) => (copies: number) => candyStore(copies, { users: 20, items })
const shared = (env: Env) => linUcb(env.spec, { model: 'shared' }, env.items)
const quick = { steps: 20 }

agentProperties('lin-ucb', env => linUcb(env.spec), candies(6), { other: candies(7), ...quick })
agentProperties('lin-ucb, forgetting and refreshing', env => linUcb(env.spec, { forgetting: 0.9, refreshEvery: 3 }), candies(6), {
  other: candies(7),
  ...quick,
})
agentProperties('lin-ucb, shared', shared, candies(6), { other: candies(7), ...quick })
agentProperties(
  'lin-ucb of slates',
  env => linUcb(env.spec),
  copies => interestEvolution(copies, { clusters: 5 }),
  {
    other: copies => interestEvolution(copies, { clusters: 6 }),
    ...quick,
  },
)
const parts = (sizes: number[]) => (copies: number) =>
  contextualShop({ arms: sizes.reduce((product, size) => product * size), width: 2, copies, sizes }).env
agentProperties('lin-ucb of combinations', env => linUcb(env.spec), parts([2, 3]), { other: parts([2, 2]), ...quick })

test('it serves every shop', () => {
  for (const name of shopNames) {
    const env = makeEnv(name, 2)
    env.reset(1)
    const agent = linUcb(env.spec)
    const actions = new Int32Array(2 * actionWidth(env.spec.actions))
    for (let step = 0; step < 3; step++) {
      const before = env.observations.slice()
      agent.act(before, true, actions)
      env.step(actions)
      agent.observe(env, before, actions)
    }
    expect(agent.save().arrays.counts!.some(count => count > 0)).toBe(true)
  }
})

/** A shop that only shows: what agents make of a layout. */
function window(layout: readonly Block[], actions: Space, copies = 1): Env {
  const { env } = defineEnv(copies, {
    name: 'window',
    layout,
    actions,
    horizon: 100,
    state: {},
    begin() {},
    observe() {},
    step: () => false,
  })
  env.reset(1)
  return env
}

function teach(agent: Agent, env: Env, observation: readonly number[], action: readonly number[], reward: number, chosen = -1): void {
  env.rewards[0] = reward
  env.chosen[0] = chosen
  agent.observe(env, Float32Array.from(observation), Int32Array.from(action))
}

const scoresOf = (agent: Agent, observation: readonly number[], count: number) => {
  const out = new Float32Array(count)
  agent.scores(Float32Array.from(observation), out)
  return [...out]
}

const shown = (agent: Agent, observation: readonly number[], size = 1, explore = true) => {
  const actions = new Int32Array(size)
  agent.act(Float32Array.from(observation), explore, actions)
  return [...actions]
}

// One number seen, no intercept, ridge 1, alpha 1. Action 0 was shown three times at x = 1 and earned 1 each time: A = 4, b = 3, so at
// x = 1 .75 + √(1/4) = 1.25. Action 1, never shown: 0 + √1 = 1. At x = -1: -.75 + .5 = -.25 and 1.
test('rung 3: the bounds, worked by hand', () => {
  const env = tinyEnv('one', 1, { actions: 2, length: 9, begin: () => 0, reward: () => 0 })
  env.reset(1)
  const make = (alpha: number) => {
    const agent = linUcb(env.spec, { alpha, intercept: false })
    for (let time = 0; time < 3; time++) teach(agent, env, [1], [0], 1)
    return agent
  }
  expect(shown(make(1), [1])).toEqual([0])
  expect(shown(make(1), [-1])).toEqual([1])
  // At alpha 2 action 0 has 1.75 and action 1 has 2; acting for real it is .75 against 0.
  expect(shown(make(2), [1])).toEqual([1])
  expect(shown(make(2), [1], 1, false)).toEqual([0])
  expect(scoresOf(make(1), [2], 2)).toEqual([1.5, 0])
})

describe('rung 8: what is shown has the highest bound by exact ridge algebra', () => {
  const options = fc.record({
    seed: fc.nat(),
    alpha: fc.constantFrom(0, 0.5, 2),
    ridge: fc.constantFrom(0.5, 1),
    refreshEvery: fc.constantFrom(0, 20),
    intercept: fc.boolean(),
  })

  /** Lets the agent go and compares each choice with the bounds of `x` for each action, from what each regression has seen. */
  function compare(
    agent: Agent,
    env: Env,
    steps: number,
    { alpha, ridge }: Pick<LinUcbOptions, 'alpha' | 'ridge'>,
    x: (row: Float32Array, action: number) => number[],
    regressionOf: (action: number) => number,
  ): void {
    const seen = new Map<number, [number[], number][]>()
    const size = env.spec.actions.kind === 'slate' ? env.spec.actions.size : 1
    const count = env.spec.actions.kind === 'slate' ? env.spec.actions.candidates : (env.spec.actions as { n: number }).n
    const actions = new Int32Array(size)
    env.reset(1)
    for (let step = 0; step < steps; step++) {
      const before = env.observations.slice()
      agent.act(before, true, actions)
      if (step % 10 === 9) {
        const exact = new Map<number, ReturnType<typeof exactRidge>>()
        const bounds = Array.from({ length: count }, (_, action) => {
          const which = regressionOf(action)
          const own = x(before, action)
          if (!exact.has(which))
            exact.set(
              which,
              exactRidge(
                seen.get(which) ?? [],
                own.map(() => ridge),
              ),
            )
          const { coefficients, inverse } = exact.get(which)!
          return dot(coefficients, own) + alpha * Math.sqrt(quadratic(inverse, own))
        })
        const best = [...bounds].sort((one, other) => other - one)
        for (const [place, action] of actions.entries()) expect(bounds[action]).toBeCloseTo(best[place]!, 9)
      }
      env.step(actions)
      agent.observe(env, before, actions)
      for (const [place, action] of actions.entries()) {
        const credit =
          size === 1 ? env.rewards[0]! : env.chosen[0]! < 0 ? env.rewards[0]! / size : place === env.chosen[0] ? env.rewards[0]! : 0
        const which = regressionOf(action)
        seen.set(which, [...(seen.get(which) ?? []), [x(before, action), credit]])
      }
    }
  }

  test('disjoint', () => {
    fc.assert(
      fc.property(options, ({ seed, ...given }) => {
        const { env } = contextualShop({ arms: 4, width: 3, seed })
        const x = (row: Float32Array) => [...row, ...(given.intercept ? [1] : [])]
        compare(linUcb(env.spec, given), env, 200, given, x, action => action)
      }),
      { numRuns: 8, seed: 1 },
    )
  })

  test("shared: the item's features, their products with the shopper's profile and history, and 1", () => {
    fc.assert(
      fc.property(options, ({ seed, ...given }) => {
        const env = candyStore(1, { users: 10, items: 5, dataSeed: seed % 1000 })
        const { features, width } = env.items!
        const x = (row: Float32Array, action: number) => {
          const own = [...features.subarray(action * width, (action + 1) * width)]
          return [
            ...own,
            ...own.map((value, at) => value * row[at]!),
            ...own.map((value, at) => value * row[width + at]!),
            ...(given.intercept ? [1] : []),
          ]
        }
        compare(linUcb(env.spec, { ...given, model: 'shared' }, env.items), env, 60, given, x, () => 0)
      }),
      { numRuns: 3, seed: 1 },
    )
  })

  test('slates: the k highest, each item shown being learned from', () => {
    fc.assert(
      fc.property(options, ({ seed: _, ...given }) => {
        const env = interestEvolution(1)
        const x = (row: Float32Array, action: number) => {
          const own = [...row.subarray(20 + action * 20, 40 + action * 20)]
          return [...own, ...own.map((value, at) => value * row[at]!), ...(given.intercept ? [1] : [])]
        }
        compare(linUcb(env.spec, given), env, 60, given, x, () => 0)
      }),
      { numRuns: 3, seed: 1 },
    )
  })
})

describe('what is learned from a slate', () => {
  const space: Space = { kind: 'slate', candidates: 3, size: 2 }
  const layout: Block[] = [{ name: 'candidates', offset: 0, shape: [3, 1], categories: [3] }]
  // Ids 0, 1 and 2, so an own coefficient for each; ridge 1: the mean of one observation is half of it.
  const scoresAfter = (chosen: number) => {
    const env = window(layout, space)
    const agent = linUcb(env.spec, { intercept: false })
    teach(agent, env, [2, 0, 1], [1, 2], 6, chosen)
    return scoresOf(agent, [0, 1, 2], 3)
  }

  test('the item clicked is credited with the reward, the other one shown with 0', () => {
    expect(scoresAfter(0)).toEqual([3, 0, 0])
    expect(scoresAfter(1)).toEqual([0, 3, 0])
  })

  test('without a click each shown is credited with an equal part', () => {
    expect(scoresAfter(-1)).toEqual([1.5, 1.5, 0])
  })
})

describe('what is looked at', () => {
  const layout: Block[] = [
    { name: 'user', offset: 0, shape: [2], categories: [3, 0] },
    { name: 'context', offset: 2, shape: [2], categories: [33, 0] },
  ]
  const discrete: Space = { kind: 'discrete', n: 2 }

  test('ids of at most 32 become ones and zeros, those of more are left out, and numbers stay', () => {
    const env = window(layout, discrete)
    const agent = linUcb(env.spec)
    teach(agent, env, [2, 0.5, 31, 4], [1], 1)
    const { precisions } = agent.save().arrays
    // x = [0 0 1, .5, 4, 1]: the last row of the triangle of A, of action 1, is x, with the ridge's 1 on the diagonal.
    expect([...precisions!.subarray(21 + 15)]).toEqual([0, 0, 1, 0.5, 4, 2])
  })

  test('an id that there is not is refused before anything is learned', () => {
    const env = window(layout, discrete, 2)
    const agent = linUcb(env.spec)
    const kept = agent.save()
    expect(() => agent.observe(env, Float32Array.of(1, 0, 0, 0, 3, 0, 0, 0), Int32Array.of(0, 0))).toThrow('from 0 to 2')
    expect(agent.save()).toEqual(kept)
  })

  test('of a thousand user ids alone the mean of each item is left, and without the 1 nothing, which is told', () => {
    const env = interactionLog(1)
    env.reset(1)
    const agent = linUcb(env.spec)
    teach(agent, env, [999], [3], 1)
    expect(scoresOf(agent, [5], 500).filter(score => score > 0)).toEqual([0.5])
    expect(() => linUcb(env.spec, { intercept: false })).toThrow('nothing in the observations of interaction-log but ids of more than 32')
  })

  test('products: matching columns, all with all, or none', () => {
    const slate: Space = { kind: 'slate', candidates: 2, size: 1 }
    const widthOf = (products: LinUcbOptions['products'], columns: number) => {
      const blocks: Block[] = [
        { name: 'user', offset: 0, shape: [2] },
        { name: 'candidates', offset: 2, shape: [2, columns] },
        { name: 'context', offset: 2 + 2 * columns, shape: [1] },
      ]
      const { shapes } = linUcb(window(blocks, slate).spec, { products }).save()
      return shapes.coefficients![1]
    }
    expect([widthOf('none', 2), widthOf('matching', 2), widthOf('all', 2)]).toEqual([2 + 1, 2 + 2 + 1, 2 + 3 * 2 + 1])
    expect([widthOf('none', 3), widthOf('matching', 3), widthOf('all', 3)]).toEqual([3 + 1, 3 + 1, 3 + 3 * 3 + 1])
    const { shapes } = linUcb(longTermSatisfaction(1).spec).save()
    expect(shapes.coefficients).toEqual([1, 3])
  })
})

test('combinations are actions of their own, the last part counted fastest', () => {
  const env = offers(1)
  env.reset(1)
  const agent = linUcb(env.spec, { alpha: 0 })
  teach(agent, env, Array(12).fill(1), [4, 2, 1, 3], 5)
  expect(shown(agent, Array(12).fill(1), 4)).toEqual([4, 2, 1, 3])
  expect(scoresOf(agent, Array(12).fill(1), 180).findIndex(score => score > 0)).toBe(((4 * 3 + 2) * 3 + 1) * 4 + 3)
})

describe('regret over five problems', () => {
  test('where the best arm depends on the context, it is lower than that of an agent which does not look', async () => {
    const options = { arms: 10, width: 5 }
    const own = await regrets(spec => linUcb(spec), 500, options)
    const blind = await regrets((spec, seed) => epsilonGreedy(spec, { seed }), 500, options)
    expect(lowerBy(own, blind)).toBeGreaterThan(4)
  })

  test('where arms change places, forgetting makes it lower', async () => {
    const options = { arms: 5, width: 3, changeEvery: 250 }
    const forgetting = await regrets(spec => linUcb(spec, { forgetting: 0.9 }), 1000, options)
    const remembering = await regrets(spec => linUcb(spec), 1000, options)
    expect(lowerBy(forgetting, remembering)).toBeGreaterThan(3)
  })
})

test('a shared model made without the items takes them from the checkpoint', () => {
  const env = candyStore(1, { users: 20, items: 6 })
  env.reset(1)
  const agent = shared(env)
  teach(agent, env, [...env.observations], [2], 3)
  for (const policyOnly of [false, true]) {
    const again = linUcb(env.spec, { model: 'shared' })
    expect(() => shown(again, [...env.observations])).toThrow("model 'shared' needs the features of the items of candy-store")
    again.load(agent.save(policyOnly))
    expect(scoresOf(again, [...env.observations], 6)).toEqual(scoresOf(agent, [...env.observations], 6))
  }
})

test('a shared model that knows its items refuses a checkpoint whose items have other features, and stays as it was', () => {
  const env = candyStore(1, { users: 20, items: 6 })
  const [known, other] = [env.items!, { ...env.items!, width: 3, features: new Float32Array(6 * 3).fill(1) }]
  const make = (items: typeof known) => linUcb(env.spec, { model: 'shared', products: 'none' }, items)
  const agent = make(known)
  const kept = agent.save()
  expect(() => agent.load(make(other).save())).toThrow(`items have 3 features in the checkpoint; this agent's have ${known.width}`)
  expect(agent.save()).toEqual(kept)
})

test('a policy alone is the coefficients, from which a beginner goes on as unsure as before the first observation', () => {
  const env = candyStore(1, { users: 20, items: 6 })
  env.reset(1)
  const agent = linUcb(env.spec)
  teach(agent, env, [...env.observations], [2], 3)
  const policy = agent.save(true)
  expect(Object.keys(policy.arrays)).toEqual(['coefficients'])
  const again = linUcb(env.spec)
  again.load(policy)
  const { inverses } = linUcb(env.spec).save().arrays
  expect(again.save().arrays.inverses).toEqual(inverses)
})

test('a policy taken up is what forgetting goes back to, over a save as well', () => {
  const env = candyStore(1, { users: 20, items: 6 })
  env.reset(1)
  const learn = (agent: Agent, times: number) => {
    for (let time = 0; time < times; time++) teach(agent, env, [...env.observations], [2], 0)
  }
  const teacher = linUcb(env.spec)
  teach(teacher, env, [...env.observations].fill(1), [2], 3)
  const [one, two, three] = [0.9, 0.9, 0.9].map(forgetting => linUcb(env.spec, { forgetting }))
  expect(Object.keys(one!.save().arrays)).not.toContain('origins')
  one!.load(teacher.save(true))
  learn(one!, 5)
  two!.load(one!.save())
  expect(two!.save()).toEqual(one!.save())
  for (const agent of [one!, two!]) learn(agent, 200)
  expect(two!.save()).toEqual(one!.save())
  // Columns that are 0 in what it sees keep what the policy said of them.
  const { coefficients } = one!.save().arrays
  const width = coefficients!.length / 6
  const unseen = env.observations.indexOf(0)
  expect(coefficients![2 * width + unseen]).toBeCloseTo(teacher.save().arrays.coefficients![2 * width + unseen]!, 6)
  // A checkpoint of one that began with nothing takes the policy away again.
  learn(three!, 3)
  one!.load(three!.save())
  expect(one!.save()).toEqual(three!.save())
})

test('what does not fit is told', () => {
  const { spec } = contextualShop({ arms: 3, width: 2 }).env
  expect(() => linUcb(interestEvolution(1).spec, { model: 'disjoint' })).toThrow(
    "model is 'disjoint', but the candidates of recsim-interest-evolution are other",
  )
  expect(() => linUcb(offers(1).spec, { model: 'shared' })).toThrow("lin-ucb with model 'shared' serves discrete or slate actions")
  expect(() => linUcb(spec, { forgetting: 0.4 })).toThrow('lin-ucb: forgetting is 0.4; it must be a number from 0.5 to 1')
  expect(() => linUcb(spec, { refreshEvery: -1 })).toThrow('refreshEvery is -1')
  const many = window([{ name: 'context', offset: 0, shape: [1] }], { kind: 'multi-discrete', sizes: [101, 100] })
  expect(() => linUcb(many.spec)).toThrow('at most 10000')
  const sharedOne = linUcb(candyStore(1, { users: 20, items: 6 }).spec, { model: 'shared' }, candyStore(1, { users: 20, items: 6 }).items)
  expect(() => linUcb(candyStore(1, { users: 20, items: 6 }).spec).load(sharedOne.save())).toThrow(
    'model is "shared" in the checkpoint; this agent has \'disjoint\'',
  )
})
