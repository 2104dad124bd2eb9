/** Memory over 20,000 updates of the agents that score items one by one: the kernels' and the heap stay as they were. A minute. */
import v8 from 'node:v8'
import vm from 'node:vm'
import { expect, test } from 'vitest'
import type { Agent } from '../../src/agents/agent'
import { itemDqn } from '../../src/agents/item-dqn'
import { slateQ } from '../../src/agents/slate-q'
import { candyStore } from '../../src/envs/candy-store'
import type { Env } from '../../src/envs/env'
import { interestEvolution } from '../../src/envs/recsim-interest-evolution'
import { simdEngine } from '../../src/networks/simd/engine'
import { train } from '../../src/train/train'

v8.setFlagsFromString('--expose-gc')
const collectGarbage = vm.runInNewContext('gc') as () => void

/** The heap in MB after the garbage is gone. */
function heap(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed / 2 ** 20
}

async function staysSteady(agent: Agent, env: Env): Promise<void> {
  // The replay is full and everything has been made once.
  await train(agent, env, { steps: 5000, seed: 1 })
  const { memory } = await simdEngine('simd')
  const before = { kernels: memory.buffer.byteLength, heap: heap(), buffers: process.memoryUsage().arrayBuffers }
  const { updates } = await train(agent, env, { steps: 20_000, seed: 2 })
  expect(updates).toBe(20_000)
  expect(memory.buffer.byteLength).toBe(before.kernels)
  const grown = heap() - before.heap
  const buffers = (process.memoryUsage().arrayBuffers - before.buffers) / 2 ** 20
  console.log(`${agent.name}: over 20,000 updates the heap grew by ${grown.toFixed(2)} MB, array buffers by ${buffers.toFixed(2)} MB`)
  expect(grown).toBeLessThan(3)
  expect(buffers).toBeLessThan(3)
  agent.dispose()
}

test('20,000 updates of SlateQ', async () => {
  const env = interestEvolution(1)
  const options = {
    hiddenUnits: [32],
    choiceHiddenUnits: [16],
    batchSize: 16,
    trainEvery: 1,
    replayCapacity: 2000,
    backend: 'simd' as const,
  }
  await staysSteady(await slateQ(env.spec, { ...options, learning: 'sarsa' }), env)
})

test('20,000 updates of the item-embedding DQN', async () => {
  const env = candyStore(1)
  await staysSteady(await itemDqn(env, { replayCapacity: 2000, backend: 'simd' }), env)
})
