/**
 * CartPole with the settings of Stable-Baselines3's zoo: 50,000 steps, then 20 greedy episodes, five seeds. Some three minutes on two cores.
 * Source: rl-baselines3-zoo, hyperparams/dqn.yml, CartPole-v1.
 */
import { expect, test } from 'vitest'
import type { DoubleDqnOptions } from '../../src/agents/double-dqn'
import { compare } from '../../src/train/compare'

/** The zoo copies the target every ten steps, of which only the copy before each burst of 128 updates matters: one copy after each burst. */
const zoo: Partial<DoubleDqnOptions> = {
  double: false,
  hiddenUnits: [256, 256],
  dropout: 0,
  learningRate: 2.3e-3,
  learningRateDecay: 1,
  discount: 0.99,
  batchSize: 64,
  replayCapacity: 100_000,
  warmUp: 1000,
  trainEvery: 256,
  gradientSteps: 128,
  targetUpdate: 'hard',
  targetEvery: 128,
  loss: 'huber',
  clip: 'norm',
  clipLimit: 10,
  epsilonSchedule: 'linear',
  epsilonSteps: 8000,
  epsilonEnd: 0.04,
}

test('rung 10: DQN reaches 475 on CartPole with every seed', async () => {
  const rows = await compare({
    env: { name: 'cart-pole' },
    agents: [{ name: 'double-dqn', label: 'DQN', options: zoo }],
    seeds: [0, 1, 2, 3, 4],
    steps: 50_000,
    evaluation: { episodes: 20, seed: 1_000_000 },
  })
  console.log(`mean of 20 greedy episodes, seeds 0 to 4: ${rows.map(row => row.return.toFixed(1)).join(', ')}`)
  for (const row of rows) expect(row.return).toBeGreaterThanOrEqual(475)
})
