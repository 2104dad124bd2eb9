/** Small logs whose every chance is known, to reckon expectations in full. */
import fc from 'fast-check'
import type { LoggedFeedback } from '../../../src/data/logged-feedback'

export interface Problem {
  readonly rounds: number
  readonly actions: number
  /** The chance of a reward of 1, [rounds, actions]. */
  readonly expected: Float64Array
  /** The policy that writes the log, nowhere 0, and the judged one, [rounds, actions]. */
  readonly behaviour: Float64Array
  readonly policy: Float64Array
  /** A reward model, as wrong as it may be, [rounds, actions]. */
  readonly model: Float64Array
}

export const problems: fc.Arbitrary<Problem> = fc
  .record({ rounds: fc.integer({ min: 1, max: 2 }), actions: fc.integer({ min: 2, max: 3 }) })
  .chain(({ rounds, actions }) => {
    const many = (low: number, high: number) =>
      fc
        .array(fc.double({ min: low, max: high, noNaN: true }), { minLength: rounds * actions, maxLength: rounds * actions })
        .map(values => Float64Array.from(values))
    return fc
      .record({ expected: many(0, 1), behaviour: many(0.1, 1), policy: many(0.001, 1), model: many(-1, 2), zero: fc.boolean() })
      .map(({ expected, behaviour, policy, model, zero }) => {
        // Half of the judged policies never do action 0.
        const judged = policy.map((value, at) => (zero && at % actions === 0 ? 0 : value))
        return { rounds, actions, expected, behaviour: shares(behaviour, actions), policy: shares(judged, actions), model }
      })
  })

function shares(weights: Float64Array, actions: number): Float64Array {
  return weights.map((weight, at) => {
    const from = at - (at % actions)
    return weight / weights.subarray(from, from + actions).reduce((sum, value) => sum + value, 0)
  })
}

/** A log without contexts. */
export function logOf(
  action: ArrayLike<number>,
  reward: ArrayLike<number>,
  propensity: ArrayLike<number>,
  actions = Math.max(...Array.from(action)) + 1,
): LoggedFeedback {
  return {
    rounds: action.length,
    actions,
    action: Int32Array.from(action),
    reward: Float64Array.from(reward),
    propensity: Float64Array.from(propensity),
    contexts: new Float64Array(0),
    width: 0,
  }
}

/** Every log that the problem can bring about, with its probability. */
export function allLogs({ rounds, actions, expected, behaviour }: Problem): { log: LoggedFeedback; probability: number }[] {
  const ways = (2 * actions) ** rounds
  return Array.from({ length: ways }, (_, way) => {
    const steps = Array.from({ length: rounds }, (_none, round) => Math.floor(way / (2 * actions) ** round) % (2 * actions))
    const [action, reward] = [steps.map(step => step >> 1), steps.map(step => step & 1)]
    const propensity = action.map((taken, round) => behaviour[round * actions + taken]!)
    const outcomes = action.map((taken, round) => {
      const chance = expected[round * actions + taken]!
      return reward[round] === 1 ? chance : 1 - chance
    })
    const probability = [...propensity, ...outcomes].reduce((product, chance) => product * chance, 1)
    return { log: logOf(action, reward, propensity, actions), probability }
  })
}

/** What the judged policy is worth. */
export function truthOf({ rounds, expected, policy }: Problem): number {
  return expected.reduce((sum, chance, at) => sum + chance * policy[at]!, 0) / rounds
}

/** No interval is looked at. */
export const point = { resamples: 1 }
