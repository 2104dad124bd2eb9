/** What a log says of another policy: estimates with bootstrap intervals, and the reward model that some of them need; beside zr-obp. */
import { type SyntheticFeedback, syntheticBandit } from '../src/data/synthetic-bandit'
import { doublyRobust } from '../src/evaluate/off-policy/doubly-robust'
import type { OffPolicyEstimate } from '../src/evaluate/off-policy/estimate'
import { inversePropensity } from '../src/evaluate/off-policy/inverse-propensity'
import { rewardModel } from '../src/evaluate/off-policy/reward-model'
import { selfNormalisedInversePropensity } from '../src/evaluate/off-policy/self-normalised-inverse-propensity'
import { callsPerSecond } from './harness/calls'
import type { Case, Goal, Subject, Window } from './harness/subject'

const actions = 10
const resamples = 1000

/** The log that peers/obp_speed.py draws, and a policy that chooses any action with the same chance. */
function draw({ quick }: Window): { readonly log: SyntheticFeedback; readonly uniform: Float64Array } {
  const rounds = quick ? 1000 : 100_000
  const log = syntheticBandit({ actions, features: 5, beta: 1, seed: 12345, standardise: 'released' }).draw(rounds)
  return { log, uniform: new Float64Array(rounds * actions).fill(1 / actions) }
}

async function secondsOf(call: () => unknown, window: Window): Promise<readonly number[]> {
  return [1 / (await callsPerSecond(call, window))]
}

type Estimator = (log: SyntheticFeedback, policy: Float64Array, rewards: Float64Array, seed: number) => OffPolicyEstimate

const estimators: readonly { readonly name: string; readonly peer: string; readonly goal?: Goal; readonly estimator: Estimator }[] = [
  {
    name: 'inversePropensity',
    peer: 'IPW',
    goal: { ratio: 3 },
    estimator: (log, policy, _, seed) => inversePropensity(log, policy, { resamples, seed }),
  },
  {
    name: 'selfNormalisedInversePropensity',
    peer: 'SNIPW',
    estimator: (log, policy, _, seed) => selfNormalisedInversePropensity(log, policy, { resamples, seed }),
  },
  {
    name: 'doublyRobust',
    peer: 'DR',
    estimator: (log, policy, rewards, seed) => doublyRobust(log, policy, rewards, { resamples, seed }),
  },
]

const intervals = estimators.map(
  ({ name, peer, goal, estimator }): Case => ({
    what: `${peer} with an interval of 1,000 resamples, 100,000 rounds`,
    figures: [{ unit: 's', better: 'less' }],
    ours: [
      {
        name,
        goals: [goal],
        run: window => {
          const { log, uniform } = draw(window)
          return secondsOf(() => estimator(log, uniform, log.expected, window.turn), window)
        },
      },
    ],
    peer: peerOf(`interval by ${peer},`),
  }),
)

const model: Case = {
  what: 'reward model, logistic regression in 3 folds, 100,000 rounds',
  figures: [{ unit: 's', better: 'less' }],
  ours: [
    {
      name: 'rewardModel',
      run: window => {
        const { log } = draw(window)
        return secondsOf(() => rewardModel(log, { seed: window.turn }), window)
      },
    },
  ],
  peer: peerOf('reward model'),
}

function peerOf(only: string): Case['peer'] {
  const quick = ['--rounds', '1000', '--bootstraps', '10']
  return { name: 'zr-obp', script: 'obp_speed', only, arguments: window => (window.quick ? quick : []) }
}

export const subject: Subject = {
  title: 'Off-policy evaluation: estimates with intervals, and a reward model',
  remark: `The same synthetic log for both: 10 actions, contexts of 5 numbers, the judged policy uniform. Each side draws its own resamples.
The time of ours has the checks of the log and the diagnostics of the weights in it. Rounds without a click are not drawn for IPS, since how
many of the others are drawn is a binomial number. Our regression is exact, scikit-learn's stops at a tolerance.`,
  cases: [...intervals, model],
}
