import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src/agents/agent'
import { epsilonGreedy } from '../../src/agents/epsilon-greedy'
import { linTs } from '../../src/agents/lin-ts'
import { candyStore } from '../../src/envs/candy-store'
import { defineEnv } from '../../src/envs/define-env'
import type { Block, Env, Space } from '../../src/envs/env'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { makeEnv, shopNames } from '../../src/envs/registry'
import { actionWidth } from '../../src/envs/spaces'
import { cumulativeNormal } from '../../src/random/cumulative-normal'
import { normal } from '../../src/random/draws'
import { stream } from '../../src/random/generator'
import { agentProperties } from './agent-properties'
import { within } from './bandit-support'
import { contextualShop, dot, exactRidge, lowerBy, quadratic, regrets } from './contextual-support'

const contexts = (arms: number, sizes?: number[]) => (copies: number) =>
  contextualShop({ arms, width: 2, copies, ...(sizes && { sizes }) }).env
const candies = (items: number) => (copies: number) => candyStore(copies, { users: 20, items })
const quick = { steps: 20 }

agentProperties('lin-ts', env => linTs(env.spec, { seed: 1 }), contexts(5), { other: contexts(6), ...quick })
agentProperties('lin-ts, forgetting', env => linTs(env.spec, { seed: 1, forgetting: 0.9, refreshEvery: 3 }), contexts(5), {
  other: contexts(6),
  ...quick,
})
agentProperties('lin-ts of combinations', env => linTs(env.spec, { seed: 1 }), contexts(6, [2, 3]), {
  other: contexts(4, [2, 2]),
  ...quick,
})
agentProperties('lin-ts, shared', env => linTs(env.spec, { seed: 1, model: 'shared', propensityDraws: 20 }, env.items), candies(6), {
  other: candies(7),
  ...quick,
})
agentProperties(
  'lin-ts of slates',
  env => linTs(env.spec, { seed: 1, propensityDraws: 20 }),
  copies => interestEvolution(copies, { clusters: 5 }),
  { other: copies => interestEvolution(copies, { clusters: 6 }), ...quick },
)

test('it serves every shop', () => {
  for (const name of shopNames) {
    const env = makeEnv(name, 2)
    env.reset(1)
    const agent = linTs(env.spec)
    const actions = new Int32Array(2 * actionWidth(env.spec.actions))
    for (let step = 0; step < 2; step++) {
      const before = env.observations.slice()
      agent.act(before, true, actions)
      env.step(actions)
      agent.observe(env, before, actions)
    }
    expect(agent.save().arrays.counts!.some(count => count > 0)).toBe(true)
  }
})

const rows = 20_000

/** So many decisions at one observation: how often each action came first. */
function shares(agent: Agent, observation: ArrayLike<number>, count: number, size = 1): number[] {
  const observations = new Float32Array(rows * observation.length)
  for (let row = 0; row < rows; row++) observations.set(observation, row * observation.length)
  const actions = new Int32Array(rows * size)
  agent.act(observations, true, actions)
  const counts = Array<number>(count).fill(0)
  for (let row = 0; row < rows; row++) counts[actions[row * size]!]!++
  return counts.map(times => times / rows)
}

/** What the agent says of so many decisions at one observation, by the action that came first. */
function told(agent: Agent, observation: ArrayLike<number>, decisions: number, size = 1): Map<number, number> {
  const [actions, propensities] = [new Int32Array(size), new Float32Array(1)]
  const found = new Map<number, number>()
  for (let decision = 0; decision < decisions; decision++) {
    agent.act(Float32Array.from(observation), true, actions, propensities)
    found.set(actions[0]!, propensities[0]!)
  }
  return found
}

/** An agent in a shop of N(0, 1) contexts that has seen so many steps, and what each of its regressions has seen. */
function taught(options: Parameters<typeof linTs>[1], arms: number, width: number, steps: number) {
  const { env } = contextualShop({ arms, width, seed: 3 })
  env.reset(1)
  const agent = linTs(env.spec, options)
  const seen = Array.from({ length: arms }, (): [number[], number][] => [])
  const actions = new Int32Array(1)
  for (let step = 0; step < steps; step++) {
    const before = env.observations.slice()
    agent.act(before, true, actions)
    env.step(actions)
    agent.observe(env, before, actions)
    seen[actions[0]!]!.push([[...before, 1], env.rewards[0]!])
  }
  return { agent, seen, x: [...env.observations, 1], observation: env.observations }
}

