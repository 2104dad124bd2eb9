import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src/agents/agent'
import { qLearning } from '../../src/agents/q-learning'
import { StateIndex, type StateIndexOptions } from '../../src/agents/state-index'
import { cartPole } from '../../src/envs/classic/cart-pole'
import { identity } from '../../src/envs/classic/identity'
import { testMdp } from '../../src/envs/classic/test-mdp'
import { tinyEnv } from '../../src/envs/classic/tiny'
import type { Spec } from '../../src/envs/env'
import { corridor, play, teach, valuesOf } from './tabular-steps'

describe('acting', () => {
  const rows = 20_000

  /** One state and four actions that pay 0, 1, .5 and 1, once each, with the whole of the step. */
  function taught(epsilon: number) {
    const env = tinyEnv('four', 1, { actions: 4, length: 1, begin: () => 0, reward: (_, action) => [0, 1, 0.5, 1][action]! })
    env.reset(1)
    const agent = qLearning(env.spec, { epsilon, learningRate: 1, seed: 3 })
    teach(agent, env, [0, 1, 2, 3])
    return agent
  }

  const act = (agent: Agent, explore: boolean, state = 0) => {
    const [actions, propensities] = [new Int32Array(rows), new Float32Array(rows)]
    agent.act(new Float32Array(rows).fill(state), explore, actions, propensities)
    return { actions, propensities, share: (action: number) => actions.filter(taken => taken === action).length / rows }
  }

  test('while learning: any action with epsilon, else one of the best, each of several alike; propensities say so', () => {
    const { actions, propensities, share } = act(taught(0.2), true)
    for (const [action, expected] of [0.05, 0.45, 0.05, 0.45].entries()) {
      expect(Math.abs(share(action) - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / rows))
      actions.forEach((taken, row) => {
        if (taken === action && Math.abs(propensities[row]! - expected) > 1e-6) throw new Error(`${propensities[row]} for ${expected}`)
      })
    }
  })

  test('acting for real: the first of the best, for certain', () => {
    const { actions, propensities } = act(taught(0.2), false)
    expect([new Set(actions), new Set(propensities)]).toEqual([new Set([1]), new Set([1])])
  })

  test('where nothing is known: any action alike while learning, the first one for real; no state is added by acting or asking', () => {
    const agent = taught(0.2)
    const { propensities, share } = act(agent, true, 5)
    expect(new Set(propensities)).toEqual(new Set([0.25]))
    for (const action of [0, 1, 2, 3]) expect(Math.abs(share(action) - 0.25)).toBeLessThan(0.0123) // four standard errors
    expect(new Set(act(agent, false, 5).actions)).toEqual(new Set([0]))
    expect(valuesOf(agent, 4, 5)).toEqual([0, 0, 0, 0])
    expect(agent.save().state.states).toBe(1)
  })
})

test('epsilon is multiplied by every episode that ends, in every copy, down to its floor', () => {
  const env = corridor([1, 1], { copies: 3 })
  const agent = qLearning(env.spec, { epsilon: 0.8, epsilonDecay: 0.5, epsilonEnd: 0.05 })
  teach(agent, env, [0])
  expect(agent.epsilon).toBe(0.8)
  teach(agent, env, [0])
  expect(agent.epsilon).toBeCloseTo(0.1, 12)
  teach(agent, env, [0, 0])
  expect(agent.epsilon).toBe(0.05)
})

