/**
 * CartPole: 50,000 steps, then 20 greedy episodes, five seeds. Each test some two minutes on two idle cores.
 *
 * The zoo's settings (rl-baselines3-zoo, hyperparams/dqn.yml, CartPole-v1) learn in bursts, at a high rate to the very end, so that which
 * policy stands there after 50,000 steps is partly luck: most seeds end at 500, some a little before or after a dip. Double DQN with a
 * falling rate and a target that follows softly ends steadily; its settings were chosen on seeds 10 to 14.
 */
import { expect, test } from 'vitest'
import type { DoubleDqnOptions } from '../../src/agents/double-dqn'
import { compare } from '../../src/train/compare'

const common: Partial<DoubleDqnOptions> = {
  hiddenUnits: [256, 256],
  dropout: 0,
  initialisation: 'fan-in',
  discount: 0.99,
  batchSize: 64,
  replayCapacity: 100_000,
  warmUp: 1000,
  loss: 'huber',
  clip: 'norm',
  clipLimit: 10,
  epsilonSchedule: 'linear',
  epsilonSteps: 8000,
  epsilonEnd: 0.04,
}

/** The zoo copies the target every ten steps, of which only the copy before each burst of 128 updates matters: one copy after each burst. */
const zoo: Partial<DoubleDqnOptions> = {
  ...common,
  double: false,
  learningRate: 2.3e-3,
  learningRateDecay: 1,
  trainEvery: 256,
  gradientSteps: 128,
  targetUpdate: 'hard',
  targetEvery: 128,
}

const steady: Partial<DoubleDqnOptions> = {
  ...common,
  learningRate: 1e-3,
  learningRateDecay: 0.9,
  trainEvery: 2,
  tau: 0.01,
}

/** Mean of 20 greedy episodes for each of five seeds. */
async function returnsOf(label: string, options: Partial<DoubleDqnOptions>): Promise<number[]> {
  const rows = await compare({
    env: { name: 'cart-pole' },
    agents: [{ name: 'double-dqn', label, options }],
    seeds: [0, 1, 2, 3, 4],
    steps: 50_000,
    evaluation: { episodes: 20, seed: 1_000_000 },
  })
  const returns = rows.map(row => row.return)
  console.log(`${label}, seeds 0 to 4, mean of 20 greedy episodes: ${returns.map(value => value.toFixed(1)).join(', ')}`)
  return returns
}

test("rung 10: DQN with the zoo's settings reaches 475 on CartPole, over five seeds", async () => {
  const returns = await returnsOf("DQN, zoo's settings", zoo)
  expect(returns.reduce((sum, value) => sum + value, 0) / 5).toBeGreaterThanOrEqual(475)
})

test('rung 10: Double DQN with steadier settings reaches 475 on CartPole, with each of five seeds', async () => {
  for (const value of await returnsOf('Double DQN, steadier settings', steady)) expect(value).toBeGreaterThanOrEqual(475)
})
