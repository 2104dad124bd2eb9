/**
 * Logged feedback: what a policy did, what came of it, and with what probability it did it. From such a log other policies can be judged
 * without being tried (src/evaluate/off-policy), as long as the probabilities are true.
 */
import { checkWhole } from './check'

export interface LoggedFeedback {
  /** Decisions, in the order they were taken. */
  readonly rounds: number
  /** How many actions there are to choose from; their ids are 0 to actions - 1. */
  readonly actions: number
  /** What was done, [rounds]. */
  readonly action: Int32Array
  /** What came of it, [rounds]. */
  readonly reward: Float64Array
  /** The probability with which the policy that wrote the log did it, [rounds], above 0 and at most 1. */
  readonly propensity: Float64Array
  /** What it knew when it chose, [rounds, width]. */
  readonly contexts: Float64Array
  /** Numbers in a context; 0 where there is none. */
  readonly width: number
  /** The number of the episode each round belongs to, [rounds], from 0 and rising; without it every round stands alone. */
  readonly episode?: Int32Array
}

/** @throws RangeError naming the column, the round, the value and what is allowed */
export function checkFeedback(feedback: LoggedFeedback): void {
  const { rounds, actions, action, reward, propensity, contexts, width, episode } = feedback
  checkWhole('rounds', rounds, 1, Number.MAX_SAFE_INTEGER)
  checkWhole('actions', actions, 1, 2 ** 31 - 1)
  checkWhole('width', width, 0, Number.MAX_SAFE_INTEGER)
  checkLength('action', action, rounds)
  checkLength('reward', reward, rounds)
  checkLength('propensity', propensity, rounds)
  checkLength('contexts', contexts, rounds * width)
  for (let round = 0; round < rounds; round++) {
    const [taken, chance] = [action[round]!, propensity[round]!]
    if (!(Number.isInteger(taken) && taken >= 0 && taken < actions)) {
      throw new RangeError(`action[${round}] is ${taken}; ids of actions are whole numbers between 0 and ${actions - 1}`)
    }
    if (!Number.isFinite(reward[round]!)) throw new RangeError(`reward[${round}] is ${reward[round]}; it must be a finite number`)
    if (!(chance > 0 && chance <= 1)) {
      throw new RangeError(`propensity[${round}] is ${chance}; the probability of what was done is above 0 and at most 1`)
    }
  }
  const wrong = contexts.findIndex(value => !Number.isFinite(value))
  if (wrong >= 0) throw new RangeError(`contexts[${wrong}] is ${contexts[wrong]}; it must be a finite number`)
  if (!episode) return
  checkLength('episode', episode, rounds)
  for (let round = 0; round < rounds; round++) {
    const before = round === 0 ? 0 : episode[round - 1]!
    const allowed = round === 0 ? episode[0] === 0 : episode[round] === before || episode[round] === before + 1
    if (!allowed) {
      throw new RangeError(
        `episode[${round}] is ${episode[round]}; episodes are numbered from 0, one after the other, their rounds together`,
      )
    }
  }
}

/** @throws RangeError when a column is not as long as it must be */
export function checkLength(name: string, column: ArrayLike<number>, length: number): void {
  if (column.length !== length) throw new RangeError(`${name} has ${column.length} numbers; there must be ${length}`)
}
