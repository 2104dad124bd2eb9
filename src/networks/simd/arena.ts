/** Blocks of one WebAssembly memory: taken and given back, so that networks may come and go while the memory stays as large as it was. */

const PAGE = 65_536
/** A cache line, so that blocks begin on one. */
const LINE = 64

/** What is used of a WebAssembly.Memory. */
export interface GrowingMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** A stretch of the memory. Its views are renewed when the memory has grown, for growing takes away the old ones. */
export class Block {
  private floatView = new Float32Array(0)
  private intView = new Int32Array(0)

  constructor(
    private readonly memory: GrowingMemory,
    readonly address: number,
    readonly bytes: number,
  ) {}

  /** The block as numbers of 32 bits. */
  get floats(): Float32Array {
    if (this.floatView.length === 0) this.floatView = new Float32Array(this.memory.buffer, this.address, this.bytes / 4)
    return this.floatView
  }

  get ints(): Int32Array {
    if (this.intView.length === 0) this.intView = new Int32Array(this.memory.buffer, this.address, this.bytes / 4)
    return this.intView
  }
}

/** First fit over the gaps between blocks; a gap given back joins its neighbours. */
export class Arena {
  /** What is free, by address; the last one reaches to the end of the memory. */
  private readonly gaps: { address: number; bytes: number }[]

  constructor(
    private readonly memory: GrowingMemory,
    firstFree: number,
  ) {
    const address = roundUp(firstFree, LINE)
    this.gaps = [{ address, bytes: memory.buffer.byteLength - address }]
  }

  /** Bytes that no block has. */
  get freeBytes(): number {
    return this.gaps.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** A block filled with zeros. */
  take(bytes: number): Block {
    const size = roundUp(bytes, LINE)
    let gap = this.gaps.find(gap => gap.bytes >= size)
    if (!gap) {
      const before = this.memory.buffer.byteLength
      this.memory.grow(Math.ceil(size / PAGE))
      this.join(before, this.memory.buffer.byteLength - before)
      gap = this.gaps.find(gap => gap.bytes >= size)!
    }
    const block = new Block(this.memory, gap.address, size)
    gap.address += size
    gap.bytes -= size
    if (gap.bytes === 0) this.gaps.splice(this.gaps.indexOf(gap), 1)
    block.ints.fill(0)
    return block
  }

  give(block: Block): void {
    this.join(block.address, block.bytes)
  }

  private join(address: number, bytes: number): void {
    const { gaps } = this
    const found = gaps.findIndex(gap => gap.address > address)
    const place = found === -1 ? gaps.length : found
    gaps.splice(place, 0, { address, bytes })
    for (const at of [place + 1, place]) {
      const [before, after] = [gaps[at - 1], gaps[at]]
      if (!before || !after || before.address + before.bytes !== after.address) continue
      before.bytes += after.bytes
      gaps.splice(at, 1)
    }
  }
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit
}
