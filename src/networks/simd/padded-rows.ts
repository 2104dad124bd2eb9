/** A stretch of the kernels' memory for padded rows of one width; it grows as needed and is kept. */
import type { Block } from './arena'
import type { Blocks } from './blocks'
import { paddedRows } from './padded'

export class PaddedRows {
  /** Bytes of a row. */
  readonly stride: number
  private block: Block | undefined
  private address = 0

  constructor(
    private readonly blocks: Blocks,
    width: number,
  ) {
    this.stride = 4 * width
  }

  /** Makes room for `rows` rows, and returns where they begin. What lay there may be lost. */
  room(rows: number): number {
    const bytes = paddedRows(rows) * this.stride
    if (this.block === undefined || this.block.bytes < bytes) {
      if (this.block) this.blocks.give(this.block)
      this.block = this.blocks.take(bytes)
      this.address = this.block.address
    }
    return this.address
  }

  /** Where row `row` begins. */
  at(row: number): number {
    return this.address + row * this.stride
  }
}
