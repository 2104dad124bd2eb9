/**
 * A made-up bandit log of which everything is known: zr-obp's SyntheticBanditDataset with logistic rewards, drawn again with NumPy's
 * RandomState (github.com/st-tech/zr-obp, obp/dataset/synthetic.py). The same seed gives the same contexts, actions and rewards as there.
 *
 * Contexts x are standard normal. The chance of a reward of 1 is sigmoid(z), with
 *
 *     z = x·c + t + x·M        for each action; a 1 stands before x, and M and t also have a part common to all actions
 *
 * all coefficients uniform in [-1, 1), and z standardised over all rounds and actions of the batch. Behaviour is softmax(beta · chance).
 *
 * Contexts and rewards come from one generator that goes on from batch to batch; a normal number left over from a pair is kept. The
 * coefficients, and the uniform numbers that choose actions, come from a new generator of the seed for every batch: all batches have the
 * same coefficients, and round i of one batch has the same uniform number as round i of another.
 */
import { type NumpyRandomState, numpyRandomState } from '../random/numpy-random-state'
import { checkKeys, checkNumber, checkWhole, checkWord } from './check'
import type { LoggedFeedback } from './logged-feedback'

export interface SyntheticBanditOptions {
  /** At least 2. */
  readonly actions: number
  /** Numbers in a context, at least 1. */
  readonly features: number
  /** How much behaviour prefers good actions; 0 is uniform, below 0 it prefers bad ones; 1. */
  readonly beta?: number
  /** A whole number between 0 and 2^32 - 1. */
  readonly seed: number
  /**
   * How z is standardised: 'published' is (z - mean) / deviation, as in version 0.5.5 and before, which all published numbers need;
   * 'released' is z - mean / deviation, as from commit 969b606 on (8cbd5fa is the last), where brackets went missing. 'published'.
   */
  readonly standardise?: Standardise
}

export interface SyntheticFeedback extends LoggedFeedback {
  /** The true chance of a reward of each action, [rounds, actions]. */
  readonly expected: Float64Array
  /** The probability with which behaviour chose each action, [rounds, actions]. */
  readonly policy: Float64Array
}

export interface SyntheticBandit {
  /**
   * The next batch, as `obtain_batch_bandit_feedback(rounds)` gives it.
   *
   * @throws RangeError for rounds that are not a whole number of at least 1
   */
  draw(rounds: number): SyntheticFeedback
}

const ways = ['published', 'released'] as const
type Standardise = (typeof ways)[number]

/** @throws RangeError naming the option, its value and what is allowed */
export function syntheticBandit(options: SyntheticBanditOptions): SyntheticBandit {
  checkKeys('syntheticBandit', options, ['actions', 'features', 'beta', 'seed', 'standardise'])
  const { actions, features, beta = 1, seed, standardise = 'published' } = options
  checkWhole('actions', actions, 2, 2 ** 31 - 1)
  checkWhole('features', features, 1, 2 ** 31 - 1)
  checkNumber('beta', beta, -Number.MAX_VALUE, Number.MAX_VALUE)
  checkWhole('seed', seed, 0, 2 ** 32 - 1)
  checkWord('standardise', standardise, ways)
  const random = numpyRandomState(seed)
  return {
    draw(rounds) {
      checkWhole('rounds', rounds, 1, Math.floor(2 ** 32 / actions))
      const contexts = Float64Array.from({ length: rounds * features }, () => random.gauss())
      const expected = sums(contexts, rounds, actions, features, numpyRandomState(seed))
      rewardChances(expected, standardise)
      const policy = softmaxRows(expected, actions, beta)
      const action = chooseActions(policy, rounds, actions, numpyRandomState(seed))
      const reward = Float64Array.from(action, (taken, round) => random.binomial(1, expected[round * actions + taken]!))
      const propensity = Float64Array.from(action, (taken, round) => policy[round * actions + taken]!)
      return { rounds, actions, action, reward, propensity, contexts, width: features, expected, policy }
    },
  }
}

/** z of each round and action, [rounds, actions]. */
function sums(contexts: Float64Array, rounds: number, actions: number, features: number, random: NumpyRandomState): Float64Array {
  const some = (count: number) => Float64Array.from({ length: count }, () => random.uniform(-1, 1))
  const ofContext = some(features + 1)
  const ofAction = some(actions + 1)
  const ofBoth = Array.from({ length: features + 1 }, () => some(actions + 1))
  const z = new Float64Array(rounds * actions)
  for (let round = 0; round < rounds; round++) {
    for (let action = 0; action < actions; action++) {
      let sum = ofAction[0]! + ofAction[action + 1]!
      for (let feature = 0; feature <= features; feature++) {
        const x = feature === 0 ? 1 : contexts[round * features + feature - 1]!
        sum += x * (ofContext[feature]! + ofBoth[feature]![0]! + ofBoth[feature]![action + 1]!)
      }
      z[round * actions + action] = sum
    }
  }
  return z
}

/** Makes z the chances, in place. */
function rewardChances(z: Float64Array, standardise: Standardise): void {
  const mean = z.reduce((sum, value) => sum + value, 0) / z.length
  const deviation = Math.sqrt(z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / z.length)
  for (let at = 0; at < z.length; at++) {
    const logit = standardise === 'published' ? (z[at]! - mean) / deviation : z[at]! - mean / deviation
    z[at] = Math.exp(Math.min(logit, 0)) / (1 + Math.exp(-Math.abs(logit)))
  }
}

/** softmax(beta · score) of each row. */
function softmaxRows(scores: Float64Array, actions: number, beta: number): Float64Array {
  const policy = scores.map(score => beta * score)
  for (let start = 0; start < policy.length; start += actions) {
    const row = policy.subarray(start, start + actions)
    const largest = row.reduce((most, value) => Math.max(most, value), -Infinity)
    let total = 0
    for (let action = 0; action < actions; action++) {
      row[action] = Math.exp(row[action]! - largest)
      total += row[action]!
    }
    for (let action = 0; action < actions; action++) row[action]! /= total
  }
  return policy
}

/** The first action at which the running sum of probabilities is above a uniform number; 0 where rounding keeps it below, as there. */
function chooseActions(policy: Float64Array, rounds: number, actions: number, random: NumpyRandomState): Int32Array {
  const taken = new Int32Array(rounds)
  for (let round = 0; round < rounds; round++) {
    const uniform = random.next()
    let below = 0
    for (let action = 0; action < actions; action++) {
      below += policy[round * actions + action]!
      if (below > uniform) {
        taken[round] = action
        break
      }
    }
  }
  return taken
}
