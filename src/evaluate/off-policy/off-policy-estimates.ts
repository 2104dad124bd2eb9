/** Several off-policy estimators of the same policy from the same log, side by side: a row for each. */
import { checkKeys, checkWord } from '../../data/check'
import type { LoggedFeedback } from '../../data/logged-feedback'
import { clippedInversePropensity } from './clipped-inverse-propensity'
import { directMethod } from './direct-method'
import { doublyRobust } from './doubly-robust'
import type { EstimateOptions, OffPolicyEstimate } from './estimate'
import { inversePropensity } from './inverse-propensity'
import { isDeterministic, replayMethod } from './replay-method'
import { rewardModel } from './reward-model'
import { selfNormalisedInversePropensity } from './self-normalised-inverse-propensity'
import { shrunkDoublyRobust } from './shrunk-doubly-robust'
import { switchDoublyRobust } from './switch-doubly-robust'
import type { TamedOptions } from './tamed-weights'

type WithModel = (
  feedback: LoggedFeedback,
  policy: ArrayLike<number>,
  rewards: ArrayLike<number>,
  options: TamedOptions,
) => OffPolicyEstimate
type WithoutModel = (feedback: LoggedFeedback, policy: ArrayLike<number>, options: TamedOptions) => OffPolicyEstimate

const withoutModel = {
  'inverse propensity': inversePropensity,
  'self-normalised inverse propensity': selfNormalisedInversePropensity,
  'clipped inverse propensity': clippedInversePropensity,
  replay: replayMethod,
} satisfies Record<string, WithoutModel>

const withModel = {
  'direct method': directMethod,
  'doubly robust': doublyRobust,
  'switch doubly robust': switchDoublyRobust,
  'shrunk doubly robust': shrunkDoublyRobust,
} satisfies Record<string, WithModel>

export type EstimatorName = keyof typeof withoutModel | keyof typeof withModel

const names = [...Object.keys(withoutModel), ...Object.keys(withModel)] as readonly EstimatorName[]

export interface OffPolicyOptions extends TamedOptions {
  /** What each action is expected to earn, [rounds, actions]; a rewardModel of the log in three folds with the seed unless given. */
  readonly rewards?: ArrayLike<number>
  /** By name, in the order of the rows; all that this policy allows unless told. */
  readonly estimators?: readonly EstimatorName[]
}

/** An estimate as a row of a table or a figure. */
export interface OffPolicyRow extends Omit<OffPolicyEstimate, 'warnings' | 'parameter'> {
  readonly estimator: EstimatorName
  /** The cap, threshold or lambda that was used; '' for estimators without one. */
  readonly parameter: number | ''
  /** The warnings in one cell; '' where there are none. */
  readonly warning: string
}

/**
 * Estimates what a policy would earn by each estimator; caps, thresholds and lambdas are chosen by the bound on the squared error
 * (choose-parameter.ts). All intervals are drawn with the same seed.
 *
 * @param policy [rounds, actions], the judged policy's probability of each action in each round; or [rounds], of the action in the log
 *   alone: then estimators with a reward model are left out. Replay is among them for policies of probabilities 0 and 1
 * @throws RangeError for bad feedback, a bad policy, rewards of another length, an unknown estimator or one that this policy does not allow
 */
export function offPolicyEstimates(feedback: LoggedFeedback, policy: ArrayLike<number>, options: OffPolicyOptions = {}): OffPolicyRow[] {
  checkKeys('offPolicyEstimates', options, ['rewards', 'estimators', 'candidates', 'resamples', 'level', 'seed'])
  return severalEstimates(feedback, policy, options).map(rowOf)
}

/** The same as the estimators give them, with a list of warnings. */
export function severalEstimates(feedback: LoggedFeedback, policy: ArrayLike<number>, options: OffPolicyOptions): OffPolicyEstimate[] {
  const { rewards, estimators, ...shared } = options
  const whole = policy.length === feedback.rounds * feedback.actions
  const possible = names.filter(name => (name in withModel ? whole : name !== 'replay' || isDeterministic(policy)))
  const asked = estimators ?? possible
  for (const name of asked) checkWord('estimators', name, names)
  let known = rewards
  return asked.map(name =>
    name in withModel
      ? withModel[name as keyof typeof withModel](feedback, policy, (known ??= modelOf(feedback, shared)), shared)
      : withoutModel[name as keyof typeof withoutModel](feedback, policy, shared),
  )
}

function modelOf(feedback: LoggedFeedback, { seed = 0 }: EstimateOptions): Float64Array {
  return rewardModel(feedback, { seed })
}

/** With the columns that every row has, in an order to read. */
function rowOf({ estimator, estimate, low, high, parameter, warnings, ...diagnostics }: OffPolicyEstimate): OffPolicyRow {
  const name = estimator as EstimatorName
  return { estimator: name, estimate, low, high, parameter: parameter ?? '', ...diagnostics, warning: warnings.join('; ') }
}
