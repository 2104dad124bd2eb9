import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doublyRobust } from '../../../src/evaluate/off-policy/doubly-robust'
import { fittedQEvaluation } from '../../../src/evaluate/off-policy/fitted-q-evaluation'
import { perDecisionImportanceSampling } from '../../../src/evaluate/off-policy/per-decision-importance-sampling'
import { sequentialDoublyRobust } from '../../../src/evaluate/off-policy/sequential-doubly-robust'
import {
  allEpisodes,
  logOf,
  type Problem,
  randomProblems,
  sampleEpisodes,
  testMdpProblem,
  trueActionValues,
  trueValue,
  type Visit,
} from './sequence-support'

const problem = testMdpProblem
const start = 1

/** The true Q in every round of a log. */
function truth(of: Problem, visits: readonly Visit[]): Float64Array {
  const byStepsLeft = trueActionValues(of)
  const { actions } = of.model
  return Float64Array.from(
    visits.flatMap(({ state, step }) => byStepsLeft[of.horizon - step]!.slice(state * actions, (state + 1) * actions)),
  )
}

// From the last step back: ratio .5, V = .5 · 2 + .5 · 0 = 1, Q = 0: 1 + .5 · (2 - 0) = 2. Then ratio 3, V = .75 · 1 + .25 · 3 = 1.5, Q =
// 1, discount .5: 1.5 + 3 · (1 + .5 · 2 - 1) = 4.5.
test('two steps by hand', () => {
  const feedback = {
    rounds: 2,
    actions: 2,
    action: Int32Array.of(0, 1),
    reward: Float64Array.of(1, 2),
    propensity: Float64Array.of(0.25, 1),
    contexts: new Float64Array(),
    width: 0,
    episode: Int32Array.of(0, 0),
  }
  const estimate = sequentialDoublyRobust(feedback, [0.75, 0.25, 0.5, 0.5], [1, 3, 2, 0], { discount: 0.5 })
  expect(estimate).toMatchObject({ estimator: 'sequential doubly robust', estimate: 4.5, low: 4.5, high: 4.5, meanWeight: 1.5 })
})

test('the interval is drawn by resamples, level and seed', () => {
  const { feedback, policy } = logOf(problem, sampleEpisodes(problem, 50, 1, start))
  const guess = new Float64Array(policy.length)
  const of = (options: object) => sequentialDoublyRobust(feedback, policy, guess, { resamples: 100, ...options })
  expect(of({})).toEqual(of({ level: 0.95, seed: 0 }))
  expect(of({ level: 0.5 }).high).toBeLessThan(of({}).high)
  expect(of({ seed: 1 }).low).not.toBe(of({}).low)
  expect(of({ resamples: 1 }).low).toBe(of({ resamples: 1 }).high)
})

test('with the true Q of a process without chance every episode gives the true value, whatever was done in it', () => {
  fc.assert(
    fc.property(randomProblems({ certain: true }), fc.integer({ min: 1, max: 10 }), fc.nat(100), (random, count, seed) => {
      const { feedback, policy, visits } = logOf(random, sampleEpisodes(random, count, seed))
      const { low, high } = sequentialDoublyRobust(feedback, policy, truth(random, visits), { discount: random.discount, resamples: 20 })
      expect(low).toBeCloseTo(trueValue(random), 9)
      expect(high).toBeCloseTo(trueValue(random), 9)
    }),
  )
})

test('its expectation over all episodes that can be is the true value, for any Q', () => {
  const anyQ = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 6, maxLength: 6 })
  fc.assert(
    fc.property(randomProblems(), anyQ, (random, table) => {
      let expected = 0
      for (const { visits, probability } of allEpisodes(random)) {
        const { feedback, policy } = logOf(random, [visits])
        const guess = visits.flatMap(({ state }) => table.slice(state * 2, state * 2 + 2))
        expected += probability * sequentialDoublyRobust(feedback, policy, guess, { discount: random.discount, resamples: 1 }).estimate
      }
      expect(expected).toBeCloseTo(trueValue(random), 9)
    }),
    { numRuns: 40 },
  )
})

test('with Q = 0 it is per-decision importance sampling', () => {
  const { feedback, policy } = logOf(problem, sampleEpisodes(problem, 100, 1, start))
  const plain = perDecisionImportanceSampling(feedback, policy, { discount: 0.9 })
  const robust = sequentialDoublyRobust(feedback, policy, new Float64Array(feedback.rounds * 4), { discount: 0.9 })
  for (const part of ['estimate', 'low', 'high', 'effectiveSampleSize'] as const) expect(robust[part]).toBeCloseTo(plain[part], 9)
  expect(robust.warnings).toEqual(plain.warnings)
})

test('where episodes have one step it is the doubly robust estimator, interval and all', () => {
  const alone = { ...problem, horizon: 1 }
  const { feedback, policy } = logOf(alone, sampleEpisodes(alone, 100, 1, start))
  const guess = Float64Array.from({ length: 400 }, (_, at) => (at % 7) - 3)
  const single = doublyRobust(feedback, policy, guess)
  const sequence = sequentialDoublyRobust(feedback, policy, guess)
  for (const part of ['estimate', 'low', 'high', 'effectiveSampleSize'] as const) expect(sequence[part]).toBeCloseTo(single[part], 9)
})

test('with a fitted Q, 2,000 episodes of the test MDP give the true value within an interval that is a third narrower than without', () => {
  const { feedback, policy } = logOf(problem, sampleEpisodes(problem, 2000, 2, start), true)
  const { actionValues } = fittedQEvaluation(feedback, policy, { discount: 0.9, resamples: 1 })
  const { low, high } = sequentialDoublyRobust(feedback, policy, actionValues, { discount: 0.9 })
  const value = trueValue(problem, start)
  expect([low < value, value < high]).toEqual([true, true])
  const plain = perDecisionImportanceSampling(feedback, policy, { discount: 0.9 })
  expect(high - low).toBeLessThan((plain.high - plain.low) / 1.5)
})

test('a policy of logged actions alone, values that are missing or no numbers, and a log without episodes are refused', () => {
  const { feedback, policy } = logOf(problem, sampleEpisodes(problem, 2, 1, start))
  const guess = new Float64Array(feedback.rounds * 4)
  const { episode, ...alone } = feedback
  expect(() => sequentialDoublyRobust(feedback, feedback.propensity, guess)).toThrow('this estimator needs')
  expect(() => sequentialDoublyRobust(feedback, policy, guess.subarray(1))).toThrow('actionValues has')
  expect(() => sequentialDoublyRobust(feedback, policy, guess.fill(Number.NaN))).toThrow('actionValues[0] is NaN')
  expect(() => sequentialDoublyRobust(alone, policy, guess)).toThrow('episode is missing')
})
