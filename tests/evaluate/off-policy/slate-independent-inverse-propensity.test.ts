import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inversePropensity } from '../../../src/evaluate/off-policy/inverse-propensity'
import { slateIndependentInversePropensity } from '../../../src/evaluate/off-policy/slate-independent-inverse-propensity'
import { allLogs, point, problems } from './bandit-support'

const slates = { rounds: 1, slots: 2, reward: Float64Array.of(1, 1), propensity: Float64Array.of(0.5, 0.25) }

// .25 / .5 · 1 + .5 / .25 · 1
test('adds up the slots, each with a weight of its own', () => {
  expect(slateIndependentInversePropensity(slates, [0.25, 0.5])).toMatchObject({ estimate: 2.5, largestWeight: 2, meanWeight: 1.25 })
})

test('slates of one slot are rounds', () => {
  fc.assert(
    fc.property(problems, problem => {
      const { log } = allLogs(problem).at(-1)!
      const judged = log.propensity.map((_, round) => problem.policy[round * problem.actions + log.action[round]!]!)
      const { estimate } = slateIndependentInversePropensity({ ...log, slots: 1 }, judged, point)
      expect(estimate).toBe(inversePropensity(log, judged, point).estimate)
    }),
  )
})

// Two slots, two items each, chosen apart: the reward of a slot depends on its item alone. All four slates, reckoned in full.
test('is right on average when slots do not disturb one another', () => {
  const behaviour = [0.3, 0.8]
  const policy = [0.6, 0.1]
  const worth = [
    [1, 5],
    [2, -3],
  ]
  let [mean, truth] = [0, 0]
  for (const first of [0, 1]) {
    for (const second of [0, 1]) {
      const chance = (of: readonly number[], slot: number, item: number) => (item === 0 ? of[slot]! : 1 - of[slot]!)
      const of = (chances: readonly number[]) => Float64Array.of(chance(chances, 0, first), chance(chances, 1, second))
      const reward = Float64Array.of(worth[0]![first]!, worth[1]![second]!)
      const propensity = of(behaviour)
      const found = slateIndependentInversePropensity({ rounds: 1, slots: 2, reward, propensity }, of(policy), point)
      mean += propensity[0]! * propensity[1]! * found.estimate
      truth += of(policy)[0]! * of(policy)[1]! * (reward[0]! + reward[1]!)
    }
  }
  expect(mean).toBeCloseTo(truth, 12)
})

test('draws slates by resamples, level and seed, and warns of few', () => {
  const rounds = 50
  const many = {
    rounds,
    slots: 1,
    reward: Float64Array.from({ length: rounds }, (_, at) => at),
    propensity: new Float64Array(rounds).fill(1),
  }
  const of = (options: object) => slateIndependentInversePropensity(many, many.propensity, options)
  expect(of({ level: 0.5 }).high).toBeLessThan(of({}).high)
  expect(of({ seed: 1 }).low).not.toBe(of({}).low)
  expect(of({}).warnings).toEqual([expect.stringContaining('the effective sample size is 50.0, below 100')])
})

test('bad slates are refused', () => {
  const of = (change: object, policy: number[] = [0.25, 0.5]) => slateIndependentInversePropensity({ ...slates, ...change }, policy)
  expect(() => of({ slots: 0 })).toThrow('slots is 0')
  expect(() => of({ reward: Float64Array.of(1) })).toThrow('reward has 1 numbers; there must be 2')
  expect(() => of({ reward: Float64Array.of(1, Number.NaN) })).toThrow('reward[1] is NaN')
  expect(() => of({ propensity: Float64Array.of(0, 1) })).toThrow('propensity[0] is 0')
  expect(() => of({ propensity: Float64Array.of(1, 1e-200) })).toThrow('propensity[1] is 1e-200, which gives the weight')
  expect(() => of({}, [0.5, 1.5])).toThrow('policy[1] is 1.5')
})
