/**
 * States by number, for tables: from an observation row to 0, 1, 2, … in the order in which the states are met.
 *
 * Two rows are one state when the columns looked at hold the same numbers, rounded to bins where that is asked for. Where a single column
 * is looked at and it is an id, the id itself is the state and every state is there from the start. Otherwise the numbers are kept in an
 * open hash table (linear probing; Knuth, The Art of Computer Programming 3, section 6.4), which a look-up reads without allocating
 * anything.
 */
import { UserError } from '../data/user-error'
import type { Spec } from '../envs/env'
import type { Checkpoint } from './agent'
import { arrayOf, countOf } from './checkpoints'

export interface StateIndexOptions {
  /** The columns of the observation that tell states apart; left out, all. */
  readonly columns?: readonly number[]
  /**
   * Round every number looked at, ids excepted, to so many steps of equal width between `binsFrom` and `binsTo`; left out, exact
   * numbers.
   */
  readonly bins?: number
  /** Where the first bin begins; what lies lower falls into it; 0. */
  readonly binsFrom: number
  /** Where the last bin ends; what lies higher falls into it; 1. */
  readonly binsTo: number
  /** The most states that the table may hold; 100,000. With 500 actions, a million states take 4 GB. */
  readonly mostStates: number
}

/** No state: one that has not been met. */
export const unseen = -1

const fewestSlots = 64

export class StateIndex {
  /** How states are told apart, in words: two indexes with the same words number the same rows alike. */
  readonly words: string
  /** Columns looked at. */
  readonly width: number
  /** States met so far. */
  count: number
  private readonly rowWidth: number
  private readonly columns: Int32Array
  /** For each column looked at: 1 where its numbers are rounded. */
  private readonly rounded: Uint8Array
  /** How many ids the only column has; 0 where rows are hashed. */
  private readonly ids: number
  /** The numbers of the row last asked for, and the same as bits. */
  private readonly key: Float32Array
  private readonly bits: Int32Array
  /** [count, columns] and what is left for more. */
  private keys: Float32Array = new Float32Array(0)
  /** A power of two, at least twice the states: the state that stands there, or `unseen`. */
  private slots = new Int32Array(fewestSlots).fill(unseen)

  /** @throws UserError for columns that the row does not have, and bins that round nothing */
  constructor(
    private readonly agent: string,
    spec: Spec,
    private readonly options: StateIndexOptions,
  ) {
    const { bins, binsFrom, binsTo, mostStates } = options
    const chosen = options.columns ?? Array.from({ length: spec.width }, (_, column) => column)
    this.rowWidth = spec.width
    this.width = chosen.length
    this.columns = Int32Array.from(chosen)
    checkColumns(agent, spec, chosen)
    const categories = categoriesOf(spec)
    this.rounded = Uint8Array.from(chosen, column => (bins !== undefined && categories[column] === 0 ? 1 : 0))
    if (bins !== undefined && !this.rounded.includes(1)) {
      throw new UserError(`${agent}: bins is ${bins}, but every column looked at is an id, which is not rounded; leave bins out`)
    }
    if (!(binsFrom < binsTo)) throw new UserError(`${agent}: binsFrom is ${binsFrom}; it must be below binsTo, ${binsTo}`)
    this.ids = chosen.length === 1 ? categories[chosen[0]!]! : 0
    if (this.ids > mostStates) throw this.tooMany()
    this.count = this.ids
    this.key = new Float32Array(chosen.length)
    this.bits = new Int32Array(this.key.buffer)
    const rounding = bins === undefined ? 'exact' : `in ${bins} bins from ${binsFrom} to ${binsTo}`
    this.words = `${this.ids ? `${this.ids} ids in column` : 'columns'} ${chosen.join(', ')} of ${spec.width}, ${rounding}`
  }

  /**
   * The state of a row; `unseen` where it has not been met.
   *
   * @param rows [rows, width]
   * @throws RangeError for a number that is no id where one is expected
   */
  find(rows: Float32Array, row: number): number {
    if (this.ids > 0) return this.idOf(rows, row)
    return this.slots[this.slotOf(rows, row)]!
  }

  /**
   * The state of a row, which gets the next number when it has not been met.
   *
   * @throws UserError when there are as many states as there may be
   */
  add(rows: Float32Array, row: number): number {
    if (this.ids > 0) return this.idOf(rows, row)
    const slot = this.slotOf(rows, row)
    const found = this.slots[slot]!
    if (found !== unseen) return found
    if (this.count === this.options.mostStates) throw this.tooMany()
    const { width } = this
    if (this.keys.length === this.count * width) this.keys = enlarged(this.keys, Math.max(fewestSlots, 2 * this.count) * width)
    for (let at = 0; at < width; at++) this.keys[this.count * width + at] = this.key[at]!
    this.slots[slot] = this.count
    this.count++
    if (2 * this.count > this.slots.length) this.spread(2 * this.slots.length)
    return this.count - 1
  }

