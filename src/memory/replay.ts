/**
 * Experience replay (Lin 1992; Mnih et al. 2015): the last transitions seen, from which batches are drawn uniformly, with replacement.
 *
 * A ring over typed arrays that are made once; adding and sampling allocate nothing.
 */
import type { Generator } from '../random/generator'

/** A batch of transitions, filled by `sample`. */
export interface Batch {
  readonly rows: number
  /** [rows, width] */
  readonly observations: Float32Array
  /** [rows] */
  readonly actions: Int32Array
  /** [rows] */
  readonly rewards: Float32Array
  /** [rows, width]: what was observed next; the last observation of its episode where the episode ended. */
  readonly following: Float32Array
  /** [rows]: 1 where nothing follows. */
  readonly terminated: Uint8Array
  /** [rows], with n-step returns alone: how many steps lie between `observations` and `following`. */
  readonly steps?: Uint8Array
}

/** Everything in a replay: counters for `Checkpoint.state`, and the rows in use for `Checkpoint.arrays`. */
export interface ReplayState {
  readonly size: number
  readonly next: number
  readonly arrays: { readonly [Part in keyof Omit<Batch, 'rows'>]: Float32Array | Int32Array | Uint8Array }
}

/**
 * Buffers for batches of `rows` transitions.
 *
 * @param counted whether each says how many steps it spans; false: all span one
 */
export function makeBatch(rows: number, width: number, counted = false): Batch {
  return {
    rows,
    observations: new Float32Array(rows * width),
    actions: new Int32Array(rows),
    rewards: new Float32Array(rows),
    following: new Float32Array(rows * width),
    terminated: new Uint8Array(rows),
    ...(counted && { steps: new Uint8Array(rows) }),
  }
}

export class Replay {
  private readonly kept: Batch
  private readonly parts: readonly (keyof ReplayState['arrays'])[]
  private count = 0
  /** Where the next transition goes. */
  protected next = 0

  /**
   * @param capacity transitions kept, at least 1; the oldest gives way
   * @param width    numbers in one observation
   * @param counted  whether each transition says how many steps it spans; false: all span one
   */
  constructor(
    readonly capacity: number,
    readonly width: number,
    counted = false,
  ) {
    if (!(Number.isInteger(capacity) && capacity >= 1)) {
      throw new RangeError(`capacity is ${capacity}; it must be a whole number of at least 1`)
    }
    this.kept = makeBatch(capacity, width, counted)
    this.parts = counted ? [...everyParts, 'steps'] : everyParts
  }

  /** Transitions in it. */
  get size(): number {
    return this.count
  }

  /** Keeps one transition; observations are row `row` of the two arrays, `steps` (1 to 255) apart. */
  add(
    observations: Float32Array,
    following: Float32Array,
    row: number,
    action: number,
    reward: number,
    terminated: boolean,
    steps = 1,
  ): void {
    const { kept, width, next } = this
    copyRow(observations, row, kept.observations, next, width)
    copyRow(following, row, kept.following, next, width)
    kept.actions[next] = action
    kept.rewards[next] = reward
    kept.terminated[next] = terminated ? 1 : 0
    if (kept.steps) kept.steps[next] = steps
    this.next = (next + 1) % this.capacity
    if (this.count < this.capacity) this.count++
  }

  /**
   * Fills the batch, one draw a row.
   *
   * @throws Error when nothing has been kept yet
   */
  sample(generator: Generator, batch: Batch): void {
    this.requireSome()
    for (let row = 0; row < batch.rows; row++) {
      const drawn = Math.floor(generator.next() * this.count)
      this.take(drawn, batch, row)
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.count = 0
    this.next = 0
  }

  save(): ReplayState {
    const { count, width, kept } = this
    return {
      size: count,
      next: this.next,
      arrays: {
        observations: kept.observations.slice(0, count * width),
        actions: kept.actions.slice(0, count),
        rewards: kept.rewards.slice(0, count),
        following: kept.following.slice(0, count * width),
        terminated: kept.terminated.slice(0, count),
        ...(kept.steps && { steps: kept.steps.slice(0, count) }),
      },
    }
  }

  /** Takes a state of the same capacity and width, or throws and stays as it was. */
  load(state: ReplayState): void {
    this.check(state)
    const { size, next, arrays } = state
    this.count = size
    this.next = next
    for (const part of this.parts) this.kept[part]!.set(arrays[part]!)
  }

  /** @throws RangeError when a state does not fit */
  check({ size, next, arrays }: ReplayState): void {
    checkRing(size, next, this.capacity)
    for (const part of this.parts) {
      const wanted = part === 'observations' || part === 'following' ? size * this.width : size
      if (arrays[part]?.length !== wanted) {
        throw new RangeError(
          `the saved replay's ${part} are ${arrays[part]?.length} numbers; ${size} transitions of width ${this.width} have ${wanted}`,
        )
      }
    }
  }

  /** @throws Error when nothing has been kept yet */
  protected requireSome(): void {
    if (this.count === 0) throw new Error('the replay is empty; observe transitions before sampling')
  }

  /** Copies the transition at a place into a row of the batch. */
  protected take(place: number, batch: Batch, row: number): void {
    const { kept, width } = this
    copyRow(kept.observations, place, batch.observations, row, width)
    copyRow(kept.following, place, batch.following, row, width)
    batch.actions[row] = kept.actions[place]!
    batch.rewards[row] = kept.rewards[place]!
    batch.terminated[row] = kept.terminated[place]!
    if (batch.steps) batch.steps[row] = kept.steps?.[place] ?? 1
  }
}

const everyParts = ['observations', 'actions', 'rewards', 'following', 'terminated'] as const

/**
 * That a ring of so many places can hold `size` transitions and go on at `next`.
 *
 * @throws RangeError when it cannot
 */
export function checkRing(size: number, next: number, capacity: number): void {
  const fits = Number.isInteger(size) && size >= 0 && size <= capacity && next === (size < capacity ? size : next % capacity)
  if (!fits) throw new RangeError(`the saved replay holds ${size} transitions at ${next}; this one has room for ${capacity}`)
}

/** A loop: for rows this short `set` and `subarray` cost more, and they allocate. */
export function copyRow(from: Float32Array, fromRow: number, to: Float32Array, toRow: number, width: number): void {
  const source = fromRow * width
  const destination = toRow * width
  for (let at = 0; at < width; at++) to[destination + at] = from[source + at]!
}
