/**
 * The vectors of a whole catalogue, and which item scores highest for a user vector: score(i) = u · v(i) + b(i).
 *
 * Item and user vectors have one number more than they share, the last: an item's is its bias b(i), a user's what all items have alike, which
 * no order depends on. Items are gone through in blocks that stay in the processor's cache, each block for all users, so that a catalogue of
 * 100,000 is read from memory once for a batch; nothing as large as users × items is made.
 */
import type { ItemTower } from './item-dqn-tower'

/** Items that are scored, or put through the tower, at once. */
export const blockItems = 256

export class ItemVectors {
  /** [items, width] */
  readonly vectors: Float32Array
  private readonly items = new Int32Array(blockItems)
  private readonly outputs: Float32Array
  private bestScores = new Float64Array(0)
  private readonly blockScores = new Float64Array(blockItems)

  /**
   * @param count  items
   * @param width  numbers in a vector, bias included
   */
  constructor(
    readonly count: number,
    readonly width: number,
  ) {
    this.vectors = new Float32Array(count * width)
    this.outputs = new Float32Array(blockItems * width)
  }

  /** All vectors anew. */
  refresh(tower: ItemTower): void {
    const { count, width, vectors, items, outputs } = this
    for (let first = 0; first < count; first += blockItems) {
      const rows = Math.min(blockItems, count - first)
      for (let row = 0; row < rows; row++) items[row] = first + row
      tower.values(items, rows, outputs)
      for (let at = 0; at < rows * width; at++) vectors[first * width + at] = outputs[at]!
    }
  }

  /**
   * The item of the highest score for each user, the first of equals.
   *
   * @param users [rows, width]
   * @param out   [rows], overwritten
   * @param among items to choose from, of which the first of equals wins; all when left out
   */
  best(users: Float32Array, rows: number, out: Int32Array, among?: Int32Array): void {
    if (this.bestScores.length < rows) this.bestScores = new Float64Array(rows)
    const { bestScores, blockScores, width } = this
    const count = among ? among.length : this.count
    for (let row = 0; row < rows; row++) bestScores[row] = -Infinity
    for (let first = 0; first < count; first += blockItems) {
      const items = Math.min(blockItems, count - first)
      for (let row = 0; row < rows; row++) {
        this.scoreBlock(users, row * width, first, items, among)
        let highest = bestScores[row]!
        for (let at = 0; at < items; at++) {
          if (!(blockScores[at]! > highest)) continue
          highest = blockScores[at]!
          out[row] = among ? among[first + at]! : first + at
        }
        bestScores[row] = highest
      }
    }
  }

  /** u · v(i) + b(i) for every item. user [width], out [items] */
  score(user: Float32Array, out: Float32Array): void {
    for (let first = 0; first < this.count; first += blockItems) {
      const items = Math.min(blockItems, this.count - first)
      this.scoreBlock(user, 0, first, items)
      for (let at = 0; at < items; at++) out[first + at] = this.blockScores[at]!
    }
  }

  /** Scores of `items` items from number `first` on. */
  private scoreBlock(users: Float32Array, user: number, first: number, items: number, among?: Int32Array): void {
    const { vectors, width, blockScores } = this
    const shared = width - 1
    for (let at = 0; at < items; at++) {
      const from = (among ? among[first + at]! : first + at) * width
      // Two sums that do not wait for each other.
      let even = vectors[from + shared]!
      let odd = 0
      let place = 0
      for (; place + 1 < shared; place += 2) {
        even += users[user + place]! * vectors[from + place]!
        odd += users[user + place + 1]! * vectors[from + place + 1]!
      }
      if (place < shared) even += users[user + place]! * vectors[from + place]!
      blockScores[at] = even + odd
    }
  }
}
