import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Arena, type Block, type GrowingMemory } from '../../src/networks/simd/arena'

/** Grows as a WebAssembly memory does: the old buffer is lost, and views of it have no length any more. */
function memory(): GrowingMemory {
  let buffer = new ArrayBuffer(65_536)
  return {
    get buffer() {
      return buffer
    },
    grow(pages) {
      const before = buffer.byteLength / 65_536
      const larger = new ArrayBuffer(buffer.byteLength + pages * 65_536)
      new Uint8Array(larger).set(new Uint8Array(buffer))
      structuredClone(buffer, { transfer: [buffer] })
      buffer = larger
      return before
    },
  }
}

test('blocks never overlap, keep their numbers while the memory grows, and begin as zeros', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 40_000 }), { maxLength: 60 }), orders => {
      const arena = new Arena(memory(), 100)
      const blocks: { block: Block; mark: number }[] = []
      orders.forEach((order, at) => {
        if (order <= 0) {
          const [given] = blocks.splice(-order % (blocks.length || 1), 1)
          if (given) arena.give(given.block)
          return
        }
        const block = arena.take(4 * order)
        expect(block.floats.every(value => value === 0)).toBe(true)
        block.floats.fill(at + 1)
        blocks.push({ block, mark: at + 1 })
      })
      for (const { block, mark } of blocks) expect(block.floats.every(value => value === mark)).toBe(true)
    }),
    { seed: 1, numRuns: 50 },
  )
})

test('what is given back joins into one gap, whatever the order', () => {
  const grown = memory()
  const arena = new Arena(grown, 0)
  for (const order of [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [1, 3, 0, 2],
  ]) {
    const blocks = order.map(() => arena.take(16_384))
    for (const at of order) arena.give(blocks[at]!)
    arena.give(arena.take(65_536))
  }
  expect(grown.buffer.byteLength).toBe(65_536)
})
