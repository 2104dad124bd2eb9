/** Memory over a long training of the guide's network: 20,000 updates on TensorFlow (three minutes), 200,000 on our kernels (two). */
import { expect, test } from 'vitest'
import { doubleDqn } from '../../src/agents/double-dqn'
import { candyStore } from '../../src/envs/candy-store'
import { train } from '../../src/train/train'
import { growth, memory } from './memory-of'

/** An agent whose replay is full and that has made everything once. */
async function grownAgent(backend: 'simd' | 'tfjs') {
  const env = candyStore(1)
  const agent = await doubleDqn(env.spec, { seed: 1, backend })
  await train(agent, env, { steps: 10_100, seed: 1 })
  return { env, agent }
}

test('20,000 updates on TensorFlow keep the number of tensors, and memory grows by less than 50 MB', async () => {
  const { env, agent } = await grownAgent('tfjs')
  const before = await memory()
  const { updates } = await train(agent, env, { steps: 20_000, seed: 2 })
  expect(updates).toBe(20_000)
  const grown = growth(before, await memory())
  console.log(`resident memory grew by ${grown.resident.toFixed(1)} MB over 20,000 updates on ${agent.backend}`)
  expect(grown.tensors).toBe(0)
  expect(grown.resident).toBeLessThan(50)
  agent.dispose()
})

test("200,000 updates on our kernels keep the kernels' memory, and the heap grows by the curves alone", async () => {
  const { env, agent } = await grownAgent('simd')
  const before = await memory()
  const { updates, curves } = await train(agent, env, { steps: 200_000, seed: 2 })
  expect(updates).toBe(200_000)
  const grown = growth(before, await memory())
  const figures = `the heap grew by ${grown.heap.toFixed(1)} MB, resident memory by ${grown.resident.toFixed(1)} MB`
  console.log(`${figures} over 200,000 updates on ${agent.backend}; its kernels have ${before.kernels / 2 ** 20} MB throughout`)
  expect([grown.kernels, grown.free]).toEqual([0, 0])
  // 20,000 episodes, four numbers each, in lists that double as they grow.
  expect(curves.returns).toHaveLength(20_000)
  expect(grown.heap).toBeLessThan(5)
  expect(grown.resident).toBeLessThan(50)
  agent.dispose()
})