describe('rung 8: disjoint, against exact ridge algebra', () => {
  test('an action is shown as often as it wins when whole vectors are drawn from N(θ, alpha² A⁻¹)', () => {
    const alpha = 0.7
    const { agent, seen, x, observation } = taught({ alpha, seed: 5, refreshEvery: 10 }, 4, 2, 40)
    const beliefs = seen.map(list => exactRidge(list, [1, 1, 1]))
    const generator = stream(9, 'vectors')
    const factors = beliefs.map(({ inverse }) => cholesky(inverse))
    const wins = [0, 0, 0, 0]
    for (let draw = 0; draw < rows; draw++) {
      const scores = beliefs.map(({ coefficients }, arm) => {
        const z = x.map(() => normal(generator))
        return dot(
          coefficients.map((mean, at) => mean + alpha * dot(factors[arm]![at]!, z)),
          x,
        )
      })
      wins[scores.indexOf(Math.max(...scores))]!++
    }
    shares(agent, observation, 4).forEach((share, arm) => {
      // Two samples, so √2 times the error of one.
      expect(Math.abs(share - wins[arm]! / rows)).toBeLessThan(1.5 * within(wins[arm]! / rows, rows) + 1e-4)
    })
    expect(Math.max(...wins) / rows).toBeLessThan(0.95)
  })

  test('of two the probability told is the closed form, to single precision', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(1e-12, 0.3, 1, 3), fc.integer({ min: 0, max: 60 }), (seed, alpha, steps) => {
        const { agent, seen, x, observation } = taught({ alpha, seed }, 2, 3, steps)
        const [first, second] = seen.map(list => exactRidge(list, [1, 1, 1, 1])) as [
          ReturnType<typeof exactRidge>,
          ReturnType<typeof exactRidge>,
        ]
        const variance = alpha ** 2 * (quadratic(first.inverse, x) + quadratic(second.inverse, x))
        const chance = cumulativeNormal((dot(first.coefficients, x) - dot(second.coefficients, x)) / Math.sqrt(variance))
        for (const [action, propensity] of told(agent, observation, 5)) {
          expect(propensity).toBeCloseTo(Math.max(1e-8, action === 0 ? chance : 1 - chance), 6)
        }
      }),
      { numRuns: 30, seed: 1 },
    )
  })

  test('of many the probabilities told sum to one and are the shares shown', () => {
    const { agent, observation } = taught({ seed: 2, alpha: 2 }, 5, 2, 12)
    const chances = told(agent, observation, 1000)
    expect(chances.size).toBe(5)
    const shown = shares(agent, observation, 5)
    expect([...chances.values()].reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 6)
    for (const [action, chance] of chances) expect(Math.abs(shown[action]! - chance)).toBeLessThan(within(chance, rows) + 1e-4)
  })

  test('alpha 0 draws nothing: the best for certain', () => {
    const { agent, observation } = taught({ alpha: 0, seed: 2 }, 3, 2, 30)
    expect([...told(agent, observation, 3).values()]).toEqual([1])
  })
})

