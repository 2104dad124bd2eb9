/**
 * Off-policy learning: a policy learned from a log by inverse propensity scoring (Dudík, Langford & Li 2011; zr-obp's IPWLearner).
 *
 * The policy with the highest IPS estimate is the one that errs least in guessing what was done, when every round counts reward /
 * propensity: what earned much and was seldom tried counts most. The guess is made by multinomial logistic regression of the action on the
 * context.
 *
 * Rewards below 0 are refused: to guess away from an action is not to guess at another. Add a number to all rewards, so that the least is
 * 0.
 */
import type { Actor } from '../../agents/myopic-oracle'
import { checkKeys, checkNumber } from '../../data/check'
import { checkFeedback, checkLength, type LoggedFeedback } from '../../data/logged-feedback'
import { softmax } from '../../networks/softmax'
import { categorical, cumulative } from '../../random/draws'
import { stream } from '../../random/generator'
import { softmaxRegression } from './softmax-regression'

export interface LearnerOptions {
  /** On the squared coefficients, above 0; 1. scikit-learn's C is 1 / penalty, and 2 / penalty where only two actions earned something. */
  readonly penalty?: number
  /** Of `probabilities` and of exploring in a shop: 0 is the best action always, more spreads the choice; 0. */
  readonly temperature?: number
  /** Of what is drawn when exploring; 0. */
  readonly seed?: number
}

/** Exploring in a shop draws from `probabilities`; without, the best action is taken. */
export interface LearnedPolicy extends Actor {
  readonly actions: number
  /** Numbers in a context. */
  readonly width: number
  /** How likely each action is the one that paid, [rounds, actions], rows of sum 1. An action that earned nothing in the log has 0. */
  scores(contexts: ArrayLike<number>): Float64Array
  /**
   * softmax(score / temperature) of each row, as in zr-obp, [rounds, actions]; 1 for the best action with temperature 0, of equal ones the
   * first. Scores lie between 0 and 1, so a temperature of 1 is nearly uniform.
   */
  probabilities(contexts: ArrayLike<number>, temperature?: number): Float64Array
}

/**
 * @returns a policy for contexts like those of the log; as an actor for shops with as many numbers in an observation
 * @throws RangeError for bad feedback, a reward below 0, a log in which nothing earned anything, or an option out of range
 */
export function inversePropensityLearner(feedback: LoggedFeedback, options: LearnerOptions = {}): LearnedPolicy {
  checkFeedback(feedback)
  checkKeys('inversePropensityLearner', options, ['penalty', 'temperature', 'seed'])
  const { penalty = 1, temperature: usual = 0, seed = 0 } = options
  checkTemperature(usual)
  const { actions, width } = feedback
  const { coefficients, paid } = fit(feedback, penalty)
  const drawn = stream(seed, 'inverse propensity learner')

  function scores(contexts: ArrayLike<number>): Float64Array {
    const rounds = roundsOf(contexts, width)
    const out = new Float64Array(rounds * actions)
    const row = new Float64Array(paid.length)
    for (let round = 0; round < rounds; round++) {
      for (let one = 0; one < paid.length; one++) {
        let sum = coefficients[one * (width + 1) + width]!
        for (let place = 0; place < width; place++) sum += coefficients[one * (width + 1) + place]! * contexts[round * width + place]!
        row[one] = sum
      }
      softmax(row, 0, paid.length)
      for (let one = 0; one < paid.length; one++) out[round * actions + paid[one]!] = row[one]!
    }
    return out
  }

  function probabilities(contexts: ArrayLike<number>, temperature = usual): Float64Array {
    checkTemperature(temperature)
    const out = scores(contexts)
    for (let from = 0; from < out.length; from += actions) {
      const row = out.subarray(from, from + actions)
      const best = row.indexOf(row.reduce((most, score) => Math.max(most, score), 0))
      if (temperature === 0) row.fill(0).fill(1, best, best + 1)
      else {
        const highest = row[best]!
        // The highest is taken off before the division, which could overflow for a temperature next to 0.
        for (let action = 0; action < actions; action++) row[action] = (row[action]! - highest) / temperature
        softmax(row, 0, actions)
      }
    }
    return out
  }

  return {
    actions,
    width,
    scores,
    probabilities,
    act(observations, explore, chosen, propensities) {
      const chances = probabilities(observations, explore ? usual : 0)
      checkLength('actions', chosen, chances.length / actions)
      for (let copy = 0; copy < chosen.length; copy++) {
        const row = chances.subarray(copy * actions, (copy + 1) * actions)
        const best = row.indexOf(1)
        chosen[copy] = best >= 0 ? best : categorical(drawn, cumulative(row))
        if (propensities) propensities[copy] = row[chosen[copy]!]!
      }
    },
  }
}

/** The coefficients of the actions that earned something, [paid, width + 1], and which those are. */
function fit({ rounds, action, reward, propensity, contexts, width }: LoggedFeedback, penalty: number) {
  const losing = reward.findIndex(value => value < 0)
  if (losing >= 0) throw new RangeError(`reward[${losing}] is ${reward[losing]}; add a number to all rewards, so that none is below 0`)
  const earning = Array.from({ length: rounds }, (_, round) => round).filter(round => reward[round]! > 0)
  if (earning.length === 0) throw new RangeError('every reward is 0; there is nothing to learn from')
  const paid = Array.from(new Set(earning.map(round => action[round]!))).sort((one, other) => one - other)
  const label = earning.map(round => paid.indexOf(action[round]!))
  const known = new Float64Array(earning.length * width)
  earning.forEach((round, at) => {
    known.set(contexts.subarray(round * width, (round + 1) * width), at * width)
  })
  const weights = earning.map(round => reward[round]! / propensity[round]!)
  return { coefficients: softmaxRegression(known, width, label, paid.length, { penalty, weights }), paid }
}

function roundsOf(contexts: ArrayLike<number>, width: number): number {
  const rounds = width === 0 ? 1 : contexts.length / width
  if (!Number.isInteger(rounds) || (width === 0 && contexts.length > 0)) {
    throw new RangeError(`contexts has ${contexts.length} numbers; the policy was learned from contexts of ${width}`)
  }
  for (let at = 0; at < contexts.length; at++) {
    if (!Number.isFinite(contexts[at]!)) throw new RangeError(`contexts[${at}] is ${contexts[at]}; it must be a finite number`)
  }
  return rounds
}

function checkTemperature(temperature: number): void {
  checkNumber('temperature', temperature, 0, Number.MAX_VALUE)
}
