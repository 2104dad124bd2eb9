import { describe, expect, test } from 'vitest'
import { type EpsilonGreedyOptions, epsilonGreedy } from '../../src/agents/epsilon-greedy'
import { makeAgent } from '../../src/agents/registry'
import { bandit } from '../../src/envs/classic/bandit'
import { pairedDifference } from '../../src/evaluate/paired-difference'
import { stream } from '../../src/random/generator'
import { agentProperties } from './agent-properties'
import { combinationShop } from './bandit-support'

const shop = (arms = 4) => {
  const env = bandit(1, { chances: Array.from({ length: arms }, () => 0.5) })
  env.reset(1)
  return env
}

/** An agent that was shown these rewards, item by item. */
function taught(options: Partial<EpsilonGreedyOptions>, rewards: readonly (readonly number[])[]) {
  const env = shop(rewards.length)
  const agent = epsilonGreedy(env.spec, options)
  rewards.forEach((list, item) => {
    for (const reward of list) {
      env.rewards[0] = reward
      agent.observe(env, env.observations, Int32Array.of(item))
    }
  })
  return agent
}

const scoresOf = (agent: ReturnType<typeof epsilonGreedy>, items: number) => {
  const out = new Float32Array(items)
  agent.scores(new Float32Array(1), out)
  return [...out]
}

describe('values', () => {
  test('are the means of the rewards seen, and the initial value where nothing was seen', () => {
    const agent = taught({ initialValue: 5 }, [[1, 0, 0, 1], [2], [], [-1, 0]])
    expect(scoresOf(agent, 4)).toEqual([0.5, 2, 5, -0.5])
  })

  test('with a constant step recent rewards count more, and the initial value fades', () => {
    const agent = taught({ stepSize: 0.5, initialValue: 4 }, [[0, 0], [1, 1, 1], [], []])
    expect(scoresOf(agent, 4)).toEqual([1, 1.375, 4, 4])
  })

  test('with a constant step it follows a taste that changes, where the mean lags', () => {
    const changed = [...Array(50).fill(1), ...Array(10).fill(0)]
    expect(scoresOf(taught({ stepSize: 0.3 }, [changed]), 1)[0]).toBeLessThan(0.05)
    expect(scoresOf(taught({}, [changed]), 1)[0]).toBeGreaterThan(0.8)
  })
})

describe('acting', () => {
  const rows = 12_000
  const act = (agent: ReturnType<typeof epsilonGreedy>, explore: boolean) => {
    const [actions, propensities] = [new Int32Array(rows), new Float32Array(rows)]
    agent.act(new Float32Array(rows), explore, actions, propensities)
    return { actions, propensities, share: (item: number) => actions.filter(taken => taken === item).length / rows }
  }

  test('while learning: the best with 1 - epsilon + epsilon / n, every other with epsilon / n, and propensities say so', () => {
    const { actions, propensities, share } = act(taught({ epsilon: 0.2, seed: 3 }, [[0], [1], [0.5], [0]]), true)
    for (const item of [0, 1, 2, 3]) {
      const expected = item === 1 ? 0.85 : 0.05
      expect(Math.abs(share(item) - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / rows))
      expect(propensities[actions.indexOf(item)]).toBeCloseTo(expected, 6)
    }
  })

  test('of several best ones each is as likely; not learning, the first of them for certain', () => {
    const agent = taught({ epsilon: 0.2, seed: 3 }, [[0], [1], [0], [1]])
    const { actions, propensities, share } = act(agent, true)
    for (const item of [1, 3]) {
      expect(Math.abs(share(item) - 0.45)).toBeLessThan(0.019) // four standard errors
      expect(propensities[actions.indexOf(item)]).toBeCloseTo(0.45, 6)
    }
    expect(propensities[actions.indexOf(0)]).toBeCloseTo(0.05, 6)
    const greedy = act(agent, false)
    expect([new Set(greedy.actions), new Set(greedy.propensities)]).toEqual([new Set([1]), new Set([1])])
  })

  test('not learning leaves no trace in what is drawn while learning', () => {
    const [one, two] = [epsilonGreedy(shop().spec, { seed: 1 }), epsilonGreedy(shop().spec, { seed: 1 })]
    act(two, false)
    expect(act(two, true).actions).toEqual(act(one, true).actions)
  })
})

describe('epsilon', () => {
  test('stays, unless it is told to fall with every step of a shopper, down to its end', () => {
    const env = bandit(2, { chances: [0.5, 0.5] })
    env.reset(1)
    const epsilons = (options: Partial<EpsilonGreedyOptions>) => {
      const agent = epsilonGreedy(env.spec, options)
      return Array.from({ length: 4 }, () => {
        agent.observe(env, env.observations, new Int32Array(2))
        return agent.epsilon
      })
    }
    expect(epsilons({ epsilon: 0.3 })).toEqual([0.3, 0.3, 0.3, 0.3])
    // Two shoppers a step.
    expect(epsilons({ epsilon: 0.8, epsilonDecay: 0.5, epsilonEnd: 0.02 })).toEqual([0.2, 0.05, 0.02, 0.02])
  })

  test('propensities follow it', () => {
    const agent = taught({ epsilon: 1, epsilonDecay: 0.5 }, [[0], [1]])
    const [actions, propensities] = [new Int32Array(50), new Float32Array(50)]
    agent.act(new Float32Array(50), true, actions, propensities)
    for (const [row, action] of actions.entries()) expect(propensities[row]).toBe(action === 1 ? 0.875 : 0.125)
  })

  test('an end above the start is refused, and forgetting twice', () => {
    const { spec } = shop()
    expect(() => epsilonGreedy(spec, { epsilonEnd: 0.5 })).toThrow('epsilonEnd is 0.5; it must be at most epsilon, 0.1')
    expect(() => epsilonGreedy(spec, { stepSize: 0.1, forgetting: 0.9 })).toThrow('stepSize is 0.1 and forgetting 0.9; both forget')
  })
})

