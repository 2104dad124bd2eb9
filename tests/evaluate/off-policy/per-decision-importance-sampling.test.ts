import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inversePropensity } from '../../../src/evaluate/off-policy/inverse-propensity'
import { perDecisionImportanceSampling } from '../../../src/evaluate/off-policy/per-decision-importance-sampling'
import { stream } from '../../../src/random/generator'
import {
  allEpisodes,
  logOf,
  type Problem,
  randomProblems,
  sampleEpisodes,
  testMdpProblem,
  trueValue,
  twoEpisodes,
} from './sequence-support'

/** From state 3, without an end before four steps. */
const problem: Problem = { ...testMdpProblem, model: { ...testMdpProblem.model, terminal: new Uint8Array(6) } }
const start = 3

// Episode 0: rewards 1, 2, ratios 2, .5, discount .5: 1 · 2 · 1 + .5 · 1 · 2 = 3. Episode 1: reward 4, ratio .5: 2. Mean 2.5.
test('two episodes of different length, by hand', () => {
  const feedback = twoEpisodes
  const { estimator, estimate, largestWeight } = perDecisionImportanceSampling(feedback, [0.5, 0.5, 0.5, 0.5, 0.4, 0.6], { discount: 0.5 })
  expect([estimator, largestWeight]).toEqual(['per-decision importance sampling', 1])
  expect(estimate).toBeCloseTo(2.5, 12)
  expect(perDecisionImportanceSampling(feedback, [0.5, 0.5, 0.4], { discount: 0.5 }).estimate).toBe(estimate)
})

test('its expectation over all episodes that can be is the true value', () => {
  fc.assert(
    fc.property(randomProblems(), random => {
      const { discount } = random
      let expected = 0
      for (const { visits, probability } of allEpisodes(random)) {
        const { feedback, policy } = logOf(random, [visits])
        expected += probability * perDecisionImportanceSampling(feedback, policy, { discount, resamples: 1 }).estimate
      }
      expect(expected).toBeCloseTo(trueValue(random), 9)
    }),
    { numRuns: 40 },
  )
})

test('where episodes have one step it is inverse propensity scoring, interval and all', () => {
  const alone = { ...problem, horizon: 1 }
  const { feedback, policy } = logOf(alone, sampleEpisodes(alone, 500, 1, start))
  const { estimator, ...rest } = inversePropensity(feedback, policy, { seed: 7 })
  expect(perDecisionImportanceSampling(feedback, policy, { seed: 7, discount: 0.3 })).toEqual({
    estimator: 'per-decision importance sampling',
    ...rest,
  })
})

test('2,000 episodes of the test MDP give the true value within their interval, and no warning', () => {
  const { feedback, policy } = logOf(problem, sampleEpisodes(problem, 2000, 2, start))
  const { low, high, warnings } = perDecisionImportanceSampling(feedback, policy, { discount: problem.discount })
  const truth = trueValue(problem, start)
  expect([low < truth, truth < high, high - low < 2]).toEqual([true, true, true])
  expect(warnings).toEqual([])
})

test('of 300 intervals at 95 %, between 91 and 98 in 100 hold the true value', () => {
  const truth = trueValue(problem, start)
  let held = 0
  for (let run = 0; run < 300; run++) {
    const { feedback, policy } = logOf(problem, sampleEpisodes(problem, 200, run, start))
    const { low, high } = perDecisionImportanceSampling(feedback, policy, { discount: problem.discount, resamples: 500, seed: run })
    if (low <= truth && truth <= high) held++
  }
  expect(held / 300).toBeGreaterThanOrEqual(0.91)
  expect(held / 300).toBeLessThanOrEqual(0.98)
})

test('warns of long episodes, whose weights end with a few of them', () => {
  const long = { ...problem, horizon: 60 }
  const { feedback, policy } = logOf(long, sampleEpisodes(long, 1000, 3, start))
  const { effectiveSampleSize, warnings } = perDecisionImportanceSampling(feedback, policy)
  expect(effectiveSampleSize).toBeLessThan(100)
  expect(warnings[0]).toContain('effective sample size')
})

test('an episode of the log counts whole: those that are drawn again keep their rounds together', () => {
  // All episodes pay 1 and then -1: none of them is worth anything, and no resample can be.
  const chance = stream(1, 'pairs')
  const feedback = {
    rounds: 200,
    actions: 2,
    action: Int32Array.from({ length: 200 }, () => Math.floor(chance.next() * 2)),
    reward: Float64Array.from({ length: 200 }, (_, round) => (round % 2 === 0 ? 1 : -1)),
    propensity: new Float64Array(200).fill(0.5),
    contexts: new Float64Array(),
    width: 0,
    episode: Int32Array.from({ length: 200 }, (_, round) => Math.floor(round / 2)),
  }
  expect(perDecisionImportanceSampling(feedback, feedback.propensity)).toMatchObject({ estimate: 0, low: 0, high: 0 })
})

test('a discount out of range, a log without episodes and a policy of another length are refused', () => {
  const { feedback, policy } = logOf(problem, sampleEpisodes(problem, 3, 1))
  const { episode, ...alone } = feedback
  expect(() => perDecisionImportanceSampling(feedback, policy, { discount: 1.1 })).toThrow(
    'discount is 1.1; it must be a number between 0 and 1',
  )
  expect(() => perDecisionImportanceSampling(feedback, policy, { discount: Number.NaN })).toThrow('discount is NaN')
  expect(() => perDecisionImportanceSampling(feedback, policy, { resamples: 0 })).toThrow('resamples is 0')
  expect(() => perDecisionImportanceSampling(alone, policy)).toThrow('episode is missing')
  expect(() => perDecisionImportanceSampling(feedback, policy.subarray(1))).toThrow('policy has 47 numbers')
})
