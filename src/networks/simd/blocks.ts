/** The blocks of memory that one network holds, given back together when it is disposed of or forgotten. */
import type { Block } from './arena'
import type { Engine } from './engine'

const forgotten = new FinalizationRegistry<Blocks>(blocks => blocks.giveAll())

/** Takes blocks, and remembers them so that they can be given back together. */
export class Blocks {
  private readonly taken: Block[] = []

  /** @param owner whose blocks they are: when it is collected as garbage they are given back */
  constructor(
    readonly engine: Engine,
    owner: object,
  ) {
    forgotten.register(owner, this, this)
  }

  take(bytes: number): Block {
    const block = this.engine.arena.take(bytes)
    this.taken.push(block)
    return block
  }

  /** The blocks that `take` takes. */
  during(take: () => void): readonly Block[] {
    const before = this.taken.length
    take()
    return this.taken.slice(before)
  }

  give(block: Block): void {
    this.taken.splice(this.taken.indexOf(block), 1)
    this.engine.arena.give(block)
  }

  giveAll(): void {
    forgotten.unregister(this)
    for (const block of this.taken.splice(0)) this.engine.arena.give(block)
  }
}
