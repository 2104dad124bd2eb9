import { describe, expect, test } from 'vitest'
import { qLearning } from '../../src/agents/q-learning'
import { cliffWalking } from '../../src/envs/classic/cliff-walking'
import { identity } from '../../src/envs/classic/identity'
import { offers } from '../../src/envs/offers'
import { agentProperties } from './agent-properties'
import { corridor, teach, valuesOf } from './tabular-steps'

agentProperties(
  'q-learning, states by id',
  env => qLearning(env.spec, { seed: 3, epsilon: 0.4, epsilonDecay: 0.9 }),
  copies => cliffWalking(copies, { horizon: 6 }),
  { other: copies => identity(copies) },
)

agentProperties(
  'q-learning, states by rows, a rate by visits',
  env => qLearning(env.spec, { seed: 3, visitRate: 4 }),
  copies => identity(copies, { n: 3, length: 5 }),
  { other: copies => identity(copies, { n: 4 }) },
)

agentProperties(
  'q-learning, messages of several parts, by bins',
  env => qLearning(env.spec, { seed: 3, bins: 2, epsilon: 0.5 }),
  copies => offers(copies, { horizon: 5, users: 20 }),
  { other: copies => identity(copies), steps: 20 },
)

describe('rung 3: updates worked by hand', () => {
  const options = { learningRate: 0.5, discount: 0.9, initialValue: 1 }

  // Two places that pay 2 and 4; all values begin at 1, rate .5, discount .9.
  //   0, action 0: target 2 + .9 · max(1, 1) = 2.9      Q(0, 0) = 1 + .5 · 1.9 = 1.95
  //   1, action 1: terminated, target 4                 Q(1, 1) = 1 + .5 · 3 = 2.5
  //   0, action 0: target 2 + .9 · max(1, 2.5) = 4.25   Q(0, 0) = 1.95 + .5 · 2.3 = 3.1, though action 0 is taken at 1
  test('what follows is worth the best that could be done, whatever is done', () => {
    const env = corridor([2, 4])
    const agent = qLearning(env.spec, options)
    teach(agent, env, [0, 1, 0, 0])
    expect(valuesOf(agent, 2, 0)).toEqual([Math.fround(3.1), 1])
    expect(valuesOf(agent, 2, 1)).toEqual([2.5, 2.5])
  })

  // Truncated at 1, the process would go on at 2, where nothing is known: target 4 + .9 · 1 = 4.9, so Q(1, 1) = 1 + .5 · 3.9 = 2.95.
  test('a truncated episode bootstraps from its own last observation, a terminated one not at all', () => {
    const env = corridor([2, 4], { truncates: true })
    const agent = qLearning(env.spec, options)
    teach(agent, env, [0, 1])
    expect(valuesOf(agent, 2, 1)[1]).toBeCloseTo(2.95, 6)
    // The state after the last step of an episode is no start: had `observations` been taken, it would be Q(0, ·) = 1.95.
    expect(valuesOf(agent, 2, 0)[0]).toBeCloseTo(1.95, 6)
  })

  // visitRate 2: the first two steps of action 0 go all the way, to 4, and the third stays there. Then action 1 is taken four times, and
  // the reward of action 0 becomes 0: its rate is 2 / 4 by its own visits, 2 / 8 by those of the table.
  test('with visitRate the rate is min(1, visitRate / visits), of the pair or of the whole table', () => {
    for (const [visitsOf, rate] of [
      ['pair', 1 / 2],
      ['table', 1 / 4],
    ] as const) {
      const env = corridor([4])
      const agent = qLearning(env.spec, { initialValue: 1, visitRate: 2, visitsOf })
      teach(agent, env, [0, 0, 0, 1, 1, 1, 1])
      expect(valuesOf(agent, 2, 0)[0]).toBe(4)
      env.rewards[0] = 0
      agent.observe(env, new Float32Array(1), Int32Array.of(0))
      expect(valuesOf(agent, 2, 0)[0]).toBe(4 * (1 - rate))
    }
  })
})

test('update reports on each observe once: the squared error before the step, and how far Q moved', () => {
  const env = corridor([2, 4])
  const agent = qLearning(env.spec, { learningRate: 0.5, discount: 0.9, initialValue: 1, epsilon: 0.3 })
  expect(agent.update()).toBeUndefined()
  teach(agent, env, [0])
  const { loss, change, ...rest } = agent.update()!
  expect(loss).toBeCloseTo(1.9 ** 2, 12)
  expect(change).toBeCloseTo(0.95, 12)
  expect(rest).toEqual({ moves: 1, states: 2, epsilon: 0.3 })
  expect(agent.update()).toBeUndefined()
})

test('it serves no slates', () => {
  const { spec } = corridor([1])
  const slate = { ...spec, actions: { kind: 'slate', candidates: 5, size: 2 } } as const
  expect(() => qLearning(slate)).toThrow('q-learning serves discrete or multi-discrete actions')
})