describe('the shared model', () => {
  /** Candidates of these features, row by row; the best is shown. */
  function slate(features: readonly (readonly number[])[], size = 1) {
    const [candidates, width] = [features.length, features[0]!.length]
    const layout: Block[] = [{ name: 'candidates', offset: 0, shape: [candidates, width] }]
    const actions: Space = { kind: 'slate', candidates, size }
    const { env } = defineEnv(1, { name: 'window', layout, actions, horizon: 9, state: {}, begin() {}, observe() {}, step: () => false })
    env.reset(1)
    return { env: env as Env, observation: Float32Array.from(features.flat()) }
  }

  // One coefficient c ~ N(0, 1): scores c, 2c and 3c. The third is best where c > 0, the first where c < 0, the second never. Draws of
  // their own would show the second one time in three or so.
  test('its actions share one vector drawn', () => {
    const { env, observation } = slate([[1], [2], [3]])
    const agent = linTs(env.spec, { seed: 1, intercept: false })
    const [first, second, third] = shares(agent, observation, 3)
    expect(second).toBe(0)
    expect(Math.abs(first! - 0.5)).toBeLessThan(within(0.5, rows))
    expect(first! + third!).toBe(1)
  })

  test('what resembles each other rises and falls together: the difference of two scores has the variance of exact ridge algebra', () => {
    const one = [1, 0.5, -1]
    const two = [1, 0.75, -1.25]
    const { env, observation } = slate([one, two])
    const alpha = 0.8
    const agent = linTs(env.spec, { alpha, seed: 4, intercept: false, ridge: 0.5 })
    const seen: [number[], number][] = []
    const generator = stream(1, 'test')
    for (let step = 0; step < 12; step++) {
      // It has drawn with what it knew before.
      agent.act(observation, true, new Int32Array(1))
      const features = [0, 1].map(() => [0, 1, 2].map(() => Math.fround(normal(generator))))
      env.rewards[0] = normal(generator)
      env.chosen[0] = 0
      agent.observe(env, Float32Array.from(features.flat()), Int32Array.of(1))
      seen.push([features[1]!, env.rewards[0]!])
    }
    const { inverse, coefficients } = exactRidge(seen, [0.5, 0.5, 0.5])
    const difference = one.map((value, at) => value - two[at]!)
    const chance = cumulativeNormal(dot(coefficients, difference) / (alpha * Math.sqrt(quadratic(inverse, difference))))
    const [first] = shares(agent, observation, 2)
    expect(Math.abs(first! - chance)).toBeLessThan(within(chance, rows))
    // As for independent draws it would be something else.
    const apart = cumulativeNormal(dot(coefficients, difference) / (alpha * Math.sqrt(quadratic(inverse, one) + quadratic(inverse, two))))
    expect(Math.abs(apart - chance)).toBeGreaterThan(3 * within(chance, rows))
    // The probability is estimated from 1,000 draws.
    for (const [action, propensity] of told(agent, observation, 4)) {
      expect(Math.abs(propensity - (action === 0 ? chance : 1 - chance))).toBeLessThan(within(chance, 1000))
    }
  })

  test('asking for probabilities does not change what is shown, and none is 0', () => {
    const { env, observation } = slate(
      [
        [1, 0],
        [0, 1],
        [1, 1],
        [0, 2],
      ],
      3,
    )
    const [one, two] = [linTs(env.spec, { seed: 1 }), linTs(env.spec, { seed: 1, propensityDraws: 10 })]
    const [first, second, propensities] = [new Int32Array(3), new Int32Array(3), new Float32Array(1)]
    for (let decision = 0; decision < 50; decision++) {
      one.act(observation, true, first)
      two.act(observation, true, second, propensities)
      expect(second).toEqual(first)
      expect(propensities[0]).toBeGreaterThanOrEqual(Math.fround(1 / 11))
    }
  })
})

test('where the best arm depends on the context, its regret is lower than that of an agent which does not look', async () => {
  const options = { arms: 10, width: 5 }
  const own = await regrets((spec, seed) => linTs(spec, { seed, alpha: 0.5 }), 500, options)
  const blind = await regrets((spec, seed) => epsilonGreedy(spec, { seed }), 500, options)
  expect(lowerBy(own, blind)).toBeGreaterThan(4)
})

test('what does not fit is told', () => {
  expect(() => linTs(contexts(3)(1).spec, { alpha: -1 })).toThrow('lin-ts: alpha is -1; it must be a number of at least 0')
  expect(() => linTs(contexts(3)(1).spec, { propensityDraws: 0 })).toThrow('propensityDraws is 0')
})

/** The lower triangle L of M = L Lᵀ, as rows. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor = matrix.map(row => row.map(() => 0))
  matrix.forEach((row, at) => {
    for (let column = 0; column <= at; column++) {
      const rest = row[column]! - dot(factor[at]!.slice(0, column), factor[column]!)
      factor[at]![column] = column === at ? Math.sqrt(rest) : rest / factor[column]![column]!
    }
  })
  return factor
}
