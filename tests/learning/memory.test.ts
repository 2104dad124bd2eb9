/** 30,000 updates of the guide's network on TensorFlow: five minutes at 9 ms an update. */
import v8 from 'node:v8'
import vm from 'node:vm'
import { expect, test } from 'vitest'
import { doubleDqn } from '../../src/agents/double-dqn'
import { candyStore } from '../../src/envs/candy-store'
import { tensorflow } from '../../src/networks/tensorflow'
import { train } from '../../src/train/train'

v8.setFlagsFromString('--expose-gc')
const collectGarbage = vm.runInNewContext('gc') as () => void

/** Resident memory in MB after the garbage is gone, which would otherwise come and go by 60 MB. */
function residentMemory(): number {
  collectGarbage()
  return process.memoryUsage().rss / 2 ** 20
}

test('20,000 updates keep the number of tensors, and memory grows by less than 50 MB', async () => {
  const env = candyStore(1)
  const agent = await doubleDqn(env.spec, { seed: 1, backend: 'tfjs' })
  // The replay is full and everything has been made once after the first 10,000 transitions.
  await train(agent, env, { steps: 10_100, seed: 1 })
  const { tf } = await tensorflow()
  const before = { tensors: tf.memory().numTensors, resident: residentMemory() }
  const { updates } = await train(agent, env, { steps: 20_000, seed: 2 })
  expect(updates).toBe(20_000)
  expect(tf.memory().numTensors).toBe(before.tensors)
  const grown = residentMemory() - before.resident
  console.log(`resident memory grew by ${grown.toFixed(1)} MB over 20,000 updates on ${agent.backend}`)
  expect(grown).toBeLessThan(50)
  agent.dispose()
})
