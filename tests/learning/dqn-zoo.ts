/** The settings of DQN on CartPole in Stable-Baselines3's zoo (rl-baselines3-zoo, hyperparams/dqn.yml, CartPole-v1). */
import type { DoubleDqnOptions } from '../../src/agents/double-dqn'

/** The zoo copies the target every ten steps, of which only the copy before each burst of 128 updates matters: one copy after each burst. */
export const dqnZoo: Partial<DoubleDqnOptions> = {
  double: false,
  hiddenUnits: [256, 256],
  dropout: 0,
  initialisation: 'fan-in',
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
