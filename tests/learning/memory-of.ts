/** What the tests of memory measure, after the garbage is gone, which would otherwise come and go by 60 MB. */
import v8 from 'node:v8'
import vm from 'node:vm'
import { simdEngine } from '../../src/networks/simd/engine'
import { tensorflow } from '../../src/networks/tensorflow'

v8.setFlagsFromString('--expose-gc')
const collectGarbage = vm.runInNewContext('gc') as () => void

export interface Memory {
  /** In MB: of the process, of JavaScript's objects, and of typed arrays. */
  readonly resident: number
  readonly heap: number
  readonly buffers: number
  /** Bytes of our kernels' memory, those of them that nobody has taken, and how many tensors TensorFlow holds. */
  readonly kernels: number
  readonly free: number
  readonly tensors: number
}

export async function memory(): Promise<Memory> {
  const [{ memory: kernels, arena }, { tf }] = [await simdEngine('simd'), await tensorflow()]
  collectGarbage()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  const [resident, heap, buffers] = [rss, heapUsed, arrayBuffers].map(bytes => bytes / 2 ** 20) as [number, number, number]
  return { resident, heap, buffers, kernels: kernels.buffer.byteLength, free: arena.freeBytes, tensors: tf.memory().numTensors }
}

/** How much more there is of each. */
export function growth(before: Memory, after: Memory): Memory {
  return {
    resident: after.resident - before.resident,
    heap: after.heap - before.heap,
    buffers: after.buffers - before.buffers,
    kernels: after.kernels - before.kernels,
    free: after.free - before.free,
    tensors: after.tensors - before.tensors,
  }
}
