/** The guide's recommender end to end: its network, its shape of environment, an update a step. */
import { type DoubleDqnOptions, doubleDqn } from '../src/agents/double-dqn'
import type { NetworkBackend } from '../src/networks/make-network'
import { peerDefaults } from './harness/peer-defaults'
import { shapeOnly } from './harness/shape-only'
import type { Case, Subject, Window } from './harness/subject'
import { trainingRate } from './harness/training-rate'

async function learn(backend: NetworkBackend, options: Partial<DoubleDqnOptions>, window: Window): Promise<readonly number[]> {
  const env = shapeOnly()
  const agent = await doubleDqn(env.spec, { ...options, backend, seed: window.turn })
  const rate = await trainingRate(agent, env, window)
  agent.dispose()
  return [rate]
}

const ways: readonly { what: string; ratio: number; options: Partial<DoubleDqnOptions> }[] = [
  { what: 'plain DQN', ratio: 2, options: { ...peerDefaults, replayCapacity: 10_000 } },
  { what: 'Double DQN, dropout .2', ratio: 1.5, options: { loss: 'huber', clip: 'norm', clipLimit: 1 } },
]

export const subject: Subject = {
  title:
    "DQN of the guide's shape end to end: 42 numbers, 500 actions, network 256-256-128, a gradient step on 32 transitions after every step",
  remark: `The environment draws 42 normal numbers and no more, on both sides. The peer is plain DQN in both rows; it has neither the double
estimate nor dropout, and acts at random while it is measured. Plain DQN of ours does the same; Double DQN has the guide's options (its
epsilon falls, so it asks the network nearly every step; its target follows softly after every update).`,
  seconds: 10,
  cases: ways.map(
    ({ what, ratio, options }): Case => ({
      what,
      figures: [{ unit: 'steps/s', better: 'more' }],
      ours: (['simd', 'simd-relaxed'] as const).map(name => ({ name, goals: [{ ratio }], run: window => learn(name, options, window) })),
      peer: { name: 'Stable-Baselines3, plain', script: 'sb3', only: '42 obs x 500 actions, [256,256,128], train_freq 1, batch 32' },
    }),
  ),
}