/**
 * Sutton & Barto 2018, figure 2.2, with stars instead of normal rewards: ten arms, whose chances are drawn anew for every run, 2,000 steps.
 * The mean reward of a step, run by run, for each epsilon.
 */
function testbed(epsilons: readonly number[], runs: number, steps: number) {
  return Array.from({ length: runs }, (_, run) => {
    const taste = stream(run, 'testbed')
    const chances = Array.from({ length: 10 }, () => taste.next())
    return epsilons.map(epsilon => {
      const env = bandit(1, { chances })
      env.reset(run)
      const agent = epsilonGreedy(env.spec, { epsilon, seed: run })
      const [before, actions] = [new Float32Array(1), new Int32Array(1)]
      let sum = 0
      for (let step = 0; step < steps; step++) {
        agent.act(before, true, actions)
        env.step(actions)
        agent.observe(env, before, actions)
        sum += env.rewards[0]!
      }
      return { agent: `epsilon ${epsilon}`, seed: run, return: sum / steps }
    })
  }).flat()
}

test('on ten arms over 2,000 steps, trying one time in ten earns more than never trying and than always trying, as in the book', () => {
  const rows = testbed([0, 0.1, 1], 100, 2000)
  for (const other of ['epsilon 0', 'epsilon 1']) expect(pairedDifference(rows, 'epsilon 0.1', other).low).toBeGreaterThan(0.05)
  // Always trying earns the mean chance, a half.
  const always = rows.filter(({ agent }) => agent === 'epsilon 1')
  expect(Math.abs(always.reduce((sum, row) => sum + row.return, 0) / always.length - 0.5)).toBeLessThan(0.04)
})

describe('a checkpoint', () => {
  test('makes another go on as the first, to the bit; one of another agent or size is refused', async () => {
    const env = bandit(2, { chances: [0.2, 0.8, 0.5] })
    env.reset(1)
    const make = (seed: number) => makeAgent('epsilon-greedy', env, { seed, epsilon: 0.5 })
    const [one, two] = [await make(1), await make(2)]
    const go = (agent: typeof one, steps: number) => {
      const taken: number[] = []
      for (let step = 0; step < steps; step++) {
        const [before, actions] = [env.observations.slice(), new Int32Array(2)]
        agent.act(before, true, actions)
        env.step(actions)
        agent.observe(env, before, actions)
        taken.push(...actions)
      }
      return taken
    }
    go(one, 30)
    two.load(one.save())
    const snapshots = [env.save(0), env.save(1)]
    const wanted = go(one, 30)
    snapshots.forEach((snapshot, copy) => {
      env.load(snapshot, [copy])
    })
    expect(go(two, 30)).toEqual(wanted)
    expect(two.save().arrays).toEqual(one.save().arrays)
    expect(() => two.load({ ...one.save(), agent: 'sarsa' })).toThrow('this agent is epsilon-greedy')
    expect(() => epsilonGreedy(shop(5).spec).load(one.save())).toThrow('another architecture')
  })
})

test('options that do not fit are refused, and so is a reward that is no number', () => {
  const { spec } = shop()
  expect(() => epsilonGreedy(spec, { epsilon: 1.5 })).toThrow('epsilon-greedy: epsilon is 1.5; it must be a number from 0 to 1')
  expect(() => epsilonGreedy(spec, { stepSize: -1 })).toThrow('stepSize is -1')
  expect(() => epsilonGreedy(spec, { temperature: 1 } as never)).toThrow("epsilon-greedy has no option 'temperature'")
  const env = shop()
  const agent = epsilonGreedy(env.spec)
  const before = agent.save()
  env.rewards[0] = Number.NaN
  expect(() => agent.observe(env, env.observations, Int32Array.of(1))).toThrow('the reward of copy 0 is NaN')
  expect(agent.save()).toEqual(before)
})

agentProperties(
  'epsilon-greedy on arms',
  env => epsilonGreedy(env.spec, { seed: 1, epsilon: 0.5, epsilonDecay: 0.99, forgetting: 0.9 }),
  copies => bandit(copies, { chances: [0.2, 0.8, 0.5] }),
  { other: copies => bandit(copies, { chances: [0.2, 0.8, 0.5, 0.4] }) },
)
agentProperties(
  'epsilon-greedy on combinations',
  env => epsilonGreedy(env.spec, { seed: 1 }),
  copies => combinationShop(copies),
  { other: copies => combinationShop(copies, [2, 3, 3]) },
)
