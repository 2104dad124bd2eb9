/** How often intervals of 95 % hold the truth. */
import { expect, test } from 'vitest'
import type { LoggedFeedback } from '../../../src/data/logged-feedback'
import { doublyRobust } from '../../../src/evaluate/off-policy/doubly-robust'
import type { OffPolicyEstimate } from '../../../src/evaluate/off-policy/estimate'
import { inversePropensity } from '../../../src/evaluate/off-policy/inverse-propensity'
import { selfNormalisedInversePropensity } from '../../../src/evaluate/off-policy/self-normalised-inverse-propensity'
import { type Generator, stream } from '../../../src/random/generator'

const rounds = 300
const runs = 500
/**
 * Of two kinds of shoppers, the chances of a click on three items, what shows them in the log, what would show them, and what a poor model
 * says.
 */
const clicks = [
  [0.2, 0.5, 0.7],
  [0.6, 0.3, 0.1],
]
const behaviour = [
  [0.5, 0.3, 0.2],
  [0.2, 0.4, 0.4],
]
const judged = [
  [0.2, 0.3, 0.5],
  [0.6, 0.2, 0.2],
]
const model = [
  [0.4, 0.4, 0.4],
  [0.5, 0.5, 0],
]
const worth = (kind: number) => judged[kind]!.reduce((sum, chance, item) => sum + chance * clicks[kind]![item]!, 0)
const truth = (worth(0) + worth(1)) / 2

function drawLog(chance: Generator): { log: LoggedFeedback; policy: Float64Array; rewards: Float64Array } {
  const kinds = Array.from({ length: rounds }, () => Number(chance.next() < 0.5))
  const action = Int32Array.from(kinds, kind => {
    const drawn = chance.next()
    return drawn < behaviour[kind]![0]! ? 0 : drawn < behaviour[kind]![0]! + behaviour[kind]![1]! ? 1 : 2
  })
  const reward = Float64Array.from(kinds, (kind, round) => Number(chance.next() < clicks[kind]![action[round]!]!))
  const propensity = Float64Array.from(kinds, (kind, round) => behaviour[kind]![action[round]!]!)
  const log = { rounds, actions: 3, action, reward, propensity, contexts: Float64Array.from(kinds), width: 1 }
  return {
    log,
    policy: Float64Array.from(kinds.flatMap(kind => judged[kind]!)),
    rewards: Float64Array.from(kinds.flatMap(kind => model[kind]!)),
  }
}

type Estimator = (log: LoggedFeedback, policy: Float64Array, rewards: Float64Array, seed: number) => OffPolicyEstimate

const estimators: Readonly<Record<string, Estimator>> = {
  IPS: (log, policy, _, seed) => inversePropensity(log, policy, { resamples: 300, seed }),
  SNIPS: (log, policy, _, seed) => selfNormalisedInversePropensity(log, policy, { resamples: 300, seed }),
  DR: (log, policy, rewards, seed) => doublyRobust(log, policy, rewards, { resamples: 300, seed }),
}

for (const [name, estimator] of Object.entries(estimators)) {
  test(`${name}: the intervals of 500 logs of 300 rounds hold the truth 92 to 98 times in 100`, () => {
    const chance = stream(1, 'coverage', name)
    let held = 0
    for (let run = 0; run < runs; run++) {
      const { log, policy, rewards } = drawLog(chance)
      const { low, high } = estimator(log, policy, rewards, run)
      if (low <= truth && truth <= high) held++
    }
    expect(held / runs).toBeGreaterThanOrEqual(0.92)
    expect(held / runs).toBeLessThanOrEqual(0.98)
  })
}
