/**
 * DQN on CartPole with the settings of Stable-Baselines3's zoo (rl-baselines3-zoo, hyperparams/dqn.yml, CartPole-v1): 50,000 steps, then 20
 * greedy episodes, five seeds. Two minutes on two cores.
 *
 * The step size stays high to the end, so which policy stands there after just 50,000 steps is partly luck: most seeds are at 500, some in a
 * dip. So the threshold is one over the seeds, and each seed's figure is printed.
 */
import { expect, test } from 'vitest'
import { summarise } from '../../src/evaluate/summarise'
import { compare } from '../../src/train/compare'
import { dqnZoo } from './dqn-zoo'

test('rung 10: DQN reaches 475 on CartPole, in the mean and the interquartile mean over five seeds', async () => {
  const rows = await compare({
    env: { name: 'cart-pole' },
    agents: [{ name: 'double-dqn', label: 'DQN', options: dqnZoo }],
    seeds: [0, 1, 2, 3, 4],
    steps: 50_000,
    evaluation: { episodes: 20, seed: 1_000_000 },
  })
  console.log(`seeds 0 to 4, mean of 20 greedy episodes each: ${rows.map(row => row.return.toFixed(1)).join(', ')}`)
  expect(rows.reduce((sum, row) => sum + row.return, 0) / rows.length).toBeGreaterThanOrEqual(475)
  expect(summarise(rows)[0]!.interquartileMean).toBeGreaterThanOrEqual(475)
})
