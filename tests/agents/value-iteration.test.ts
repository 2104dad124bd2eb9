import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policyIteration } from '../../src/agents/policy-iteration'
import { valueIteration } from '../../src/agents/value-iteration'
import { cliffWalkingModel } from '../../src/envs/classic/cliff-walking'
import { testMdpModel } from '../../src/envs/classic/test-mdp'
import { randomModels } from './random-models'

const published = [-7.10072, 2.89928, 2.89928, 2.94964, 3.23741, 6.47482]

test("rung 7: RecSim's test MDP has the published values at discount .5", () => {
  const { values, actionValues, policy } = valueIteration(testMdpModel, { discount: 0.5 })
  expect([...values].map(value => Number(value.toFixed(5)))).toEqual(published)
  values.forEach((value, state) => {
    expect(actionValues[state * 4 + policy[state]!]).toBeCloseTo(value, 8)
  })
})

// One state that pays 1 for ever, or 0 by the other action: V = 1 / (1 - .9) = 10, Q = [0 + .9 · 10, 10].
test('a reward of 1 for ever is worth 1 / (1 - discount)', () => {
  const model = { states: 1, actions: 2, transitions: [1, 1], rewards: [0, 1] }
  const { values, actionValues, policy } = valueIteration(model, { discount: 0.9 })
  expect(values[0]).toBeCloseTo(10, 8)
  expect(actionValues[0]).toBeCloseTo(9, 8)
  expect([...policy]).toEqual([1])
})

test('the values are within the tolerance of the true ones, as promised, and less tolerance takes more sweeps', () => {
  fc.assert(
    fc.property(randomModels, ({ model, discount }) => {
      const truth = policyIteration(model, discount)
      let iterations = Infinity
      for (const tolerance of [1e-9, 1e-3, 1]) {
        const plan = valueIteration(model, { discount, tolerance })
        // Rounding, with values up to some hundreds.
        plan.values.forEach((value, state) => {
          expect(Math.abs(value - truth.values[state]!)).toBeLessThanOrEqual(tolerance + 1e-10)
        })
        plan.actionValues.forEach((value, at) => {
          expect(Math.abs(value - truth.actionValues[at]!)).toBeLessThanOrEqual(discount * tolerance + 1e-10)
        })
        expect(plan.iterations).toBeLessThanOrEqual(iterations)
        iterations = plan.iterations
      }
    }),
    { numRuns: 60 },
  )
})

test('on the cliff, undiscounted, the shortest way of 13 steps is found, along the edge', () => {
  const { values, policy } = valueIteration(cliffWalkingModel, { discount: 1 })
  expect([values[36], values[47], values[24], values[0]]).toEqual([-13, 0, -12, -14])
  expect([policy[36], ...policy.subarray(24, 36)]).toEqual([0, ...Array(11).fill(1), 2])
})

describe('refused, with words', () => {
  const model = { states: 2, actions: 1, transitions: [0.5, 0.5, 0, 1], rewards: [1, 2] }
  const planned = (change: object) => () => valueIteration({ ...model, ...change }, { discount: 0.5 })

  test('models that cannot be', () => {
    expect(planned({ states: 0 })).toThrow("the model's states is 0; it must be a whole number of at least 1")
    expect(planned({ rewards: [1] })).toThrow("the model's rewards has 1 numbers; 2 states and 1 actions need 2")
    expect(planned({ transitions: [1, 0, 1] })).toThrow('transitions has 3 numbers; 2 states and 1 actions need 4')
    expect(planned({ transitions: [0.5, 0.4, 0, 1] })).toThrow('transitions from state 0, action 0 sum to 0.9; they must sum to 1')
    expect(planned({ transitions: [0.5, 0.5, -1, 2] })).toThrow(
      'transition from state 1, action 0 to state 0 is -1; it must be a probability',
    )
    expect(planned({ transitions: [0.5, 0.5, 0, Number.NaN] })).toThrow('to state 1 is NaN')
    expect(planned({ rewards: [1, Infinity] })).toThrow('reward of state 1, action 0 is Infinity; it must be finite')
    expect(planned({ terminal: [1] })).toThrow('terminal has 1 numbers; it must have one for each of the 2 states')
  })

  test('options out of range, rewards that add up for ever, and sweeps that do not come to rest', () => {
    expect(() => valueIteration(model, { discount: 1.1 })).toThrow('discount is 1.1')
    expect(() => valueIteration(model, { discount: 0.5, tolerance: 0 })).toThrow('tolerance is 0')
    expect(() => valueIteration(model, { discount: 1 })).toThrow('the model has no terminal state')
    expect(() => valueIteration(model, { discount: 0.9, mostIterations: 3 })).toThrow('after 3 sweeps the values still change by more than')
  })
})
