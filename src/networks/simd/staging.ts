/** A stretch of the kernels' memory through which rows come in from typed arrays and go out to them; it grows as needed and is kept. */
import { checkLength } from '../check'
import type { Block } from './arena'
import type { Blocks } from './blocks'

/** What a kernel may write behind the last number. */
const SLACK = 16

export class Staging {
  private block: Block | undefined
  /** The first numbers of the block, as many as were asked for last, so that no view is made as long as that stays the same. */
  private view: Float32Array = new Float32Array(0)

  constructor(private readonly blocks: Blocks) {}

  /** The address of room for `count` numbers. */
  room(count: number): number {
    const bytes = 4 * count + SLACK
    if (this.block === undefined || this.block.bytes < bytes) {
      if (this.block) this.blocks.give(this.block)
      this.block = this.blocks.take(bytes)
    }
    return this.block.address
  }

  /**
   * Brings the first `count` numbers of an array in, with zeros behind them up to a multiple of 4, and returns where they lie.
   *
   * @param what the array is, for the message
   * @throws RangeError when there are fewer
   */
  bring(what: string, values: Float32Array, count: number): number {
    checkLength(what, values, count)
    const address = this.room(count)
    this.first(count).set(values.length === count ? values : values.subarray(0, count))
    this.block!.floats.fill(0, count, count + 3)
    return address
  }

  /** Copies the first `count` numbers out. */
  fetch(out: Float32Array, count: number): void {
    out.set(this.first(count))
  }

  /** A view that the memory has outgrown has no length any more. */
  private first(count: number): Float32Array {
    const { floats } = this.block!
    if (this.view.length !== count || this.view.byteOffset !== floats.byteOffset) this.view = floats.subarray(0, count)
    return this.view
  }
}
