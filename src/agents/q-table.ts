/**
 * A table of action values, Q(s, a): the numbers, the epsilon-greedy choice among them, and one step of learning.
 *
 *   choose   any action alike with probability epsilon, else one of the highest value, each of several alike (Sutton & Barto 2018,
 * section 2.2)
 *   move     Q(s, a) ← Q(s, a) + rate · (target - Q(s, a)), where rate is a constant, or min(1, visitRate / visits)
 *
 * A state that has not been met (`unseen`) has the initial value for every action.
 */
import type { Generator } from '../random/generator'
import type { Checkpoint } from './agent'
import { arrayOf } from './checkpoints'
import { unseen } from './state-index'

export interface QTableOptions {
  /** Step towards what was seen, 0 to 1; .1. */
  readonly learningRate: number
  /** In place of the constant: the step is min(1, visitRate / visits), so that the values come to rest. 1 gives plain means. */
  readonly visitRate?: number
  /**
   * Whose visits those are, the present one included: this action's in this state ('pair'; the default), or all that the table had
   * ('table').
   */
  readonly visitsOf: (typeof visitsOf)[number]
  /** Q of what was never tried; 0. Higher than any return, and every action is tried early. */
  readonly initialValue: number
}

export const visitsOf = ['pair', 'table'] as const

export class QTable {
  /** [states, actions] and what is left for more. */
  private values = new Float64Array(0)
  /** How often each value was moved, as `values`; or one number, how often any was; empty where nobody asks. */
  private visits: Float64Array
  /** What `look` found: the highest value of a state, the first action that has it, and how many have it. */
  private highest = 0
  private best = 0
  private ties = 0
  /** Of the action last chosen: how likely it was. */
  propensity = 1
  /** Since the last report: how many moves, the sum of squared differences from target, and of absolute changes. */
  moves = 0
  squaredErrors = 0
  changes = 0

  constructor(
    readonly actions: number,
    private readonly options: QTableOptions,
  ) {
    this.visits = new Float64Array(options.visitRate !== undefined && options.visitsOf === 'table' ? 1 : 0)
  }

  /** Makes room for so many states; what is not yet known has the initial value. */
  reserve(states: number): void {
    const { length } = this.values
    if (states * this.actions <= length) return
    // Twice as much as there is, so that states met one by one do not copy the table each time.
    const needed = Math.max(states * this.actions, 2 * length)
    const values = new Float64Array(needed).fill(this.options.initialValue, length)
    values.set(this.values)
    this.values = values
    if (!this.countsPairs) return
    const visits = new Float64Array(needed)
    visits.set(this.visits)
    this.visits = visits
  }

  at(state: number, action: number): number {
    return state === unseen ? this.options.initialValue : this.values[state * this.actions + action]!
  }

  /** The value of the best action. */
  max(state: number): number {
    this.look(state)
    return this.highest
  }

  /** The mean value of the action that `choose` would take. */
  expected(state: number, epsilon: number): number {
    if (state === unseen) return this.options.initialValue
    this.look(state)
    const { values, actions } = this
    let sum = 0
    for (let at = state * actions; at < (state + 1) * actions; at++) sum += values[at]!
    return (epsilon * sum) / actions + (1 - epsilon) * this.highest
  }

  /** The best action, the lowest-numbered of several. */
  greedy(state: number): number {
    this.look(state)
    this.propensity = 1
    return this.best
  }

  /**
   * An epsilon-greedy action. Takes two uniforms whatever happens, so that runs which differ in what they learned still meet the same
   * dice.
   */
  choose(state: number, epsilon: number, generator: Generator): number {
    this.look(state)
    const { actions, ties, highest } = this
    const exploring = generator.next() < epsilon
    const draw = generator.next()
    const action = exploring ? Math.floor(draw * actions) : this.tied(state, Math.floor(draw * ties))
    this.propensity = epsilon / actions + (this.at(state, action) === highest ? (1 - epsilon) / ties : 0)
    return action
  }

  /** One step of Q(state, action) towards the target. */
  move(state: number, action: number, target: number): void {
    const at = state * this.actions + action
    const { learningRate, visitRate, visitsOf } = this.options
    const rate = visitRate === undefined ? learningRate : Math.min(1, visitRate / ++this.visits[visitsOf === 'pair' ? at : 0]!)
    const error = target - this.values[at]!
    this.values[at]! += rate * error
    this.moves++
    this.squaredErrors += error * error
    this.changes += Math.abs(rate * error)
  }

  /** @param out [actions], overwritten with the state's values */
  copy(state: number, out: Float32Array): void {
    for (let action = 0; action < this.actions; action++) out[action] = this.at(state, action)
  }

  /** So many states, [states, actions]; `policyOnly`: without the visits. */
  save(states: number, policyOnly: boolean): { readonly values: Float64Array; readonly visits?: Float64Array } {
    const values = this.values.slice(0, states * this.actions)
    return policyOnly || this.options.visitRate === undefined ? { values } : { values, visits: this.visits.slice(0, this.counters(states)) }
  }

  /**
   * Reads so many states of a checkpoint and changes nothing.
   *
   * @returns what takes them over
   */
  read(states: number, checkpoint: Checkpoint): () => void {
    const values = arrayOf(checkpoint, 'values', Float64Array, states * this.actions)
    const length = this.counters(states)
    const visits = length === 0 || checkpoint.policyOnly ? new Float64Array(length) : arrayOf(checkpoint, 'visits', Float64Array, length)
    return () => {
      this.values = values.slice()
      this.visits = visits.slice()
    }
  }

  private get countsPairs(): boolean {
    return this.options.visitRate !== undefined && this.options.visitsOf === 'pair'
  }

  /** How many numbers count the visits of so many states. */
  private counters(states: number): number {
    if (this.options.visitRate === undefined) return 0
    return this.countsPairs ? states * this.actions : 1
  }

  private look(state: number): void {
    const { values, actions } = this
    if (state === unseen) {
      this.highest = this.options.initialValue
      this.best = 0
      this.ties = actions
      return
    }
    const from = state * actions
    let highest = values[from]!
    let best = 0
    let ties = 1
    for (let action = 1; action < actions; action++) {
      const value = values[from + action]!
      if (value < highest) continue
      if (value === highest) ties++
      else {
        highest = value
        best = action
        ties = 1
      }
    }
    this.highest = highest
    this.best = best
    this.ties = ties
  }

  /** The action that is number `rank` among those of the highest value. */
  private tied(state: number, rank: number): number {
    if (state === unseen) return rank
    const from = state * this.actions
    let action = this.best
    for (let left = rank; left > 0; ) if (this.values[from + ++action] === this.highest) left--
    return action
  }
}
