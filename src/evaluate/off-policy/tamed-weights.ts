/**
 * What clipped IPS, the doubly robust estimator, Switch-DR and DRos have in common: the mean over rounds of
 *
 *     base + tamed weight · residual
 *
 * Without a reward model the base is 0 and the residual is the reward. With one, the base is what the model expects of the judged policy,
 * Σ π(a) q(a), and the residual is the reward less what the model expected of what was done.
 */
import { checkWord } from '../../data/check'
import { checkLength, type LoggedFeedback } from '../../data/logged-feedback'
import { bootstrapFeedback } from './bootstrap-feedback'
import { bestByBound, bestBySlope, roundValues, type TamedWeights } from './choose-parameter'
import type { EstimateOptions, OffPolicyEstimate } from './estimate'
import { importanceWeights, roundWarnings, weightDiagnostics } from './importance-weights'
import { stateValues } from './state-values'

/** A number, or how one of the candidates is chosen (choose-parameter.ts). */
export type Parameter = number | 'bound' | 'slope'

export interface TamedOptions extends EstimateOptions {
  /** What 'bound' and 'slope' choose from, each of at least 0, Infinity allowed; 10, 50, 100, 500, 1,000, 5,000, 10,000 and Infinity. */
  readonly candidates?: readonly number[]
}

const usual = [10, 50, 100, 500, 1000, 5000, 10_000, Infinity]

/** The parameter of an estimator, and what it does to a weight. */
interface Taming {
  readonly name: string
  readonly parameter: Parameter
  readonly tame: TamedWeights['tame']
}

/** @throws RangeError for bad feedback, a bad policy, rewards of another length, or an option out of range */
export function tamedEstimate(
  estimator: string,
  feedback: LoggedFeedback,
  policy: ArrayLike<number>,
  rewards: ArrayLike<number> | undefined,
  taming: Taming | undefined,
  options: TamedOptions,
): OffPolicyEstimate {
  const weights = importanceWeights(feedback, policy)
  const tame = taming?.tame ?? ((weight: number) => weight)
  const problem = { weights, ...residualsAndBase(feedback, policy, rewards), tame }
  const parameter = taming && chosen(taming, problem, feedback, options)
  const diagnostics = weightDiagnostics(weights)
  return {
    estimator,
    ...bootstrapFeedback(feedback, roundValues(problem, parameter ?? 0), undefined, options),
    ...(parameter === undefined ? {} : { parameter }),
    ...diagnostics,
    warnings: roundWarnings(feedback, diagnostics),
  }
}

function residualsAndBase(feedback: LoggedFeedback, policy: ArrayLike<number>, rewards: ArrayLike<number> | undefined) {
  const { actions, action, reward } = feedback
  if (!rewards) return { residuals: reward, base: undefined }
  checkRewards(feedback, rewards)
  return {
    // Not reward.map, which would cut whole numbers out of clicks kept in bytes.
    residuals: Float64Array.from(reward, (value, round) => value - rewards[round * actions + action[round]!]!),
    base: stateValues(feedback, policy, rewards),
  }
}

function chosen({ name, parameter, tame }: Taming, problem: TamedWeights, { reward }: LoggedFeedback, options: TamedOptions): number {
  if (typeof parameter === 'number') return checkParameter(name, parameter)
  checkWord(name, parameter, ['bound', 'slope'])
  const { candidates = usual } = options
  if (candidates.length === 0) throw new RangeError('candidates is empty; give at least one number')
  for (const [at, candidate] of candidates.entries()) checkParameter(`candidates[${at}]`, candidate)
  if (parameter === 'slope') return bestBySlope({ ...problem, tame }, candidates)
  const highest = reward.reduce((most, value) => Math.max(most, value), -Infinity)
  const lowest = reward.reduce((least, value) => Math.min(least, value), Infinity)
  // Without a model the residuals are the rewards themselves, whose distance from 0 counts.
  const range = problem.base ? highest - lowest : Math.max(Math.abs(highest), Math.abs(lowest))
  return bestByBound({ ...problem, tame }, candidates, range)
}

function checkParameter(name: string, value: number): number {
  if (!(value >= 0)) throw new RangeError(`${name} is ${value}; it must be a number of at least 0, Infinity included`)
  return value
}

/** @throws RangeError when the reward model has another shape, or expects what is no finite number */
export function checkRewards({ rounds, actions }: LoggedFeedback, rewards: ArrayLike<number>): void {
  checkLength('rewards', rewards, rounds * actions)
  for (let at = 0; at < rewards.length; at++) {
    if (!Number.isFinite(rewards[at]!)) throw new RangeError(`rewards[${at}] is ${rewards[at]}; it must be a finite number`)
  }
}
