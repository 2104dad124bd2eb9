/**
 * Importance weights: how much more often the judged policy would have done what the log shows than the policy that wrote it. What they are
 * like decides how much a log can tell about another policy (Owen 2013, Monte Carlo theory, chapter 9).
 */
import { checkFeedback, type LoggedFeedback } from '../../data/logged-feedback'

/** Below this effective sample size an estimate is given with a warning. */
const fewestEffective = 100

/**
 * The mean of weights over rounds of the log is 1 where every action of the judged policy can be found in it. So much off is a sign, unless so
 * many standard errors of the mean are as much: large weights move it by chance.
 */
const meanWeightMargin = 0.1
const standardErrorsByChance = 3

/** Propensities that agents give are held in 32 bits: their .01 is .00999999978, and a weight of 1 so much off. */
const rounding = 1e-6

/** Weights above this are refused: their squares would no longer be numbers. */
export const largestAllowed = 1e150

export interface WeightDiagnostics {
  /** (sum of weights)² / sum of weights²: as many rounds written by the judged policy itself would tell about as much (Kish 1965). */
  readonly effectiveSampleSize: number
  readonly largestWeight: number
  /** Mean of the weights; near 1 when the log has all that the judged policy does. */
  readonly meanWeight: number
  /** Share of rounds with weight 0: the judged policy never does what was done there, and learns nothing of it. */
  readonly zeroSupport: number
}

/**
 * The weight of each round: the judged policy's probability of the action in the log, divided by the propensity.
 *
 * @param policy [rounds, actions], the judged policy's probability of each action in each round; or [rounds], of the action in the log
 *   alone
 * @returns [rounds]
 * @throws RangeError for bad feedback, another length, a probability that is not between 0 and 1, a row whose sum is not 1, or a weight above
 *   1e150
 */
export function importanceWeights(feedback: LoggedFeedback, policy: ArrayLike<number>): Float64Array {
  checkFeedback(feedback)
  checkPolicy(feedback, policy)
  const { rounds, actions, action, propensity } = feedback
  const weights = new Float64Array(rounds)
  const whole = policy.length !== rounds
  for (let round = 0; round < rounds; round++) {
    weights[round] = importanceWeight(policy[whole ? round * actions + action[round]! : round]!, propensity, round)
  }
  return weights
}

/** chance / propensity[at]. @throws RangeError when it is above 1e150 */
export function importanceWeight(chance: number, propensity: Float64Array, at: number): number {
  const weight = chance / propensity[at]!
  if (weight <= largestAllowed) return weight
  throw new RangeError(
    `propensity[${at}] is ${propensity[at]}, which gives the weight ${weight}; it may be at most ${largestAllowed}: correct the propensity, or leave the round out`,
  )
}

/** What the weights are like. @param weights 0 or more, at least one */
export function weightDiagnostics(weights: ArrayLike<number>): WeightDiagnostics {
  let [sum, squares, largest, zeros] = [0, 0, 0, 0]
  for (let round = 0; round < weights.length; round++) {
    const weight = weights[round]!
    sum += weight
    squares += weight * weight
    if (weight > largest) largest = weight
    if (weight === 0) zeros++
  }
  return {
    effectiveSampleSize: squares === 0 ? 0 : sum ** 2 / squares,
    largestWeight: largest,
    meanWeight: sum / weights.length,
    zeroSupport: zeros / weights.length,
  }
}

/** What makes an estimate from so many such weights doubtful, in words; empty where nothing does. */
export function weightWarnings({ effectiveSampleSize, meanWeight, zeroSupport }: WeightDiagnostics, count: number): string[] {
  const warnings: string[] = []
  if (zeroSupport === 1) return ['the judged policy does nothing that stands in the log; the log cannot answer']
  if (effectiveSampleSize < fewestEffective) {
    warnings.push(
      `the effective sample size is ${effectiveSampleSize.toFixed(1)}, below ${fewestEffective}: a few rounds decide, and neither estimate nor interval can be trusted`,
    )
  }
  const standardError = meanWeight * Math.sqrt(Math.max(0, 1 / effectiveSampleSize - 1 / count))
  if (Math.abs(meanWeight - 1) > Math.max(meanWeightMargin, standardErrorsByChance * standardError)) {
    warnings.push(
      `the weights have mean ${meanWeight.toFixed(3)} instead of 1: the log lacks actions of the judged policy, or its propensities are not true`,
    )
  }
  return warnings
}

/** The same for an estimate of the mean reward of a round, which in a log of visits is not what a visit brings. */
export function roundWarnings({ rounds, episode }: LoggedFeedback, diagnostics: WeightDiagnostics): string[] {
  const warnings = weightWarnings(diagnostics, rounds)
  const visits = episode === undefined ? rounds : episode[rounds - 1]! + 1
  const several = visits < rounds
  // Where all weights are 1, the judged policy is the one that wrote the log, and brings about what it shows.
  const another = Math.max(diagnostics.largestWeight - 1, 1 - diagnostics.meanWeight) > rounding
  if (several && another && diagnostics.zeroSupport < 1) {
    warnings.push(
      'visits in the log have several steps: this is the reward of a step in the situations that it shows, and the judged policy would bring about others; whole visits are judged by per-decision and weighted importance sampling, sequential doubly robust and fitted Q evaluation',
    )
  }
  if (several && visits < fewestEffective && diagnostics.zeroSupport < 1) {
    warnings.push(`the log has ${visits} visits, below ${fewestEffective}: what a few shoppers did decides, however many rounds there are`)
  }
  return warnings
}

/** @throws RangeError when it is of another length, or a row is no probability */
export function checkPolicy({ rounds, actions }: Pick<LoggedFeedback, 'rounds' | 'actions'>, policy: ArrayLike<number>): void {
  const whole = policy.length === rounds * actions
  if (!whole && policy.length !== rounds) {
    throw new RangeError(
      `policy has ${policy.length} numbers; give ${rounds * actions}, a probability for each of ${actions} actions in each of ${rounds} rounds, or ${rounds}, of the action in the log`,
    )
  }
  for (let at = 0; at < policy.length; at++) {
    if (!(policy[at]! >= 0 && policy[at]! <= 1)) throw new RangeError(`policy[${at}] is ${policy[at]}; a probability lies between 0 and 1`)
  }
  if (!whole) return
  for (let round = 0; round < rounds; round++) {
    let sum = 0
    for (let action = 0; action < actions; action++) sum += policy[round * actions + action]!
    if (Math.abs(sum - 1) > 1e-5) throw new RangeError(`the probabilities of round ${round} sum to ${sum}; they must sum to 1`)
  }
}
