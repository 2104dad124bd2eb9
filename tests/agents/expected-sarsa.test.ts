import { describe, expect, test } from 'vitest'
import { expectedSarsa } from '../../src/agents/expected-sarsa'
import { qLearning } from '../../src/agents/q-learning'
import { cliffWalking } from '../../src/envs/classic/cliff-walking'
import { identity } from '../../src/envs/classic/identity'
import { agentProperties } from './agent-properties'
import { corridor, play, teach, valuesOf } from './tabular-steps'

agentProperties(
  'expected-sarsa, states by id',
  env => expectedSarsa(env.spec, { seed: 3, epsilon: 0.4, epsilonDecay: 0.9 }),
  copies => cliffWalking(copies, { horizon: 6 }),
  { other: copies => identity(copies) },
)

agentProperties(
  'expected-sarsa, states by rows, a rate by visits',
  env => expectedSarsa(env.spec, { seed: 3, visitRate: 4 }),
  copies => identity(copies, { n: 3, length: 5 }),
  { other: copies => identity(copies, { n: 4 }) },
)

describe('rung 3: updates worked by hand', () => {
  const options = { learningRate: 0.5, discount: 0.9, initialValue: 1, epsilon: 0.2 }

  // Two places that pay 2 and 4; all values begin at 1, rate .5, discount .9, epsilon .2.
  //   0, action 0: all alike, target 2 + .9 · 1 = 2.9       Q(0, 0) = 1.95
  //   1, action 1: terminated, target 4                     Q(1, 1) = 2.5
  //   0, action 0: Q(1, ·) is 1 and 2.5, so .2 · 1.75 + .8 · 2.5 = 2.35 is expected;
  //                target 2 + .9 · 2.35 = 4.115             Q(0, 0) = 1.95 + .5 · 2.165 = 3.0325, though action 0 is taken at 1
  test('what follows is worth the mean of what may be done', () => {
    const env = corridor([2, 4])
    const agent = expectedSarsa(env.spec, options)
    teach(agent, env, [0, 1, 0, 0])
    expect(valuesOf(agent, 2, 0)).toEqual([Math.fround(3.0325), 1])
    expect(valuesOf(agent, 2, 1)).toEqual([2.5, 2.5])
  })

  test('a truncated episode bootstraps, a terminated one does not', () => {
    const env = corridor([2, 4], { truncates: true })
    const agent = expectedSarsa(env.spec, options)
    teach(agent, env, [0, 1])
    expect(valuesOf(agent, 2, 1)[1]).toBeCloseTo(1 + 0.5 * (4 + 0.9 - 1), 6)
  })
})

test('without exploration it is Q-learning, to the last bit', () => {
  const learned = [qLearning, expectedSarsa].map(make => {
    const env = cliffWalking(2, { horizon: 50 })
    env.reset(4)
    const agent = make(env.spec, { epsilon: 0, seed: 2 })
    play(agent, env, 300)
    return agent.save().arrays
  })
  expect(learned[1]).toEqual(learned[0])
})
