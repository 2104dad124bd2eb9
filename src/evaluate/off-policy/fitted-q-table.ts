/**
 * The regression of fitted Q evaluation where contexts are states: the mean of what was seen after each action in each state.
 */
import type { LoggedFeedback } from '../../data/logged-feedback'
import type { QRegression, Step } from './fitted-q-regression'

/** The table for a log whose contexts are all one-hot or empty; undefined for another. Coefficients are [states, actions]. */
export function tabularQ(feedback: LoggedFeedback, policy: ArrayLike<number>, { next, told }: Step): QRegression | undefined {
  const states = oneHotStates(feedback)
  if (!states) return undefined
  const { rounds, actions, action, reward, width } = feedback
  const size = Math.max(1, width) * actions
  const pairs = states.map((state, round) => state * actions + action[round]!)
  const seen = new Float64Array(size)
  let counted = new Float64Array(rounds)
  return {
    size,
    weigh(times) {
      counted = times.map((time, round) => time * told[round]!)
      seen.fill(0)
      for (let round = 0; round < rounds; round++) seen[pairs[round]!]! += counted[round]!
    },
    fit(discount, coefficients, out) {
      out.fill(0)
      for (let round = 0; round < rounds; round++) {
        if (counted[round] === 0) continue
        let target = reward[round]!
        const then = next[round]!
        if (then >= 0) {
          const from = states[then]! * actions
          let value = 0
          for (let other = 0; other < actions; other++) value += policy[then * actions + other]! * coefficients[from + other]!
          target += discount * value
        }
        out[pairs[round]!]! += counted[round]! * target
      }
      for (let pair = 0; pair < size; pair++) if (seen[pair]! > 0) out[pair]! /= seen[pair]!
    },
    predict(coefficients, actionValues) {
      for (let at = 0; at < actionValues.length; at++) {
        actionValues[at] = coefficients[states[Math.floor(at / actions)]! * actions + (at % actions)]!
      }
    },
  }
}

/** The place of the 1 in each context, [rounds]; undefined where a context is anything but a single 1 among zeros. */
function oneHotStates({ rounds, contexts, width }: LoggedFeedback): Int32Array | undefined {
  const states = new Int32Array(rounds)
  if (width === 0) return states
  for (let round = 0; round < rounds; round++) {
    let state = -1
    for (let at = 0; at < width; at++) {
      const value = contexts[round * width + at]!
      if (value === 0) continue
      if (value !== 1 || state >= 0) return undefined
      state = at
    }
    if (state < 0) return undefined
    states[round] = state
  }
  return states
}
