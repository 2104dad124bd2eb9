/** What the estimators are for: a shop's log, written by one policy, says what another would have earned there. */
import { expect, test } from 'vitest'
import { qLearning } from '../../../src/agents/q-learning'
import type { LoggedFeedback } from '../../../src/data/logged-feedback'
import { interactionLog } from '../../../src/envs/interaction-log'
import { meanInterval } from '../../../src/evaluate/mean-interval'
import { episodesOf } from '../../../src/evaluate/off-policy/episodes'
import { fittedQEvaluation } from '../../../src/evaluate/off-policy/fitted-q-evaluation'
import { perDecisionImportanceSampling } from '../../../src/evaluate/off-policy/per-decision-importance-sampling'
import { sequentialDoublyRobust } from '../../../src/evaluate/off-policy/sequential-doubly-robust'
import { weightedImportanceSampling } from '../../../src/evaluate/off-policy/weighted-importance-sampling'
import { policyProbabilities } from '../../../src/train/policy-probabilities'
import { recordFeedback } from '../../../src/train/record-feedback'
import { train } from '../../../src/train/train'

const horizon = 5
const shop = (copies: number) => interactionLog(copies, { variant: 'session', users: 40, items: 6, interactions: 600, horizon })
const spec = shop(1).spec

/** An agent that has learned a little, and then shows a random item in this share of its recommendations. */
async function agents(...epsilons: number[]) {
  const learner = qLearning(spec, { epsilon: 0.5, discount: 0.9, seed: 1 })
  await train(learner, shop(20), { steps: 6000, seed: 1 })
  const saved = learner.save()
  return epsilons.map(epsilon => {
    const agent = qLearning(spec, { epsilon: 0.5, discount: 0.9, seed: 2 })
    agent.load({ ...saved, state: { ...saved.state, epsilon } })
    return agent
  })
}

/** Clicks in each visit. */
function returns(feedback: LoggedFeedback): number[] {
  const { starts, count } = episodesOf(feedback)
  return Array.from({ length: count }, (_, visit) =>
    feedback.reward.subarray(starts[visit]!, starts[visit + 1]!).reduce((sum, one) => sum + one, 0),
  )
}

/** The log with one-hot contexts for the segment, the category shown last, and the step, since visits end after five. */
function asStates(feedback: LoggedFeedback): LoggedFeedback {
  const { starts, count } = episodesOf(feedback)
  const places = new Map<string, number>()
  const place = Array.from({ length: count }).flatMap((_, visit) =>
    Array.from({ length: starts[visit + 1]! - starts[visit]! }, (_, step) => {
      const round = starts[visit]! + step
      const key = [...feedback.contexts.subarray(round * 2, round * 2 + 2), step].join()
      if (!places.has(key)) places.set(key, places.size)
      return places.get(key)!
    }),
  )
  const contexts = new Float64Array(feedback.rounds * places.size)
  for (const [round, at] of place.entries()) contexts[round * places.size + at] = 1
  return { ...feedback, contexts, width: places.size }
}

test('a log of an agent that explores much says what one earns that explores less, and what it earns at its best', async () => {
  const [bold, timid] = await agents(0.6, 0.2)
  const feedback = recordFeedback(shop(500), bold!, { visits: 4000, seed: 3 })
  for (const explore of [true, false]) {
    const played = returns(recordFeedback(shop(500), timid!, { visits: 20_000, seed: 4, explore }))
    const truth = meanInterval(played)
    const { probabilities } = policyProbabilities(timid!, feedback, { explore })
    const fitted = fittedQEvaluation(asStates(feedback), probabilities, { resamples: 20 })
    const estimates = [
      fitted,
      sequentialDoublyRobust(feedback, probabilities, fitted.actionValues),
      perDecisionImportanceSampling(feedback, probabilities),
      weightedImportanceSampling(feedback, probabilities, { resamples: 200 }),
    ]
    // The policy that wrote the log earns something else, or there would be nothing to find out.
    expect(meanInterval(returns(feedback)).high).toBeLessThan(truth.low)
    for (const { low, high, warnings } of estimates) {
      expect(low).toBeLessThan(truth.estimate)
      expect(high).toBeGreaterThan(truth.estimate)
      expect(warnings).toEqual([])
    }
  }
})
