/**
 * Which item a candidate is, for agents that remember items which come as the candidates of a slate: an item is what its features say. Rows
 * that are equal to the last bit are the same item, whatever its place among the candidates; two items of the same features cannot be told
 * apart, and none need to be.
 *
 * A table of rows with open addressing (Knuth, The Art of Computer Programming 3, section 6.4, linear probing), so that looking a candidate
 * up allocates nothing.
 */
import { UserError } from '../data/user-error'

/** More different candidates than this are no catalogue that comes back, but features made anew for every step. */
export const mostSlateItems = 10_000

export class SlateItems {
  /** How many different items have been seen. */
  count = 0
  /** [items, width] as bits, room for more behind. */
  private rows: Int32Array
  /** For each place of the table: an item, or -1. */
  private table: Int32Array

  /** @param width numbers of a candidate */
  constructor(
    private readonly agent: string,
    private readonly shop: string,
    private readonly width: number,
  ) {
    this.rows = new Int32Array(64 * width)
    this.table = new Int32Array(256).fill(-1)
  }

  /**
   * The number of the item whose features begin at `from`, in the order in which items were added; -1 when it was never added.
   *
   * @param bits the observations' bits, see `bitsOf`
   */
  find(bits: Int32Array, from: number): number {
    return this.table[this.place(bits, from)]!
  }

  /**
   * The same, and adds it when it is new.
   *
   * @throws UserError when there would be more than 10,000
   */
  add(bits: Int32Array, from: number): number {
    const { width } = this
    const place = this.place(bits, from)
    const known = this.table[place]!
    if (known >= 0) return known
    if (this.count === mostSlateItems) {
      throw new UserError(
        `${this.agent} remembers the items shown, and ${this.shop} has shown ${mostSlateItems} different ones, more than a catalogue; choose another agent`,
      )
    }
    if ((this.count + 1) * width > this.rows.length) this.rows = enlarged(this.rows)
    for (let at = 0; at < width; at++) this.rows[this.count * width + at] = bits[from + at]!
    this.table[place] = this.count++
    // A table half full is found through in a step or two.
    if (this.count * 2 > this.table.length) this.rebuild(this.table.length * 2)
    return this.count - 1
  }

  /** Forgets all but the first so many. */
  truncate(count: number): void {
    if (count === this.count) return
    this.count = count
    this.rebuild(this.table.length)
  }

  /** [items, width]: the features, in the order in which the items were added. */
  features(): Float32Array {
    return new Float32Array(this.rows.slice(0, this.count * this.width).buffer)
  }

  /**
   * Items as `features` gives them.
   *
   * @throws Error when two are the same, or there are more than 10,000
   */
  load(features: Float32Array): void {
    const bits = bitsOf(features)
    const wanted = features.length / this.width
    const other = new SlateItems(this.agent, this.shop, this.width)
    for (let item = 0; item < wanted; item++) other.add(bits, item * this.width)
    if (other.count !== wanted) throw new Error('the checkpoint has the same item twice; it is damaged')
    this.count = other.count
    this.rows = other.rows
    this.table = other.table
  }

  /** Where in the table the item stands, or would stand. */
  private place(bits: Int32Array, from: number): number {
    const { width, table, rows } = this
    // Fowler-Noll-Vo, a word at a time; the upper bits are mixed in, since floats that are whole numbers end in zeros.
    let hash = -2128831035
    for (let at = 0; at < width; at++) {
      hash = Math.imul(hash ^ bits[from + at]!, 16777619)
      hash ^= hash >>> 15
    }
    const last = table.length - 1
    for (let place = hash & last; ; place = (place + 1) & last) {
      const item = table[place]!
      if (item < 0) return place
      let same = 0
      while (same < width && rows[item * width + same] === bits[from + same]) same++
      if (same === width) return place
    }
  }

  private rebuild(size: number): void {
    this.table = new Int32Array(size).fill(-1)
    for (let item = 0; item < this.count; item++) this.table[this.place(this.rows, item * this.width)] = item
  }
}

/** The same memory, as bits. */
export function bitsOf(numbers: Float32Array): Int32Array {
  return new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length)
}

function enlarged(rows: Int32Array): Int32Array {
  const larger = new Int32Array(rows.length * 2)
  larger.set(rows)
  return larger
}
