/**
 * The last steps of each copy that a table agent has yet to learn from, since what follows them is not known: S, A and R of each,
 * oldest first.
 */
import type { Checkpoint } from './agent'
import { arrayOf, countOf } from './checkpoints'
import { unseen } from './state-index'

export class OpenSteps {
  /** [copies]: how many are open. */
  readonly count: Int32Array
  /** [copies]: the state that the newest of them led to. */
  readonly next: Int32Array
  /** [copies, most]: a ring for each copy, whose oldest step stands at `oldest` [copies]. */
  readonly states: Int32Array
  readonly actions: Int32Array
  readonly rewards: Float64Array
  readonly oldest: Int32Array

  /** @param most steps open at once in a copy, at least 1 */
  constructor(
    readonly copies: number,
    readonly most: number,
  ) {
    this.count = new Int32Array(copies)
    this.next = new Int32Array(copies)
    this.oldest = new Int32Array(copies)
    this.states = new Int32Array(copies * most)
    this.actions = new Int32Array(copies * most)
    this.rewards = new Float64Array(copies * most)
  }

  /** Where a copy's step number `rank` stands in the arrays, 0 being the oldest. */
  at(copy: number, rank: number): number {
    return copy * this.most + ((this.oldest[copy]! + rank) % this.most)
  }

  /** Opens one more; there must be fewer than `most`. */
  push(copy: number, state: number, action: number, reward: number, next: number): void {
    const at = this.at(copy, this.count[copy]!++)
    this.states[at] = state
    this.actions[at] = action
    this.rewards[at] = reward
    this.next[copy] = next
  }

  /** Closes the oldest. */
  shift(copy: number): void {
    this.oldest[copy] = (this.oldest[copy]! + 1) % this.most
    this.count[copy]!--
  }

  /** The arrays by name, for a checkpoint. */
  save(): Readonly<Record<string, Int32Array | Float64Array>> {
    return Object.fromEntries(arrayNames.map(name => [`open.${name}`, this[name].slice()]))
  }

  /** What `save` gave, read from a checkpoint whose `copies` may be others; nothing is changed. */
  static read(checkpoint: Checkpoint, most: number, states: number, actions: number): OpenSteps {
    const open = new OpenSteps(countOf(checkpoint, 'copies'), most)
    for (const name of arrayNames) {
      const kind = name === 'rewards' ? Float64Array : Int32Array
      open[name].set(arrayOf<Int32Array | Float64Array>(checkpoint, `open.${name}`, kind, open[name].length))
    }
    // An episode that ended led to no state that has a number.
    const lows: Readonly<Record<string, number>> = { next: unseen }
    const limits = { count: most + 1, next: states, oldest: most, states: Math.max(1, states), actions } as const
    for (const [name, limit] of Object.entries(limits)) {
      const low = lows[name] ?? 0
      const wrong = open[name as keyof typeof limits].find(value => !(value >= low && value < limit))
      if (wrong !== undefined) throw new Error(`open.${name} has ${wrong} in the checkpoint; it must be between ${low} and ${limit - 1}`)
    }
    return open
  }
}

const arrayNames = ['count', 'next', 'oldest', 'states', 'actions', 'rewards'] as const
