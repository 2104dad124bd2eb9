/** Double DQN's options set to Stable-Baselines3's defaults for DQN, so that both sides do the same work. */
import type { DoubleDqnOptions } from '../../src/agents/double-dqn'

export const peerDefaults = {
  double: false,
  dropout: 0,
  learningRate: 1e-4,
  learningRateDecay: 1,
  discount: 0.99,
  batchSize: 32,
  warmUp: 100,
  trainEvery: 1,
  targetUpdate: 'hard',
  targetEvery: 10_000,
  clip: 'norm',
  clipLimit: 10,
  loss: 'huber',
  // It falls so slowly that it stays near 1 while the peer is measured.
  epsilonStart: 1,
  epsilonEnd: 1,
  epsilonDecay: 1,
} satisfies Partial<DoubleDqnOptions>
