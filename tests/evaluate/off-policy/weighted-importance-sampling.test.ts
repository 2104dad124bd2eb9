import fc from 'fast-check'
import { mean } from 'simple-statistics'
import { expect, test } from 'vitest'
import { testMdpModel } from '../../../src/envs/classic/test-mdp'
import { perDecisionImportanceSampling } from '../../../src/evaluate/off-policy/per-decision-importance-sampling'
import { selfNormalisedInversePropensity } from '../../../src/evaluate/off-policy/self-normalised-inverse-propensity'
import { weightedImportanceSampling } from '../../../src/evaluate/off-policy/weighted-importance-sampling'
import { logOf, type Problem, randomProblems, sampleEpisodes, testMdpProblem, trueValue, twoEpisodes } from './sequence-support'

const problem = testMdpProblem
const start = 1

// Weights 2, 1 and .5; the short episode's .5 stays below at step 1: (2 · 1 + .5 · 4) / 2.5 + (1 · 2) / (1 + .5) = 1.6 + 1.333.
test('two episodes of different length, by hand: the one that has ended keeps its weight below', () => {
  const feedback = twoEpisodes
  const { estimator, estimate } = weightedImportanceSampling(feedback, [0.5, 0.5, 0.4])
  expect(estimator).toBe('weighted importance sampling')
  expect(estimate).toBeCloseTo(1.6 + 4 / 3, 12)
  expect(weightedImportanceSampling(feedback, [0.5, 0.5, 0.4], { discount: 0.5 }).estimate).toBeCloseTo(1.6 + 2 / 3, 12)
})

/** The definition: every step, every episode, the weight carried on after the end. */
function slowly(problem: Problem, episodes: ReturnType<typeof sampleEpisodes>): number {
  const { model, behaviour, judged, discount, horizon } = problem
  let value = 0
  for (let step = 0; step < horizon; step++) {
    let [above, below] = [0, 0]
    for (const visits of episodes) {
      const weight = visits
        .slice(0, step + 1)
        .reduce(
          (product, { state, action }) => (product * judged[state * model.actions + action]!) / behaviour[state * model.actions + action]!,
          1,
        )
      below += weight
      if (step < visits.length) above += weight * model.rewards[visits[step]!.state * model.actions + visits[step]!.action]!
    }
    if (below > 0) value += (discount ** step * above) / below
  }
  return value
}

test('is its definition, and for the policy that wrote the log the mean return', () => {
  fc.assert(
    fc.property(randomProblems(), fc.integer({ min: 1, max: 12 }), fc.nat(100), (random, count, seed) => {
      const episodes = sampleEpisodes(random, count, seed)
      const { feedback, policy } = logOf(random, episodes)
      const options = { discount: random.discount, resamples: 1 }
      expect(weightedImportanceSampling(feedback, policy, options).estimate).toBeCloseTo(slowly(random, episodes), 9)
      const returns = episodes.map(visits =>
        visits.reduce((sum, { state, action, step }) => sum + random.discount ** step * random.model.rewards[state * 2 + action]!, 0),
      )
      expect(weightedImportanceSampling(feedback, feedback.propensity, options).estimate).toBeCloseTo(mean(returns), 9)
    }),
  )
})

test('stays within what rewards allow, in every resample', () => {
  fc.assert(
    fc.property(randomProblems(), fc.integer({ min: 1, max: 12 }), fc.nat(100), (random, count, seed) => {
      const { feedback, policy } = logOf(random, sampleEpisodes(random, count, seed))
      const { low, high } = weightedImportanceSampling(feedback, policy, { discount: random.discount, resamples: 50, level: 0.99 })
      const powers = 1 + random.discount + random.discount ** 2
      expect(low).toBeGreaterThanOrEqual(Math.min(0, ...feedback.reward) * powers - 1e-9)
      expect(high).toBeLessThanOrEqual(Math.max(0, ...feedback.reward) * powers + 1e-9)
    }),
  )
})

test('where episodes have one step it is the self-normalised estimator', () => {
  const alone = { ...problem, horizon: 1 }
  const { feedback, policy } = logOf(alone, sampleEpisodes(alone, 300, 1, start))
  const single = selfNormalisedInversePropensity(feedback, policy)
  expect(weightedImportanceSampling(feedback, policy).estimate).toBeCloseTo(single.estimate, 12)
})

test('2,000 episodes give the true value within an interval half as wide as that of plain weights', () => {
  // Rewards that are all far from 0 are what normalising helps with.
  const far = {
    ...problem,
    model: { ...testMdpModel, rewards: testMdpModel.rewards.map(reward => reward + 20), terminal: new Uint8Array(6) },
  }
  const { feedback, policy } = logOf(far, sampleEpisodes(far, 2000, 2, start))
  const { low, high } = weightedImportanceSampling(feedback, policy, { discount: 0.9, resamples: 500 })
  const truth = trueValue(far, start)
  expect([low < truth, truth < high]).toEqual([true, true])
  const plain = perDecisionImportanceSampling(feedback, policy, { discount: 0.9 })
  expect(high - low).toBeLessThan((plain.high - plain.low) / 2)
})

test('says from which step on no episode goes a way of the judged policy', () => {
  const feedback = {
    rounds: 5,
    actions: 2,
    action: Int32Array.of(0, 1, 0, 1, 0),
    reward: Float64Array.of(1, 1, 1, 1, 1),
    propensity: new Float64Array(5).fill(0.5),
    contexts: new Float64Array(),
    width: 0,
    episode: Int32Array.of(0, 0, 1, 1, 1),
  }
  // Both second actions are never done by the judged policy, so every weight ends at 0.
  expect(weightedImportanceSampling(feedback, [1, 0, 1, 0, 1])).toMatchObject({ estimate: 1, zeroSupport: 1 })
  expect(weightedImportanceSampling(feedback, [1, 0, 1, 0, 1]).warnings).toEqual([
    'no episode of the log goes a way that the judged policy would go to its end; the log cannot answer',
  ])
  // The first episode ends with a weight, so all later steps have one below.
  expect(weightedImportanceSampling(feedback, [1, 1, 1, 0, 1]).warnings.join()).not.toContain('from step')
})

test('the same seed draws the same interval, and bad input is refused', () => {
  const { feedback, policy } = logOf(problem, sampleEpisodes(problem, 50, 1, start))
  expect(weightedImportanceSampling(feedback, policy, { seed: 3 })).toEqual(weightedImportanceSampling(feedback, policy, { seed: 3 }))
  expect(weightedImportanceSampling(feedback, policy, { seed: 4 }).low).not.toBe(
    weightedImportanceSampling(feedback, policy, { seed: 3 }).low,
  )
  const { episode, ...alone } = feedback
  expect(() => weightedImportanceSampling(alone, policy)).toThrow('episode is missing')
  expect(() => weightedImportanceSampling(feedback, policy, { discount: -0.1 })).toThrow('discount is -0.1')
  expect(() => weightedImportanceSampling(feedback, policy, { level: 1 })).toThrow('level is 1')
})
