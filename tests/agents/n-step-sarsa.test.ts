import { describe, expect, test } from 'vitest'
import { nStepSarsa } from '../../src/agents/n-step-sarsa'
import { sarsa } from '../../src/agents/sarsa'
import { cliffWalking } from '../../src/envs/classic/cliff-walking'
import { identity } from '../../src/envs/classic/identity'
import { agentProperties } from './agent-properties'
import { corridor, play, teach, valuesOf } from './tabular-steps'

agentProperties(
  'n-step-sarsa, states by id',
  env => nStepSarsa(env.spec, { seed: 3, n: 3, epsilon: 0.4, epsilonDecay: 0.9 }),
  copies => cliffWalking(copies, { horizon: 8 }),
  { other: copies => identity(copies) },
)

agentProperties(
  'n-step-sarsa, states by rows, a rate by visits',
  env => nStepSarsa(env.spec, { seed: 3, n: 10, visitRate: 4 }),
  copies => identity(copies, { n: 3, length: 5 }),
  { other: copies => identity(copies, { n: 4 }) },
)

// Three places that pay 2, 4 and 6; all values begin at 1, rate .5, discount .5, n 2.
//   at 2 with action 0: G = 2 + .5 · 4 + .25 · Q(2, 0) = 4.25   Q(0, 0) = 1 + .5 · 3.25 = 2.625
//   terminated:         G = 4 + .5 · 6 = 7                      Q(1, 0) = 4
//                       G = 6                                   Q(2, 0) = 3.5
// Truncated instead, the next place is unknown and worth 1:
//                       G = 4 + .5 · 6 + .25 · 1 = 7.25         Q(1, 0) = 4.125
//                       G = 6 + .5 · 1 = 6.5                    Q(2, 0) = 3.75
// With n 10 all wait for the end: G = 2 + .5 · 4 + .25 · 6 = 5.5, Q(0, 0) = 3.25; then as above.
describe('rung 3: updates worked by hand', () => {
  const learned = (n: number, truncates: boolean) => {
    const env = corridor([2, 4, 6], { truncates })
    const agent = nStepSarsa(env.spec, { n, learningRate: 0.5, discount: 0.5, initialValue: 1, epsilon: 0.2 })
    teach(agent, env, [0, 0, 0])
    expect(agent.update()!.moves).toBe(3)
    return [0, 1, 2].map(place => valuesOf(agent, 2, place)[0])
  }

  test('n rewards as they came, then the value of what is really done', () => {
    expect(learned(2, false)).toEqual([2.625, 4, 3.5])
  })

  test('a truncated episode bootstraps every open step by its own distance, a terminated one none', () => {
    expect(learned(2, true)).toEqual([2.625, 4.125, 3.75])
  })

  test('an episode shorter than n is learned from at its end', () => {
    expect(learned(10, false)).toEqual([3.25, 4, 3.5])
  })

  // Q(0, 0) = 2.625, Q(1, 0) = 4; then 0, action 0 and the shop is reset: Q(1, ·) is 4 and 1, so .2 · 2.5 + .8 · 4 = 3.7 is expected there.
  //   G = 2 + .5 · 3.7 = 3.85                                   Q(0, 0) = 2.625 + .5 · 1.225 = 3.2375
  test('where the next step begins elsewhere, all open steps are learned from with what is expected', () => {
    const env = corridor([2, 4, 6])
    const agent = nStepSarsa(env.spec, { n: 2, learningRate: 0.5, discount: 0.5, initialValue: 1, epsilon: 0.2 })
    teach(agent, env, [0, 0, 0, 0])
    expect(valuesOf(agent, 2, 0)[0]).toBe(2.625)
    env.reset(2)
    teach(agent, env, [1])
    expect(valuesOf(agent, 2, 0)).toEqual([Math.fround(3.2375), 1])
  })
})

test('with n 1 it is SARSA, to the last bit, whatever ends an episode', () => {
  const learned = [sarsa, nStepSarsa].map((make: typeof nStepSarsa) => {
    const env = cliffWalking(3, { horizon: 30 })
    env.reset(4)
    const agent = make(env.spec, { ...(make === nStepSarsa ? { n: 1 } : {}), epsilon: 0.2, epsilonDecay: 0.99, seed: 2 })
    play(agent, env, 600)
    return agent.save().arrays
  })
  expect(learned[1]).toEqual(learned[0])
})

test('n is at least 1', () => {
  expect(() => nStepSarsa(corridor([1]).spec, { n: 0 })).toThrow('n-step-sarsa: n is 0; it must be a whole number from 1 to 1000')
})
