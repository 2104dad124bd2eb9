import fc from 'fast-check'
import { expect, test } from 'vitest'
import { policyIteration, policyValues } from '../../src/agents/policy-iteration'
import { testMdpModel } from '../../src/envs/classic/test-mdp'
import { randomModels } from './random-models'

test("rung 7: RecSim's test MDP has the published values at discount .5, in a few steps", () => {
  const { values, iterations } = policyIteration(testMdpModel, 0.5)
  expect([...values].map(value => Number(value.toFixed(5)))).toEqual([-7.10072, 2.89928, 2.89928, 2.94964, 3.23741, 6.47482])
  expect(iterations).toBeLessThan(10)
})

// Two states, discount .5. From 0: action 0 stays and pays 1, action 1 goes to 1 and pays 0. From 1 both stay, and pay 3 and 2.
//   always action 0: V(0) = 1 / .5 = 2, V(1) = 3 / .5 = 6; so Q(0, 1) = 0 + .5 · 6 = 3 is better than Q(0, 0) = 1 + .5 · 2 = 2
//   after that:      V(0) = 3, V(1) = 6; Q(0, 0) = 1 + 1.5 = 2.5, Q(1, 1) = 2 + 3 = 5
// Half and half: V(1) = 2.5 + .5 V(1) = 5, V(0) = .5 + .5 (.5 V(0) + .5 · 5), so .75 V(0) = 1.75 and V(0) = 7/3.
const byHand = { states: 2, actions: 2, transitions: [1, 0, 0, 1, 0, 1, 0, 1], rewards: [1, 0, 3, 2] }

test('two states worked by hand: what is best, and what half and half is worth', () => {
  const { values, actionValues, policy, iterations } = policyIteration(byHand, 0.5)
  expect([[...values], [...actionValues], [...policy], iterations]).toEqual([[3, 6], [2.5, 3, 6, 5], [1, 0], 2])
  const half = policyValues(byHand, new Float64Array(4).fill(0.5), 0.5)
  expect(half.values[0]).toBeCloseTo(7 / 3, 12)
  expect(half.values[1]).toBeCloseTo(5, 12)
})

/** What one more step ahead would make of the values of states. */
function ahead(
  {
    model,
    discount,
  }: { model: { states: number; transitions: number[]; rewards: number[]; actions: number; terminal: number[] }; discount: number },
  values: Float64Array,
) {
  return model.rewards.map((reward, pair) => {
    if (model.terminal[Math.floor(pair / model.actions)]) return 0
    return reward + discount * values.reduce((sum, value, next) => sum + model.transitions[pair * model.states + next]! * value, 0)
  })
}

test("the values of any model solve Bellman's equation, those of the best policy and those of any", () => {
  fc.assert(
    fc.property(randomModels, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 24, maxLength: 24 }), (process, weights) => {
      const { states, actions } = process.model
      const best = policyIteration(process.model, process.discount)
      const chances = Array.from({ length: states }, (_, state) => {
        const some = weights.slice(state * actions, (state + 1) * actions).map(weight => weight + 0.5)
        return some.map(weight => weight / some.reduce((sum, each) => sum + each, 0))
      })
      const drawn = policyValues(process.model, chances.flat(), process.discount)
      for (const [values, worth] of [
        [best.values, (list: number[]) => Math.max(...list)],
        [drawn.values, (list: number[], state: number) => list.reduce((sum, value, action) => sum + value * chances[state]![action]!, 0)],
      ] as const) {
        const next = ahead(process, values)
        for (let state = 0; state < states; state++) {
          expect(Math.abs(worth(next.slice(state * actions, (state + 1) * actions), state) - values[state]!)).toBeLessThan(1e-10)
          // No policy is worth more than the best.
          expect(drawn.values[state]!).toBeLessThan(best.values[state]! + 1e-10)
        }
      }
    }),
    { numRuns: 100 },
  )
})

test('what cannot be is refused', () => {
  expect(() => policyIteration(byHand, 1)).toThrow('discount is 1; it must be below 1')
  expect(() => policyIteration(byHand, -1)).toThrow('discount is -1')
  expect(() => policyIteration({ ...byHand, rewards: [] }, 0.5)).toThrow("the model's rewards has 0 numbers")
  expect(() => policyValues(byHand, [1, 0, 1], 0.5)).toThrow('chances has 3 numbers; 2 states and 2 actions need 4')
  expect(() => policyValues(byHand, [1, 0, 0.5, 0.4], 0.5)).toThrow('the chances of state 1 sum to 0.9')
  expect(() => policyValues(byHand, [2, -1, 1, 0], 0.5)).toThrow('the chance of action 0 in state 0 is 2; it must be a probability')
})
