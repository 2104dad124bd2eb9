/**
 * Memory over a long training of DQN's switches: 20,000 updates of the duelling and of the prioritised agent, a minute and a half on our
 * kernels, five on TensorFlow.
 */
import v8 from 'node:v8'
import vm from 'node:vm'
import { expect, test } from 'vitest'
import { type DoubleDqnOptions, doubleDqn } from '../../src/agents/double-dqn'
import { candyStore } from '../../src/envs/candy-store'
import { simdEngine } from '../../src/networks/simd/engine'
import { tensorflow } from '../../src/networks/tensorflow'
import { train } from '../../src/train/train'

v8.setFlagsFromString('--expose-gc')
const collectGarbage = vm.runInNewContext('gc') as () => void

/** In MB, after the garbage is gone. */
function memory(): { readonly resident: number; readonly heap: number } {
  collectGarbage()
  const { rss, heapUsed } = process.memoryUsage()
  return { resident: rss / 2 ** 20, heap: heapUsed / 2 ** 20 }
}

const switches: Readonly<Record<string, Partial<DoubleDqnOptions>>> = {
  duelling: { duelling: true },
  prioritised: { prioritised: true, nSteps: 3 },
}

test.each(Object.keys(switches).flatMap(name => (['simd', 'tfjs'] as const).map(backend => [name, backend] as const)))(
  '20,000 updates of the %s agent on %s leave heap, kernels and tensors as they were',
  async (name, backend) => {
    const env = candyStore(1)
    // A replay that is full, and everything made once.
    const agent = await doubleDqn(env.spec, { ...switches[name], seed: 1, backend, replayCapacity: 2000 })
    await train(agent, env, { steps: 2100, seed: 1 })
    const kernels = backend === 'simd' ? (await simdEngine('simd')).memory : undefined
    const { tf } = await tensorflow()
    const before = { kernels: kernels?.buffer.byteLength, tensors: tf.memory().numTensors, ...memory() }
    const { updates } = await train(agent, env, { steps: 20_000, seed: 2 })
    expect(updates).toBe(20_000)
    expect(kernels?.buffer.byteLength).toBe(before.kernels)
    expect(tf.memory().numTensors).toBe(before.tensors)
    const after = memory()
    const [heap, resident] = [after.heap - before.heap, after.resident - before.resident]
    console.log(`${name} on ${agent.backend}: the heap grew by ${heap.toFixed(1)} MB, resident memory by ${resident.toFixed(1)} MB`)
    // The curves of 2,000 episodes are kept.
    expect(heap).toBeLessThan(5)
    expect(resident).toBeLessThan(50)
    agent.dispose()
  },
)
