/**
 * Value iteration (Bellman 1957; Sutton & Barto 2018, section 4.4): the best policy of a decision process whose model is known.
 *
 *   V(s) ← max over a of ( reward(s, a) + discount · Σ transition(s, a, s') V(s') )     for every s, again and again
 *
 * Each sweep brings V nearer to the true values by the factor `discount` at least, so the last change tells how far they can still be:
 *   largest error ≤ discount / (1 - discount) · largest change of the last sweep     (Puterman 1994, section 6.3)
 */
import { checkNumber, checkWhole } from '../data/check'
import { UserError } from '../data/user-error'
import { bestAction, checkModel, type DecisionModel, lookAhead, type Plan, planOf } from './value-iteration-model'

export interface ValueIterationOptions {
  /** What a reward is worth one step later, 0 to 1; 1 only for models that end. */
  readonly discount: number
  /**
   * How far a value may be from the true one, above 0; 1e-9. Rounding errors set a limit: with values of a thousand, some 1e-11. At
   * discount 1 nothing bounds the error: sweeps end when none changes a value by more than this.
   */
  readonly tolerance?: number
  /** Give up after so many sweeps; 100,000. */
  readonly mostIterations?: number
}

/**
 * The best policy and its values: `valueIteration(testMdpModel, { discount: 0.5 })`.
 *
 * `values` are within `tolerance` of the true ones, `actionValues` within `discount` times that. The policy is the best by them: what it is
 * worth falls short of the best by at most 2 · discount / (1 - discount) · tolerance.
 *
 * @throws UserError for a model that cannot be, discount 1 without a terminal state, and when the sweeps do not come to rest
 * @throws RangeError for options out of range
 */
export function valueIteration(model: DecisionModel, options: ValueIterationOptions): Plan {
  checkModel(model)
  const { states, actions, terminal } = model
  const discount = checkNumber('discount', options.discount, 0, 1)
  const tolerance = checkNumber('tolerance', options.tolerance ?? 1e-9, Number.MIN_VALUE, Number.MAX_VALUE)
  const mostIterations = checkWhole('mostIterations', options.mostIterations ?? 100_000, 1, Number.MAX_SAFE_INTEGER)
  if (discount === 1 && !(terminal && Array.from(terminal).some(ended => ended))) {
    throw new UserError('discount is 1, but the model has no terminal state: rewards would add up for ever; a discount below 1 is needed')
  }
  const smallEnough = discount === 1 || discount === 0 ? tolerance : (tolerance * (1 - discount)) / discount
  const values = new Float64Array(states)
  const actionValues = new Float64Array(states * actions)
  for (let iteration = 1; iteration <= mostIterations; iteration++) {
    lookAhead(model, discount, values, actionValues)
    let change = 0
    for (let state = 0; state < states; state++) {
      const value = actionValues[state * actions + bestAction(actionValues, actions, state)]!
      change = Math.max(change, Math.abs(value - values[state]!))
      values[state] = value
    }
    // Without a future one sweep is exact.
    if (change <= smallEnough || discount === 0) return planOf(model, discount, values, iteration)
  }
  throw new UserError(
    `after ${mostIterations} sweeps the values still change by more than ${smallEnough}; allow more (mostIterations), a larger tolerance or a smaller discount`,
  )
}
