/**
 * Policy iteration (Howard 1960; Sutton & Barto 2018, section 4.3): the best policy of a known decision process, in a few exact steps.
 *
 *   evaluation   V(s) = reward(s, policy(s)) + discount · Σ transition(s, policy(s), s') V(s')     for all s: linear equations
 *   improvement  policy(s) ← the action of the highest reward(s, a) + discount · Σ transition(s, a, s') V(s')
 *
 * until no action is better than the policy's. The book evaluates by sweeps; here the equations are solved, as Howard did, so there is no
 * tolerance. That takes time with the cube of the states: a thousand are a matter of seconds.
 */
import { checkNumber } from '../data/check'
import { UserError } from '../data/user-error'
import { bestAction, checkModel, type DecisionModel, lookAhead, type Plan, planOf } from './value-iteration-model'

/** Actions whose values differ by less than this share of the largest value are alike: rounding must not change the policy for ever. */
const rounding = 1e-12

/**
 * The best policy and its values: `policyIteration(testMdpModel, 0.5)`.
 *
 * @param discount 0 to 1, 1 excluded
 * @throws UserError for a model that cannot be, RangeError for a discount out of range
 */
export function policyIteration(model: DecisionModel, discount: number): Plan {
  checkModel(model)
  checkDiscount(discount)
  const { states, actions } = model
  const policy = new Int32Array(states)
  const actionValues = new Float64Array(states * actions)
  for (let iteration = 1; ; iteration++) {
    const values = solve(model, discount, (state, action) => (policy[state] === action ? 1 : 0))
    lookAhead(model, discount, values, actionValues)
    const margin = rounding * values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
    let stable = true
    for (let state = 0; state < states; state++) {
      const best = bestAction(actionValues, actions, state)
      if (actionValues[state * actions + best]! <= actionValues[state * actions + policy[state]!]! + margin) continue
      policy[state] = best
      stable = false
    }
    if (stable) return planOf(model, discount, values, iteration)
  }
}

/**
 * What a policy is worth that draws its actions, in every state.
 *
 * @param chances  [states, actions]: how likely each action is; those of a state sum to 1
 * @param discount 0 to 1, 1 excluded
 * @returns values [states] and actionValues [states, actions]
 * @throws UserError for a model or a policy that cannot be, RangeError for a discount out of range
 */
export function policyValues(
  model: DecisionModel,
  chances: ArrayLike<number>,
  discount: number,
): { readonly values: Float64Array; readonly actionValues: Float64Array } {
  checkModel(model)
  checkDiscount(discount)
  const { states, actions } = model
  if (chances.length !== states * actions)
    throw new UserError(`chances has ${chances.length} numbers; ${states} states and ${actions} actions need ${states * actions}`)
  for (let state = 0; state < states; state++) {
    let sum = 0
    for (let action = 0; action < actions; action++) {
      const chance = chances[state * actions + action]!
      if (!(chance >= 0 && chance <= 1))
        throw new UserError(`the chance of action ${action} in state ${state} is ${chance}; it must be a probability`)
      sum += chance
    }
    if (Math.abs(sum - 1) > 1e-9) throw new UserError(`the chances of state ${state} sum to ${sum}; they must sum to 1`)
  }
  const values = solve(model, discount, (state, action) => chances[state * actions + action]!)
  const actionValues = new Float64Array(states * actions)
  lookAhead(model, discount, values, actionValues)
  return { values, actionValues }
}

function checkDiscount(discount: number): void {
  checkNumber('discount', discount, 0, 1)
  if (discount === 1)
    throw new RangeError('discount is 1; it must be below 1, or a policy that never ends has no value; see valueIteration')
}

/**
 * The values of a policy: (I - discount · its transitions) V = its rewards, by Gaussian elimination. In every row the number on the
 * diagonal is larger than all others together, by 1 - discount at least, so rows need not change places (Golub & Van Loan 2013, section
 * 4.1).
 */
function solve(model: DecisionModel, discount: number, chanceOf: (state: number, action: number) => number): Float64Array {
  const { states, actions, transitions, rewards, terminal } = model
  const width = states + 1
  // Each row one equation, its right side last.
  const rows = Array.from({ length: states }, (_, state) => {
    const row = new Float64Array(width)
    row[state] = 1
    if (terminal?.[state]) return row
    for (let action = 0; action < actions; action++) {
      const chance = chanceOf(state, action)
      if (chance === 0) continue
      const pair = state * actions + action
      for (let next = 0; next < states; next++) row[next]! -= discount * chance * transitions[pair * states + next]!
      row[states]! += chance * rewards[pair]!
    }
    return row
  })
  for (let column = 0; column < states; column++) {
    const top = rows[column]!
    for (let below = column + 1; below < states; below++) {
      const row = rows[below]!
      const factor = row[column]! / top[column]!
      if (factor === 0) continue
      for (let at = column; at < width; at++) row[at]! -= factor * top[at]!
    }
  }
  const values = new Float64Array(states)
  for (let state = states - 1; state >= 0; state--) {
    const row = rows[state]!
    let value = row[states]!
    for (let next = state + 1; next < states; next++) value -= row[next]! * values[next]!
    values[state] = value / row[state]!
  }
  return values
}
