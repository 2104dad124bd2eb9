import { expect, test } from 'vitest'
import { syntheticBandit } from '../../../src/data/synthetic-bandit'
import { inversePropensity } from '../../../src/evaluate/off-policy/inverse-propensity'
import { inversePropensityLearner } from '../../../src/evaluate/off-policy/inverse-propensity-learner'
import { logOf, point } from './bandit-support'

// A log of bad choices: what is learned from it earns more than it did, and about what the log says it would.
test('learns from a log of bad choices to choose well', () => {
  const bandit = syntheticBandit({ actions: 5, features: 3, beta: -2, seed: 1 })
  const [log, fresh] = [bandit.draw(3000), bandit.draw(3000)]
  const policy = inversePropensityLearner(log).probabilities(fresh.contexts)
  const worth = (chances: Float64Array) => fresh.expected.reduce((sum, chance, at) => sum + chance * chances[at]!, 0) / fresh.rounds
  const uniform = new Float64Array(policy.length).fill(0.2)
  const best =
    fresh.expected.reduce((sum, _, at) => (at % 5 ? sum : sum + Math.max(...fresh.expected.subarray(at, at + 5))), 0) / fresh.rounds
  expect(worth(policy)).toBeGreaterThan(worth(uniform) + 0.7 * (best - worth(uniform)))
  expect(inversePropensity(fresh, policy, point).estimate).toBeCloseTo(worth(policy), 1)
})

// Without contexts the chance of an action is its share of Σ reward / propensity: action 0 has 2 / .5 = 4, action 2 has 1 / .25 = 4 + 4 /
// .5 = 12 in all.
const log = logOf([0, 2, 2, 1], [2, 1, 4, 0], [0.5, 0.25, 0.5, 0.5], 4)

test('counts every round reward / propensity; what earned nothing has no score', () => {
  const scores = inversePropensityLearner(log).scores([])
  for (const [action, score] of [0.25, 0, 0.75, 0].entries()) expect(scores[action]).toBeCloseTo(score, 9)
})

// softmax(score / 2) of .25, 0, .75, 0.
test('spreads its choice by the temperature', () => {
  const learned = inversePropensityLearner(log)
  expect(Array.from(learned.probabilities([]))).toEqual([0, 0, 1, 0])
  const powers = [0.25, 0, 0.75, 0].map(score => Math.exp(score / 2))
  const sum = powers.reduce((total, power) => total + power, 0)
  for (const [action, chance] of learned.probabilities([], 2).entries()) expect(chance).toBeCloseTo(powers[action]! / sum, 9)
  expect(learned.probabilities([], 1e-300)[2]).toBe(1)
})

test('acts in a shop: the best while not exploring, otherwise by its probabilities, which it tells', () => {
  const contexts = Float64Array.of(-1, 1, -1, 1)
  const learned = inversePropensityLearner(
    { ...logOf([0, 1, 0, 1], [1, 1, 1, 1], [0.5, 0.5, 0.5, 0.5]), contexts, width: 1 },
    { temperature: 1, seed: 5 },
  )
  const copies = 4000
  const observations = Float32Array.from({ length: copies }, (_, copy) => (copy % 2 ? 1 : -1))
  const [actions, propensities] = [new Int32Array(copies), new Float32Array(copies)]
  learned.act(observations, false, actions, propensities)
  expect(actions.every((action, copy) => action === copy % 2)).toBe(true)
  expect(propensities.every(chance => chance === 1)).toBe(true)
  learned.act(observations, true, actions, propensities)
  const chances = learned.probabilities([1])
  const ones = actions.filter((action, copy) => copy % 2 === 1 && action === 1).length
  expect(ones / (copies / 2)).toBeCloseTo(chances[1]!, 1)
  for (const copy of [1, 3, 5]) expect(propensities[copy]).toBeCloseTo(chances[actions[copy]!]!, 6)
})

test('what it cannot learn from is refused', () => {
  expect(() => inversePropensityLearner(logOf([0, 1], [1, -1], [0.5, 0.5]))).toThrow('reward[1] is -1; add a number to all rewards')
  expect(() => inversePropensityLearner(logOf([0, 1], [0, 0], [0.5, 0.5]))).toThrow('every reward is 0; there is nothing to learn from')
  expect(() => inversePropensityLearner(log, { temperature: -1 })).toThrow('temperature is -1')
  expect(() => inversePropensityLearner(log, { temprature: 1 } as never)).toThrow('has no option "temprature"')
  expect(() => inversePropensityLearner({ ...log, contexts: new Float64Array(4), width: 1 }).scores([])).not.toThrow()
  const wide = inversePropensityLearner({ ...log, contexts: new Float64Array(4), width: 1 })
  expect(() => wide.probabilities([0, Number.NaN])).toThrow('contexts[1] is NaN; it must be a finite number')
  expect(() => inversePropensityLearner(log).scores([1])).toThrow('contexts has 1 numbers; the policy was learned from contexts of 0')
})
