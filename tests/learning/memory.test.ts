/**
 * Memory over a long training of the guide's network: 20,000 updates on TensorFlow (three minutes), 200,000 on our kernels (two); and of a
 * policy and a value together, 20,000 on our kernels (ten seconds), 1,000 on TensorFlow (ten).
 */
import v8 from 'node:v8'
import vm from 'node:vm'
import { expect, test } from 'vitest'
import { doubleDqn } from '../../src/agents/double-dqn'
import { candyStore } from '../../src/envs/candy-store'
import { makePerceptron } from '../../src/networks/make-perceptron'
import type { Perceptron } from '../../src/networks/perceptron'
import { simdEngine } from '../../src/networks/simd/engine'
import { stepTogether } from '../../src/networks/step-together'
import { tensorflow } from '../../src/networks/tensorflow'
import { train } from '../../src/train/train'

v8.setFlagsFromString('--expose-gc')
const collectGarbage = vm.runInNewContext('gc') as () => void

/** Memory in MB after the garbage is gone, which would otherwise come and go by 60 MB. */
function memory(): { readonly resident: number; readonly heap: number } {
  collectGarbage()
  const { rss, heapUsed } = process.memoryUsage()
  return { resident: rss / 2 ** 20, heap: heapUsed / 2 ** 20 }
}

/** An agent whose replay is full and that has made everything once. */
async function grownAgent(backend: 'simd' | 'tfjs') {
  const env = candyStore(1)
  const agent = await doubleDqn(env.spec, { seed: 1, backend })
  await train(agent, env, { steps: 10_100, seed: 1 })
  return { env, agent }
}

test('20,000 updates on TensorFlow keep the number of tensors, and memory grows by less than 50 MB', async () => {
  const { env, agent } = await grownAgent('tfjs')
  const { tf } = await tensorflow()
  const before = { tensors: tf.memory().numTensors, ...memory() }
  const { updates } = await train(agent, env, { steps: 20_000, seed: 2 })
  expect(updates).toBe(20_000)
  expect(tf.memory().numTensors).toBe(before.tensors)
  const grown = memory().resident - before.resident
  console.log(`resident memory grew by ${grown.toFixed(1)} MB over 20,000 updates on ${agent.backend}`)
  expect(grown).toBeLessThan(50)
  agent.dispose()
})

test("200,000 updates on our kernels keep the kernels' memory, and the heap grows by the curves alone", async () => {
  const { env, agent } = await grownAgent('simd')
  const { memory: kernels } = await simdEngine('simd')
  const before = { kernels: kernels.buffer.byteLength, ...memory() }
  const { updates, curves } = await train(agent, env, { steps: 200_000, seed: 2 })
  expect(updates).toBe(200_000)
  expect(kernels.buffer.byteLength).toBe(before.kernels)
  const after = memory()
  const [heap, resident] = [after.heap - before.heap, after.resident - before.resident]
  const figures = `the heap grew by ${heap.toFixed(1)} MB, resident memory by ${resident.toFixed(1)} MB`
  console.log(`${figures} over 200,000 updates on ${agent.backend}; its kernels have ${before.kernels / 2 ** 20} MB throughout`)
  // 20,000 episodes, four numbers each, in lists that double as they grow.
  expect(curves.returns).toHaveLength(20_000)
  expect(heap).toBeLessThan(5)
  expect(resident).toBeLessThan(50)
  agent.dispose()
})

/** A policy and a value on CartPole's four numbers. */
async function policyAndValue(backend: 'simd' | 'tfjs'): Promise<Perceptron[]> {
  const common = { inputs: 4, hidden: [64, 64], activation: 'tanh' } as const
  const options = { initialisation: 'orthogonal', seed: 1, backend } as const
  return Promise.all([makePerceptron({ ...common, outputs: 2 }, options), makePerceptron({ ...common, outputs: 1 }, options)])
}

/** Batches of 256 rows and fewer by turns, acting in between; the arrays are made once. */
function learnTogether(parts: readonly Perceptron[], updates: number): void {
  const inputs = Float32Array.from({ length: 256 * 4 }, (_, at) => Math.sin(at))
  const slopes = Float32Array.from({ length: 256 * 2 }, (_, at) => Math.cos(at) / 256)
  const [out, inputSlopes] = [new Float32Array(256 * 2), new Float32Array(256 * 4)]
  for (let update = 0; update < updates; update++) {
    const rows = 256 - (update % 7)
    for (const part of parts) {
      part.values(inputs, 1, out)
      part.forward(inputs, rows, out)
      part.backward(slopes, update % 2 ? inputSlopes : undefined)
    }
    stepTogether(parts, 0, { learningRate: 1e-4, clipNorm: 0.5, epsilon: 1e-5 })
  }
}

test("20,000 updates of two perceptrons keep the kernels' memory and blocks, and the heap", async () => {
  const parts = await policyAndValue('simd')
  learnTogether(parts, 1000)
  const { memory: kernels, arena } = await simdEngine('simd')
  const before = { kernels: kernels.buffer.byteLength, free: arena.freeBytes, ...memory() }
  learnTogether(parts, 20_000)
  expect([kernels.buffer.byteLength, arena.freeBytes]).toEqual([before.kernels, before.free])
  const grown = memory().heap - before.heap
  console.log(`the heap grew by ${grown.toFixed(2)} MB over 20,000 updates of two perceptrons on simd`)
  expect(grown).toBeLessThan(1)
  for (const part of parts) part.dispose()
})

test('1,000 updates of two perceptrons on TensorFlow keep the number of tensors', async () => {
  const { tf } = await tensorflow()
  const parts = await policyAndValue('tfjs')
  learnTogether(parts, 10)
  const before = tf.memory().numTensors
  learnTogether(parts, 1000)
  expect(tf.memory().numTensors).toBe(before)
  for (const part of parts) part.dispose()
})
