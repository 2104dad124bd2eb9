/** A decision process small enough to be written down: what planning starts from, and the one step of reckoning that all of it shares. */
import { UserError } from '../data/user-error'

export interface DecisionModel {
  readonly states: number
  readonly actions: number
  /** [states, actions, next states]: probabilities; each row of next states sums to 1. */
  readonly transitions: ArrayLike<number>
  /** [states, actions]: the expected reward. */
  readonly rewards: ArrayLike<number>
  /** [states]: 1 where the process has ended, so that nothing follows and the value is 0; left out, it never ends. */
  readonly terminal?: ArrayLike<number>
}

/** What planning gives. */
export interface Plan {
  /** [states]: what the best policy is worth from there on. */
  readonly values: Float64Array
  /** [states, actions]: the same, when this action is taken first. */
  readonly actionValues: Float64Array
  /** [states]: the action of the highest value, the lowest-numbered of several. */
  readonly policy: Int32Array
  readonly iterations: number
}

/** @throws UserError naming what of the model cannot be */
export function checkModel({ states, actions, transitions, rewards, terminal }: DecisionModel): void {
  for (const [name, count] of Object.entries({ states, actions })) {
    if (!(Number.isInteger(count) && count >= 1))
      throw new UserError(`the model's ${name} is ${count}; it must be a whole number of at least 1`)
  }
  const pairs = states * actions
  const lengths = { transitions: [transitions.length, pairs * states], rewards: [rewards.length, pairs] } as const
  for (const [name, [found, needed]] of Object.entries(lengths)) {
    if (found !== needed)
      throw new UserError(`the model's ${name} has ${found} numbers; ${states} states and ${actions} actions need ${needed}`)
  }
  if (terminal && terminal.length !== states)
    throw new UserError(`the model's terminal has ${terminal.length} numbers; it must have one for each of the ${states} states`)
  for (let pair = 0; pair < pairs; pair++) {
    const where = `state ${Math.floor(pair / actions)}, action ${pair % actions}`
    if (!Number.isFinite(rewards[pair])) throw new UserError(`the model's reward of ${where} is ${rewards[pair]}; it must be finite`)
    let sum = 0
    for (let next = 0; next < states; next++) {
      const chance = transitions[pair * states + next]!
      if (!(chance >= 0 && chance <= 1))
        throw new UserError(`the model's transition from ${where} to state ${next} is ${chance}; it must be a probability`)
      sum += chance
    }
    if (Math.abs(sum - 1) > 1e-9) throw new UserError(`the model's transitions from ${where} sum to ${sum}; they must sum to 1`)
  }
}

/**
 * One step ahead: reward + discount · the value of where it leads; 0 where the process has ended.
 *
 * @param values [states]
 * @param out    [states, actions], overwritten
 */
export function lookAhead(model: DecisionModel, discount: number, values: Float64Array, out: Float64Array): void {
  const { states, actions, transitions, rewards, terminal } = model
  for (let pair = 0; pair < states * actions; pair++) {
    if (terminal?.[Math.floor(pair / actions)]) {
      out[pair] = 0
      continue
    }
    let future = 0
    for (let next = 0; next < states; next++) future += transitions[pair * states + next]! * values[next]!
    out[pair] = rewards[pair]! + discount * future
  }
}

/** The best action of a state, the lowest-numbered of several. */
export function bestAction(actionValues: Float64Array, actions: number, state: number): number {
  let best = 0
  for (let action = 1; action < actions; action++)
    if (actionValues[state * actions + action]! > actionValues[state * actions + best]!) best = action
  return best
}

/** What follows when the values of states are these: the values of actions, and the policy that is best by them. */
export function planOf(model: DecisionModel, discount: number, values: Float64Array, iterations: number): Plan {
  const { states, actions } = model
  const actionValues = new Float64Array(states * actions)
  lookAhead(model, discount, values, actionValues)
  const policy = Int32Array.from({ length: states }, (_, state) => bestAction(actionValues, actions, state))
  return { values, actionValues, policy, iterations }
}
