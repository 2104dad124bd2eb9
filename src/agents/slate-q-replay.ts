/**
 * Replay of slates: what was observed, shown, clicked and earned, what followed, and the slate shown next where it is known.
 *
 * A ring over typed arrays that are made once, as memory/replay.ts is for single actions; batches are drawn uniformly, with replacement.
 */
import { checkRing } from '../memory/replay'
import type { Generator } from '../random/generator'

/** Transitions in rows; also what the ring itself is. */
export interface SlateBatch {
  readonly rows: number
  /** [rows, width] */
  readonly observations: Float32Array
  /** [rows, size]: positions among the candidates. */
  readonly slates: Int32Array
  /** [rows]: the position clicked in the slate, -1 for none. */
  readonly clicked: Int32Array
  /** [rows] */
  readonly rewards: Float32Array
  /** [rows, width]: what was observed next; the last observation of its episode where the episode ended. */
  readonly following: Float32Array
  /** [rows, size]: the slate shown next, -1 throughout where there was none or it is not known. */
  readonly nextSlates: Int32Array
  /** [rows]: 1 where nothing follows. */
  readonly terminated: Uint8Array
}

export const slateBatchParts = ['observations', 'slates', 'clicked', 'rewards', 'following', 'nextSlates', 'terminated'] as const
type Part = (typeof slateBatchParts)[number]

/** The arrays of a batch, as a checkpoint holds them. */
export type SlateArrays = Omit<SlateBatch, 'rows'>

export interface SlateReplayState {
  readonly size: number
  readonly next: number
  readonly arrays: SlateArrays
}

export function makeSlateBatch(rows: number, width: number, size: number): SlateBatch {
  return {
    rows,
    observations: new Float32Array(rows * width),
    slates: new Int32Array(rows * size),
    clicked: new Int32Array(rows),
    rewards: new Float32Array(rows),
    following: new Float32Array(rows * width),
    nextSlates: new Int32Array(rows * size),
    terminated: new Uint8Array(rows),
  }
}

/** Numbers of each part in a row. */
export function slateBatchWidths(width: number, size: number): Readonly<Record<Part, number>> {
  return { observations: width, slates: size, clicked: 1, rewards: 1, following: width, nextSlates: size, terminated: 1 }
}

export class SlateReplay {
  private readonly kept: SlateBatch
  private count = 0
  private next = 0

  /**
   * @param capacity transitions kept, at least 1; the oldest gives way
   * @param width    numbers in one observation
   * @param size     of a slate
   */
  constructor(
    readonly capacity: number,
    readonly width: number,
    readonly size: number,
  ) {
    this.kept = makeSlateBatch(capacity, width, size)
  }

  /** Transitions in it. */
  get length(): number {
    return this.count
  }

  /** Keeps row `row` of a batch. */
  add(from: SlateBatch, row: number): void {
    copyTransition(from, row, this.kept, this.next, this.width, this.size)
    this.next = (this.next + 1) % this.capacity
    if (this.count < this.capacity) this.count++
  }

  /**
   * Fills the batch, one draw a row.
   *
   * @throws Error when nothing has been kept yet
   */
  sample(generator: Generator, batch: SlateBatch): void {
    if (this.count === 0) throw new Error('the replay is empty; observe transitions before sampling')
    for (let row = 0; row < batch.rows; row++) {
      copyTransition(this.kept, Math.floor(generator.next() * this.count), batch, row, this.width, this.size)
    }
  }

  clear(): void {
    this.count = 0
    this.next = 0
  }

  save(): SlateReplayState {
    const { count, next, kept, width, size } = this
    const arrays = makeSlateBatch(count, width, size)
    for (const part of slateBatchParts) arrays[part].set(kept[part].subarray(0, arrays[part].length))
    return { size: count, next, arrays }
  }

  /** @throws RangeError when the counters of a state do not fit */
  check({ size, next }: Pick<SlateReplayState, 'size' | 'next'>): void {
    checkRing(size, next, this.capacity)
  }

  /** Takes a state of the same capacity and widths, which has been checked. */
  load({ size, next, arrays }: SlateReplayState): void {
    this.count = size
    this.next = next
    for (const part of slateBatchParts) this.kept[part].set(arrays[part])
  }
}

/** Loops: for rows this short `set` and `subarray` cost more, and they allocate. */
export function copyTransition(from: SlateBatch, source: number, to: SlateBatch, target: number, width: number, size: number): void {
  for (let at = 0; at < width; at++) {
    to.observations[target * width + at] = from.observations[source * width + at]!
    to.following[target * width + at] = from.following[source * width + at]!
  }
  for (let at = 0; at < size; at++) {
    to.slates[target * size + at] = from.slates[source * size + at]!
    to.nextSlates[target * size + at] = from.nextSlates[source * size + at]!
  }
  to.clicked[target] = from.clicked[source]!
  to.rewards[target] = from.rewards[source]!
  to.terminated[target] = from.terminated[source]!
}
