/** How often the intervals of the estimators for sequences hold the truth, in small and in larger logs. Takes half a minute. */
import { expect, test } from 'vitest'
import { fittedQEvaluation } from '../../src/evaluate/off-policy/fitted-q-evaluation'
import { perDecisionImportanceSampling } from '../../src/evaluate/off-policy/per-decision-importance-sampling'
import { sequentialDoublyRobust } from '../../src/evaluate/off-policy/sequential-doubly-robust'
import { weightedImportanceSampling } from '../../src/evaluate/off-policy/weighted-importance-sampling'
import { logOf, sampleEpisodes, testMdpProblem, trueValue } from '../evaluate/off-policy/sequence-support'

const problem = testMdpProblem
const start = 1

/** The shares of so many logs whose 95 % intervals hold the true value; the doubly robust one uses the Q fitted to the same log. */
function coverage(episodes: number, runs: number): Record<string, number> {
  const truth = trueValue(problem, start)
  const held: Record<string, number> = {}
  for (let run = 0; run < runs; run++) {
    const { feedback, policy } = logOf(problem, sampleEpisodes(problem, episodes, run, start), true)
    const options = { discount: problem.discount, seed: run }
    const fitted = fittedQEvaluation(feedback, policy, options)
    const estimates = [
      fitted,
      sequentialDoublyRobust(feedback, policy, fitted.actionValues, options),
      perDecisionImportanceSampling(feedback, policy, options),
      weightedImportanceSampling(feedback, policy, { ...options, resamples: 300 }),
    ]
    for (const { estimator, low, high } of estimates)
      held[estimator] = (held[estimator] ?? 0) + Number(low <= truth && truth <= high) / runs
  }
  return held
}

test('with 1,000 episodes all four intervals hold the truth 91 to 98 times in 100', () => {
  const held = coverage(1000, 300)
  console.log(held)
  for (const share of Object.values(held)) {
    expect(share).toBeGreaterThanOrEqual(0.91)
    expect(share).toBeLessThanOrEqual(0.98)
  }
}, 120_000)

// A table of 64 values from 600 rounds fits the luck of the log too: what a doubly robust estimate corrects is then too small.
test('with 200, those that learn Q from the same log are too narrow, the others are not', () => {
  const held = coverage(200, 500)
  console.log(held)
  for (const estimator of ['per-decision importance sampling', 'weighted importance sampling']) {
    expect(held[estimator]).toBeGreaterThanOrEqual(0.92)
    expect(held[estimator]).toBeLessThanOrEqual(0.98)
  }
  for (const estimator of ['fitted Q evaluation', 'sequential doubly robust']) {
    expect(held[estimator]).toBeGreaterThanOrEqual(0.88)
    expect(held[estimator]).toBeLessThanOrEqual(0.94)
  }
}, 120_000)
