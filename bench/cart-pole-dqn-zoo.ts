/** DQN on CartPole with the settings of Stable-Baselines3's zoo: how long 50,000 steps take, and whether it has learned. */
import { type DoubleDqnOptions, doubleDqn } from '../src/agents/double-dqn'
import { cartPole } from '../src/envs/classic/cart-pole'
import type { NetworkBackend } from '../src/networks/make-network'
import { evaluate } from '../src/train/evaluate-agent'
import { train } from '../src/train/train'
import { peerDefaults } from './harness/peer-defaults'
import type { Subject, Window } from './harness/subject'

/**
 * The zoo copies the target every ten steps, of which only the copy before each burst of 128 updates matters: one copy after each burst.
 * Its networks start as PyTorch's do.
 */
const zoo: Partial<DoubleDqnOptions> = {
  ...peerDefaults,
  hiddenUnits: [256, 256],
  initialisation: 'fan-in',
  learningRate: 2.3e-3,
  batchSize: 64,
  replayCapacity: 100_000,
  warmUp: 1000,
  trainEvery: 256,
  gradientSteps: 128,
  targetEvery: 128,
  epsilonSchedule: 'linear',
  epsilonSteps: 8000,
  epsilonEnd: 0.04,
}

async function learn(backend: NetworkBackend, { turn, quick }: Window): Promise<readonly number[]> {
  const env = cartPole(1)
  const options = quick ? { ...zoo, warmUp: 100 } : zoo
  const agent = await doubleDqn(env.spec, { ...options, backend, seed: turn })
  const { timing } = await train(agent, env, { steps: quick ? 600 : 50_000, seed: turn })
  const { mean } = evaluate(agent, cartPole(20), { episodes: 20, seed: 1000 + turn })
  agent.dispose()
  return [timing.total, mean]
}

export const subject: Subject = {
  title: "DQN on CartPole with the zoo's settings: 50,000 steps",
  remark: `Wall time is the training's alone. The return is the mean of 20 greedy episodes after it, one seed a turn; 500 is the most there is.`,
  turns: 5,
  cases: [
    {
      what: '50,000 steps',
      figures: [
        { name: 'wall time', unit: 's', better: 'less' },
        { name: 'return', unit: 'steps', better: 'more' },
      ],
      ours: (['simd', 'simd-relaxed'] as const).map(name => ({
        name,
        goals: [{ ratio: 2 }, { each: 500 }],
        run: window => learn(name, window),
      })),
      peer: {
        name: 'Stable-Baselines3',
        script: 'sb3_quality',
        only: 'DQN zoo',
        figures: ['wall time', 'eval return'],
        arguments: ({ turn, quick }) => ['--first', String(turn), ...(quick ? ['--steps', '300'] : [])],
      },
    },
  ],
}
