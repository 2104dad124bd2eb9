/**
 * Memory over 20,000 updates of every deep agent on our kernels, and over 2,000 on TensorFlow, where a tensor left behind by an update would
 * show as 2,000: nothing grows but the training's own curves.
 */
import { expect, test } from 'vitest'
import { makeAgent } from '../../src/agents/registry'
import { makeEnv } from '../../src/envs/registry'
import { train } from '../../src/train/train'
import { growth, memory } from './memory-of'

interface Case {
  readonly agent: string
  readonly shop: string
  readonly options: Readonly<Record<string, unknown>>
  /** Transitions of an update. */
  readonly stepsPerUpdate: number
}

const small = { hiddenUnits: [16], batchSize: 8, replayCapacity: 1000, warmUp: 100 }
// 16 updates from 32 transitions.
const rounds = { hiddenUnits: [16], rolloutSteps: 32, minibatchSize: 8, epochs: 4 }

const cases: Readonly<Record<string, Case>> = {
  'Double DQN': { agent: 'double-dqn', shop: 'candy-store', options: small, stepsPerUpdate: 1 },
  'duelling DQN': { agent: 'double-dqn', shop: 'candy-store', options: { ...small, duelling: true }, stepsPerUpdate: 1 },
  'prioritised 3-step DQN': {
    agent: 'double-dqn',
    shop: 'candy-store',
    options: { ...small, prioritised: true, nSteps: 3 },
    stepsPerUpdate: 1,
  },
  'item-embedding DQN': {
    agent: 'item-dqn',
    shop: 'candy-store',
    options: { ...small, itemHiddenUnits: [16], itemEmbeddings: true },
    stepsPerUpdate: 1,
  },
  'neural epsilon-greedy': { agent: 'neural-epsilon-greedy', shop: 'candy-store', options: { ...small, trainEvery: 1 }, stepsPerUpdate: 1 },
  SlateQ: {
    agent: 'slate-q',
    shop: 'recsim-interest-evolution',
    options: { ...small, choiceHiddenUnits: [16], trainEvery: 1, learning: 'sarsa' },
    stepsPerUpdate: 1,
  },
  REINFORCE: { agent: 'reinforce', shop: 'candy-store', options: { hiddenUnits: [16] }, stepsPerUpdate: 10 },
  A2C: { agent: 'a2c', shop: 'candy-store', options: { hiddenUnits: [16] }, stepsPerUpdate: 5 },
  PPO: { agent: 'ppo', shop: 'candy-store', options: rounds, stepsPerUpdate: 2 },
  'PPO of slates': { agent: 'ppo', shop: 'recsim-interest-evolution', options: rounds, stepsPerUpdate: 2 },
}

const backends = { simd: 20_000, tfjs: 2000 } as const

test.each(Object.entries(backends).flatMap(([backend, updates]) => Object.keys(cases).map(label => [updates, label, backend] as const)))(
  '%i updates of %s on %s',
  async (wanted, label, backend) => {
    const { agent: name, shop, options, stepsPerUpdate } = cases[label]!
    const env = makeEnv(shop, 1)
    const agent = await makeAgent(name, env, { ...options, backend, seed: 1 })
    // The replay is full and everything has been made once.
    await train(agent, env, { steps: 2000, seed: 1 })
    const before = await memory()
    const { updates, episodes } = await train(agent, env, { steps: wanted * stepsPerUpdate, seed: 2 })
    const grown = growth(before, await memory())
    console.log(
      `${label} on ${agent.backend}: ${updates} updates; heap ${grown.heap.toFixed(2)} MB, buffers ${grown.buffers.toFixed(2)} MB, ` +
        `resident ${grown.resident.toFixed(1)} MB, kernels ${grown.kernels} bytes, tensors ${grown.tensors} more`,
    )
    // An update less where the last rollout is not complete.
    expect(updates).toBeGreaterThanOrEqual(wanted - 16)
    expect([grown.kernels, grown.free]).toEqual([0, 0])
    expect(grown.tensors).toBe(0)
    // Four numbers of each episode are kept, in lists that double as they grow.
    expect(grown.heap).toBeLessThan(3 + (episodes * 4 * 8 * 2) / 2 ** 20)
    expect(grown.buffers).toBeLessThan(1)
    expect(grown.resident).toBeLessThan(50)
    agent.dispose()
  },
)
