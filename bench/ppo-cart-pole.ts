/** PPO on CartPole with the settings of Stable-Baselines3's zoo: how long 50,000 steps take, and whether it has learned. */
import { ppo } from '../src/agents/ppo'
import { cartPole } from '../src/envs/classic/cart-pole'
import type { NetworkBackend } from '../src/networks/make-network'
import { evaluate } from '../src/train/evaluate-agent'
import { train } from '../src/train/train'
import type { Subject, Window } from './harness/subject'

const copies = 8
const steps = 50_000

/** rl-baselines3-zoo, hyperparams/ppo.yml, CartPole-v1; what it leaves out is Stable-Baselines3's default. */
const zoo = {
  rolloutSteps: 32,
  minibatchSize: 256,
  epochs: 20,
  lambda: 0.8,
  discount: 0.98,
  learningRate: 1e-3,
  clipRange: 0.2,
  annealSteps: steps,
  annealClipRange: true,
  entropyCoefficient: 0,
} as const

async function learn(backend: NetworkBackend, { turn, quick }: Window): Promise<readonly number[]> {
  const env = cartPole(copies)
  const agent = await ppo(env.spec, { ...zoo, backend, seed: turn })
  const { timing } = await train(agent, env, { steps: quick ? 600 : steps, seed: turn })
  const { mean } = evaluate(agent, cartPole(20), { episodes: 20, seed: 1000 + turn })
  agent.dispose()
  return [timing.total, mean]
}

export const subject: Subject = {
  title: "PPO on CartPole with the zoo's settings: 50,000 steps, 8 copies",
  remark: `Wall time is the training's alone. The return is the mean of 20 greedy episodes after it, one seed a turn; 500 is the most there is. Both
sides: rollouts of 32 steps, 20 epochs of one batch of 256, separate networks 4-64-64-2 and 4-64-64-1 with tanh.`,
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
        goals: [{ ratio: 5 }, { each: 500 }],
        run: window => learn(name, window),
      })),
      peer: {
        name: 'Stable-Baselines3',
        script: 'sb3_quality',
        only: 'PPO zoo',
        figures: ['wall time', 'eval return'],
        arguments: ({ turn, quick }) => ['--first', String(turn), ...(quick ? ['--steps', '300'] : [])],
      },
    },
  ],
}