describe('states by number', () => {
  const spec = (width: number, categories?: readonly number[]): Spec => ({
    ...{ name: 'shop', preset: 'default', options: {}, actions: { kind: 'discrete', n: 2 }, horizon: 10, width },
    layout: [{ name: 'context', offset: 0, shape: [width], ...(categories ? { categories } : {}) }],
  })
  const index = (of: Spec, options: Partial<StateIndexOptions> = {}) =>
    new StateIndex('q-learning', of, { binsFrom: 0, binsTo: 1, mostStates: 1000, ...options })

  test('are numbered as they are met; equal rows are one state, also -0 and 0', () => {
    const states = index(spec(2))
    const rows = Float32Array.of(1, 2, 2, 1, 1, 2, 0, 0.5, -0, 0.5)
    expect(states.find(rows, 0)).toBe(-1)
    expect([0, 1, 2, 3, 4].map(row => states.add(rows, row))).toEqual([0, 1, 0, 2, 2])
    expect([states.find(rows, 2), states.count]).toEqual([0, 3])
  })

  test('are those of a dictionary, whatever the rows, and when the last ones are forgotten the others stay', () => {
    const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ noNaN: true, noDefaultInfinity: true }))
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number), { maxLength: 300 }), fc.nat(300), (list, kept) => {
        const states = index(spec(3))
        const rows = Float32Array.from(list.flat())
        const known = new Map<string, number>()
        const name = (row: number) => rows.subarray(3 * row, 3 * row + 3).join()
        for (let row = 0; row < list.length; row++) {
          if (!known.has(name(row))) known.set(name(row), known.size)
          expect(states.add(rows, row)).toBe(known.get(name(row)))
        }
        const count = Math.min(kept, states.count)
        states.shrink(count)
        for (let row = 0; row < list.length; row++) {
          const state = known.get(name(row))!
          expect(states.find(rows, row)).toBe(state < count ? state : -1)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('many are found again among many', () => {
    const states = index(spec(2), { mostStates: 100_000 })
    const rows = Float32Array.from({ length: 2 * 40_000 }, (_, at) => (at % 2 ? Math.floor(at / 400) : Math.floor(at / 2) % 200))
    const added = Array.from({ length: 40_000 }, (_, row) => states.add(rows, row))
    expect(added.findIndex((state, row) => state !== row || states.find(rows, row) !== row)).toBe(-1)
  })

  test('with columns, only those tell states apart', () => {
    const states = index(spec(3), { columns: [2, 0] })
    const rows = Float32Array.of(1, 5, 2, 1, 6, 2, 1, 5, 3)
    expect([0, 1, 2].map(row => states.add(rows, row))).toEqual([0, 0, 1])
  })

  test('with bins, numbers fall into steps of equal width, what lies outside into the first and last; ids stay', () => {
    const states = index(spec(2, [0, 9]), { bins: 4, binsFrom: -1, binsTo: 1 })
    const of = (value: number, id: number) => states.add(Float32Array.of(value, id), 0)
    expect([-7, -1, -0.51, -0.5, -0.01, 0, 0.49, 0.5, 1, 8].map(value => of(value, 3))).toEqual([0, 0, 0, 1, 1, 2, 2, 3, 3, 3])
    expect([of(8, 4), of(8, 5), of(8, 4)]).toEqual([4, 5, 4])
  })

  test('a single id is the state, and all are there from the start', () => {
    const states = index(spec(1, [6]))
    expect([states.count, states.find(Float32Array.of(5), 0)]).toEqual([6, 5])
    for (const id of [6, -1, 2.5])
      expect(() => states.find(Float32Array.of(id), 0)).toThrow(`column 0 of row 0 is ${id}; it must be a whole`)
    expect(index(spec(3, [0, 7, 0]), { columns: [1] }).count).toBe(7)
  })

  test('there may be so many and no more: whoever meets another is told what to do, and has learned nothing of that step', () => {
    const env = identity(2, { n: 5, length: 9 })
    env.reset(1)
    const agent = qLearning(env.spec, { mostStates: 3, epsilon: 1 })
    const whole = qLearning(env.spec, { mostStates: 5, epsilon: 1 })
    let kept = agent.save()
    const words = 'q-learning: there are more than 3 states (mostStates); look at fewer columns (columns), round the numbers (bins)'
    expect(() => {
      for (;;) {
        kept = agent.save()
        teach(agent, env, [0])
      }
    }).toThrow(words)
    expect(agent.save()).toEqual(kept)
    // The place left has a number when the place reached gets none: it is taken back.
    const way = corridor([1, 1])
    const walker = qLearning(way.spec, { mostStates: 1 })
    expect(() => teach(walker, way, [0])).toThrow('more than 1 states')
    expect(walker.save().state.states).toBe(0)
    play(whole, env, 50)
    expect(() => agent.load({ ...whole.save() })).toThrow('there are more than 3 states')
    expect(() => qLearning(testMdp(1).spec, { mostStates: 5 })).toThrow('more than 5 states')
  })

  test('columns and bins that cannot be are refused', () => {
    const { spec: pole } = cartPole(1)
    expect(() => qLearning(pole, { columns: [4] })).toThrow('q-learning: columns.0 is 4; cart-pole observes columns 0 to 3')
    expect(() => qLearning(pole, { columns: [1, 1] })).toThrow('columns has 1 twice')
    expect(() => qLearning(pole, { columns: [] })).toThrow('columns is empty')
    expect(() => qLearning(pole, { bins: 3, binsFrom: 2 })).toThrow('binsFrom is 2; it must be below binsTo, 1')
    expect(() => qLearning(testMdp(1).spec, { bins: 3 })).toThrow('every column looked at is an id')
    expect(() => qLearning(pole, { epsilonEnd: 0.5 })).toThrow('epsilonEnd is 0.5; it must be at most epsilon, 0.1')
  })
})

