/**
 * Prioritised experience replay (Schaul, Quan, Antonoglou & Silver 2016, arXiv 1511.05952), the proportional variant: what surprised the
 * learner is replayed more often.
 *
 *   p_i = |temporal-difference error| + ε        of a new transition the highest there has been, so that each is replayed soon
 *   P(i) = p_i^α / Σ p_k^α                       α, `exponent`: 0 draws all alike
 *   w_i = (N · P(i))^-β / max_j w_j              β, the importance exponent: 1 undoes the bias of drawing unevenly
 *
 * A batch is drawn in as many strata as it has rows: one from each of the equal parts of Σ p_k^α. The maximum that weights are divided by is
 * the batch's.
 */
import type { Generator } from '../random/generator'
import { type Batch, Replay, type ReplayState } from './replay'
import { SumTree } from './sum-tree'

/** ε: keeps every transition possible. */
const leastPriority = 1e-6

/** A replay's state with its priorities. */
export interface PrioritisedState extends ReplayState {
  /** p_i^α of every transition kept. */
  readonly priorities: Float64Array
  /** The highest there has been. */
  readonly highest: number
}

export class PrioritisedReplay extends Replay {
  /** Of the batch last drawn, [rows]: w_i, for the loss. */
  readonly weights: Float32Array
  /** Of the batch last drawn, [rows]: to be filled with its temporal-difference errors for `reprioritise`. */
  readonly errors: Float32Array
  private readonly places: Int32Array
  /** p_i^α of every place. */
  private readonly tree: SumTree
  private highest = 1

  /**
   * @param capacity transitions kept, at least 1; the oldest gives way
   * @param width    numbers in one observation
   * @param rows     of a batch
   * @param exponent α, 0 to 1
   * @param counted  whether each transition says how many steps it spans; false: all span one
   */
  constructor(
    capacity: number,
    width: number,
    rows: number,
    private readonly exponent: number,
    counted = false,
  ) {
    super(capacity, width, counted)
    this.weights = new Float32Array(rows)
    this.errors = new Float32Array(rows)
    this.places = new Int32Array(rows)
    this.tree = new SumTree(capacity)
  }

  override add(
    observations: Float32Array,
    following: Float32Array,
    row: number,
    action: number,
    reward: number,
    terminated: boolean,
    steps = 1,
  ): void {
    this.tree.set(this.next, this.highest)
    super.add(observations, following, row, action, reward, terminated, steps)
  }

  /**
   * Fills the batch, one draw a row, and `weights`.
   *
   * @param importance β, 0 to 1
   * @throws Error when nothing has been kept yet
   * @throws RangeError for a batch of another number of rows than the replay was made for
   */
  override sample(generator: Generator, batch: Batch, importance = 1): void {
    this.requireSome()
    const { tree, places, weights } = this
    const { rows } = batch
    if (rows !== places.length) throw new RangeError(`the batch has ${rows} rows; this replay was made for batches of ${places.length}`)
    const stratum = tree.total / rows
    let largest = 0
    for (let row = 0; row < rows; row++) {
      const place = tree.find((row + generator.next()) * stratum)
      this.take(place, batch, row)
      places[row] = place
      weights[row] = ((this.size * tree.at(place)) / tree.total) ** -importance
      largest = Math.max(largest, weights[row]!)
    }
    for (let row = 0; row < rows; row++) weights[row]! /= largest
  }

  /** Gives the transitions of the batch last drawn the priorities of their `errors`. */
  reprioritise(): void {
    const { tree, places, errors } = this
    for (let row = 0; row < places.length; row++) {
      const priority = (Math.abs(errors[row]!) + leastPriority) ** this.exponent
      this.highest = Math.max(this.highest, priority)
      tree.set(places[row]!, priority)
    }
  }

  override clear(): void {
    super.clear()
    this.tree.load(new Float64Array(0))
    this.highest = 1
  }

  override save(): PrioritisedState {
    return { ...super.save(), priorities: this.tree.save(this.size), highest: this.highest }
  }

  /** Takes a state of the same capacity and width, or throws and stays as it was. */
  override load(state: PrioritisedState): void {
    super.load(state)
    this.tree.load(state.priorities)
    this.highest = state.highest
  }

  override check(state: PrioritisedState): void {
    super.check(state)
    const { size, priorities, highest } = state
    if (priorities.length !== size)
      throw new RangeError(`the saved priorities are ${priorities.length} numbers; ${size} transitions have ${size}`)
    const wrong = priorities.find(priority => !(priority > 0 && priority <= highest))
    if (wrong !== undefined || !Number.isFinite(highest)) {
      throw new RangeError(`a saved priority is ${wrong ?? highest}; it must be above 0, finite, and at most the highest, ${highest}`)
    }
  }
}

/** β after so many updates: in a straight line from `start` to 1 over `updates` of them (section 3.4). */
export function importanceAfter(update: number, start: number, updates: number): number {
  return Math.min(1, start + ((1 - start) * update) / updates)
}
