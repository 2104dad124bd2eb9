/** PPO in simshop end to end: six kinds of shopper, pages of 5 of 50 products, beside the project's own PPO. */
import { ppo } from '../src/agents/ppo'
import { simshop } from '../src/envs/simshop'
import type { NetworkBackend } from '../src/networks/make-network'
import type { Subject, Window } from './harness/subject'
import { trainingRate } from './harness/training-rate'

/** Rollouts, epochs and minibatches of Stable-Baselines3, as the peer's trainer has them: six users, 512 steps each, minibatches of 256. */
const copies = 6
const settings = { rolloutSteps: 512, minibatchSize: 256, epochs: 10, learningRate: 3e-4, entropyCoefficient: 0 } as const

async function learn(backend: NetworkBackend, window: Window): Promise<readonly number[]> {
  const env = simshop(copies, { preset: 'published' })
  const agent = await ppo(env.spec, { ...settings, ...(window.quick ? { rolloutSteps: 16 } : {}), backend, seed: window.turn })
  const rate = await trainingRate(agent, env, window)
  agent.dispose()
  return [rate]
}

export const subject: Subject = {
  title: 'PPO in simshop end to end: 6 shoppers together, rollouts of 512 steps, 10 epochs in minibatches of 256',
  remark: `Our policy scores each of the 50 candidates with one network and draws pages by Plackett–Luce; the peer's has embeddings for brands,
colours and categories and draws the five highest of noisy scores. Its six shoppers live in processes of their own, ours in one.`,
  seconds: 20,
  cases: [
    {
      what: 'training',
      figures: [{ unit: 'steps/s', better: 'more' }],
      ours: (['simd', 'simd-relaxed'] as const).map(name => ({ name, goals: [{ ratio: 6 }], run: window => learn(name, window) })),
      peer: { name: 'SimShop', script: 'simshop_speed', only: 'PPO end to end' },
    },
  ],
}