  /** Forgets the states numbered `count` and higher, as if they had not been met. */
  shrink(count: number): void {
    if (count === this.count) return
    this.count = count
    this.spread(this.slots.length)
  }

  /** The numbers that tell the states apart, [count, columns]; none where ids do. */
  save(): { readonly keys?: Float32Array } {
    return this.ids > 0 ? {} : { keys: this.keys.slice(0, this.count * this.width) }
  }

  /**
   * Reads the states of a checkpoint and changes nothing.
   *
   * @returns how many there are, and what takes them over
   * @throws Error when states are told apart in another way there, or do not add up
   */
  read(checkpoint: Checkpoint): { readonly count: number; readonly take: () => void } {
    const { stateColumns } = checkpoint.state
    if (stateColumns !== this.words) {
      throw new Error(
        `the checkpoint tells states apart by ${stateColumns}; this agent by ${this.words}: it is of another shop or other options`,
      )
    }
    const count = countOf(checkpoint, 'states')
    if (this.ids > 0) {
      if (count !== this.ids) throw new Error(`the checkpoint has ${count} states; this agent has ${this.ids}`)
      return { count, take() {} }
    }
    if (count > this.options.mostStates) throw this.tooMany()
    const keys = arrayOf(checkpoint, 'keys', Float32Array, count * this.width)
    return {
      count,
      take: () => {
        this.keys = keys.slice()
        this.count = count
        let slots = fewestSlots
        while (slots < 2 * count) slots *= 2
        this.spread(slots)
      },
    }
  }

  private idOf(rows: Float32Array, row: number): number {
    const id = rows[row * this.rowWidth + this.columns[0]!]!
    if (id >= 0 && id < this.ids && id === Math.floor(id)) return id
    throw new RangeError(`column ${this.columns[0]} of row ${row} is ${id}; it must be a whole number between 0 and ${this.ids - 1}`)
  }

  /** The slot in which the state of a row stands, or would; its numbers are then in `key`. */
  private slotOf(rows: Float32Array, row: number): number {
    const { columns, rounded, key, rowWidth } = this
    const { bins = 1, binsFrom, binsTo } = this.options
    for (let at = 0; at < columns.length; at++) {
      const value = rows[row * rowWidth + columns[at]!]!
      // Adding 0 makes one zero of the two that floating point has.
      if (rounded[at] === 0) key[at] = value + 0
      else key[at] = Math.min(bins - 1, Math.max(0, Math.floor(((value - binsFrom) / (binsTo - binsFrom)) * bins)))
    }
    return this.probe(this.bits, 0, this.slots)
  }

  /** The slot of the numbers whose bits begin at `from`. */
  private probe(bits: Int32Array, from: number, slots: Int32Array): number {
    const { keys, key, width } = this
    const mask = slots.length - 1
    let hash = 0x811c9dc5
    for (let at = 0; at < width; at++) {
      hash = Math.imul(hash ^ bits[from + at]!, 0x01000193)
      // Small whole numbers differ in their high bits alone; the slot is taken from the low ones.
      hash ^= hash >>> 15
    }
    hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995)
    let slot = (hash ^ (hash >>> 15)) & mask
    for (; slots[slot] !== unseen; slot = (slot + 1) & mask) {
      const first = slots[slot]! * width
      let at = 0
      while (at < width && keys[first + at] === key[at]) at++
      if (at === width) break
    }
    return slot
  }

  /** Puts all states into so many slots. */
  private spread(length: number): void {
    const slots = new Int32Array(length).fill(unseen)
    const { width } = this
    for (let state = 0; state < this.count; state++) {
      this.key.set(this.keys.subarray(state * width, (state + 1) * width))
      slots[this.probe(this.bits, 0, slots)] = state
    }
    this.slots = slots
  }

  private tooMany(): UserError {
    return new UserError(
      `${this.agent}: there are more than ${this.options.mostStates} states (mostStates); look at fewer columns (columns), round the numbers (bins), allow more, or choose an agent that generalises from one state to another, such as double-dqn`,
    )
  }
}

/** For each number of an observation row: how many ids it may be, 0 for a plain number. */
function categoriesOf({ layout, width }: Spec): number[] {
  const all = Array<number>(width).fill(0)
  for (const { offset, shape, categories } of layout) {
    if (!categories) continue
    const size = shape.reduce((product, length) => product * length, 1)
    for (let at = 0; at < size; at++) all[offset + at] = categories[at % categories.length]!
  }
  return all
}

function checkColumns(agent: string, { name, width }: Spec, columns: readonly number[]): void {
  if (columns.length === 0) throw new UserError(`${agent}: columns is empty; it must name at least one column of the observation`)
  for (const [at, column] of columns.entries()) {
    if (column >= width) throw new UserError(`${agent}: columns.${at} is ${column}; ${name} observes columns 0 to ${width - 1}`)
    if (columns.indexOf(column) !== at) throw new UserError(`${agent}: columns has ${column} twice; it must name each column once`)
  }
}

function enlarged(array: Float32Array, length: number): Float32Array {
  const larger = new Float32Array(length)
  larger.set(array)
  return larger
}
