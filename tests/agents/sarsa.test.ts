import { describe, expect, test } from 'vitest'
import { sarsa } from '../../src/agents/sarsa'
import { cliffWalking } from '../../src/envs/classic/cliff-walking'
import { identity } from '../../src/envs/classic/identity'
import { agentProperties } from './agent-properties'
import { corridor, play, teach, valuesOf } from './tabular-steps'

agentProperties(
  'sarsa, states by id',
  env => sarsa(env.spec, { seed: 3, epsilon: 0.4, epsilonDecay: 0.9 }),
  copies => cliffWalking(copies, { horizon: 6 }),
  { other: copies => identity(copies) },
)

agentProperties(
  'sarsa, states by rows, a rate by visits',
  env => sarsa(env.spec, { seed: 3, visitRate: 4 }),
  copies => identity(copies, { n: 3, length: 5 }),
  { other: copies => identity(copies, { n: 4 }) },
)

const options = { learningRate: 0.5, discount: 0.9, initialValue: 1, epsilon: 0.2 }

// Two places that pay 2 and 4; all values begin at 1, rate .5, discount .9.
//   0, action 0: open until the action at 1 is known
//   1, action 1: target 2 + .9 · Q(1, 1) = 2.9            Q(0, 0) = 1.95
//                terminated, target 4                     Q(1, 1) = 2.5
//   0, action 0: open
//   1, action 0: target 2 + .9 · Q(1, 0) = 2.9            Q(0, 0) = 1.95 + .5 · .95 = 2.425
//                terminated, target 4                     Q(1, 0) = 2.5
describe('rung 3: updates worked by hand', () => {
  test('what follows is worth what is really done next, known one step later', () => {
    const env = corridor([2, 4])
    const agent = sarsa(env.spec, options)
    teach(agent, env, [0])
    expect(agent.update()).toBeUndefined()
    expect(valuesOf(agent, 2, 0)).toEqual([1, 1])
    teach(agent, env, [1])
    expect(agent.update()).toMatchObject({ moves: 2, loss: (1.9 ** 2 + 3 ** 2) / 2 })
    expect(valuesOf(agent, 2, 0)).toEqual([Math.fround(1.95), 1])
    teach(agent, env, [0, 0])
    expect(valuesOf(agent, 2, 0)).toEqual([Math.fround(2.425), 1])
    expect(valuesOf(agent, 2, 1)).toEqual([2.5, 2.5])
  })

  // Then, at 0, action 0 is open. Q(1, ·) is 1 and 2.5: with epsilon .2, .2 · 1.75 + .8 · 2.5 = 2.35 is expected at 1.
  //   target 2 + .9 · 2.35 = 4.115                          Q(0, 0) = 1.95 + .5 · 2.165 = 3.0325
  test('where the next step begins elsewhere, the expected value of the policy stands for the action never taken', () => {
    const env = corridor([2, 4])
    const agent = sarsa(env.spec, options)
    teach(agent, env, [0, 1, 0])
    env.reset(2)
    teach(agent, env, [1])
    expect(valuesOf(agent, 2, 0)).toEqual([Math.fround(3.0325), 1])
    // So it is with another number of copies: the open step of action 1 at 0, target 4.115, Q(0, 1) = 1 + .5 · 3.115 = 2.5575.
    teach(agent, corridor([2, 4], { copies: 3 }), [0])
    expect(valuesOf(agent, 2, 0)).toEqual([Math.fround(3.0325), Math.fround(2.5575)])
  })

  // A shop of one place that is cut off after each step: Q(1, ·) = 1 and 2.5 of before, seen as what follows.
  test('so it is at a truncation, at once', () => {
    const long = corridor([2, 4])
    const agent = sarsa(long.spec, options)
    teach(agent, long, [0, 1])
    teach(agent, corridor([2], { truncates: true }), [0])
    expect(valuesOf(agent, 2, 0)).toEqual([Math.fround(3.0325), 1])
  })
})

test('each of many copies has its own open step', () => {
  const copies = 3
  const env = corridor([2, 4], { copies })
  const agent = sarsa(env.spec, options)
  teach(agent, env, [0, 1])
  const go = (...actions: number[]) => {
    const [before, taken] = [env.observations.slice(), Int32Array.from(actions)]
    env.step(taken)
    agent.observe(env, before, taken)
  }
  const [zero, one] = [agent, agent].map((each, place) => valuesOf(each, 2, place)) as [number[], number[]]
  go(0, 1, 0)
  expect(valuesOf(agent, 2, 0)).toEqual(zero)
  go(0, 1, 1)
  // In order of the copies; each first step is learned from with the action of its own copy. Worked on with the values as they stand.
  const values = [zero, one]
  const move = (place: number, action: number, target: number) => (values[place]![action]! += 0.5 * (target - values[place]![action]!))
  for (const [first, second] of [
    [0, 0],
    [1, 1],
    [0, 1],
  ] as const) {
    move(0, first, 2 + 0.9 * values[1]![second]!)
    move(1, second, 4)
  }
  for (const place of [0, 1]) for (const action of [0, 1]) expect(valuesOf(agent, 2, place)[action]).toBeCloseTo(values[place]![action]!, 5)
})

test('an evaluation of many more copies between two steps disturbs nothing', () => {
  const learned = [false, true].map(evaluating => {
    const env = cliffWalking(2, { horizon: 20 })
    env.reset(4)
    const agent = sarsa(env.spec, { seed: 2 })
    for (let step = 0; step < 100; step++) {
      if (evaluating)
        agent.act(
          Float32Array.from({ length: 7 }, (_, cell) => cell),
          false,
          new Int32Array(7),
        )
      play(agent, env, 1)
    }
    return agent.save()
  })
  expect(learned[1]).toEqual(learned[0])
})

test('a checkpoint whose open steps cannot be is refused, and nothing changes', () => {
  const env = corridor([2, 4])
  const agent = sarsa(env.spec, options)
  teach(agent, env, [0])
  const kept = agent.save()
  for (const [name, value, words] of [
    ['states', 9, 'open.states has 9 in the checkpoint; it must be between 0 and 1'],
    ['actions', 2, 'open.actions has 2'],
    ['count', 5, 'open.count has 5'],
  ] as const) {
    const spoilt = { ...kept, arrays: { ...kept.arrays, [`open.${name}`]: Int32Array.of(value) } }
    expect(() => agent.load(spoilt)).toThrow(words)
  }
  expect(() => agent.load({ ...kept, state: { ...kept.state, copies: 2 } })).toThrow('open.count has 1 numbers in the checkpoint')
  expect(agent.save()).toEqual(kept)
})