describe('a checkpoint', () => {
  const pole = (options = {}) => qLearning(cartPole(1).spec, { bins: 6, binsFrom: -1, columns: [2, 3], seed: 1, visitRate: 5, ...options })

  function trained() {
    const env = cartPole(2)
    env.reset(1)
    const agent = pole()
    play(agent, env, 200)
    return agent
  }

  test('of states told apart in another way is refused, by columns or bins', () => {
    const kept = trained().save()
    for (const options of [{ columns: [3, 2] }, { bins: 7 }, { binsTo: 2 }]) {
      const other = pole(options)
      const before = other.save()
      expect(() => other.load(kept)).toThrow('the checkpoint tells states apart by columns 2, 3 of 4, in 6 bins from -1 to 1')
      expect(other.save()).toEqual(before)
    }
  })

  test('that is incomplete is refused, and nothing changes', () => {
    const agent = trained()
    const kept = agent.save()
    for (const [name, words] of [
      ['values', 'the checkpoint has no values'],
      ['visits', 'the checkpoint has no visits'],
      ['keys', 'the checkpoint has no keys'],
      ['report', 'the checkpoint has no report'],
    ] as const) {
      const { [name]: _, ...arrays } = kept.arrays
      expect(() => agent.load({ ...kept, arrays })).toThrow(words)
    }
    expect(() => agent.load({ ...kept, state: { ...kept.state, epsilon: 2 } })).toThrow(
      'epsilon is 2 in the checkpoint; it must be between 0 and 1',
    )
    expect(() => agent.load({ ...kept, state: { ...kept.state, states: 3 } })).toThrow(/keys has \d+ numbers in the checkpoint/)
    expect(agent.save()).toEqual(kept)
  })

  test('of a policy has neither visits nor a report, and whoever takes it up counts from the start', () => {
    const policy = trained().save(true)
    expect(Object.keys(policy.arrays).sort()).toEqual(['keys', 'values'])
    const other = pole()
    other.load(policy)
    expect(other.update()).toBeUndefined()
    expect(other.save().arrays.visits!.every(count => count === 0)).toBe(true)
    expect(other.save().arrays.values).toEqual(policy.arrays.values)
  })

  test('taken between observe and update still has the report', () => {
    const env = corridor([2, 4])
    const [one, two] = [qLearning(env.spec), qLearning(env.spec)]
    teach(one, env, [0])
    two.load(one.save())
    expect(two.update()).toEqual(one.update())
  })
})
