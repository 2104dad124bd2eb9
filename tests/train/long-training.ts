/** A training that the tests of checkpoints stop, kill and go on with; as a program, `node … long-training.ts FOLDER`, it runs until killed. */
import { doubleDqn } from '../../src/agents/double-dqn'
import { candyStore } from '../../src/envs/candy-store'
import type { TrainOptions } from '../../src/train/train'
import { train } from '../../src/train/train'

/** An agent and a shop as they are made at first; everything that a checkpoint must hold is in use. */
export async function beginners(copies = 1) {
  const env = candyStore(copies, { users: 20, items: 15, exploration: true })
  const options = { hiddenUnits: [16], dropout: 0.3, batchSize: 8, replayCapacity: 300, trainEvery: 3, epsilonDecay: 0.97, seed: 1 }
  return { env, agent: await doubleDqn(env.spec, options) }
}

/** Everything that must be equal in the end: the record without its times, the agent whole, and its next hundred actions. */
export async function outcome(copies: number, options: TrainOptions) {
  const { env, agent } = await beginners(copies)
  const { timing: _, ...record } = await train(agent, env, { seed: 4, ...options })
  const checkpoint = agent.save()
  const actions: number[] = []
  const taken = new Int32Array(copies)
  while (actions.length < 100) {
    agent.act(env.observations, true, taken)
    env.step(taken)
    actions.push(...taken)
  }
  agent.dispose()
  return { record, checkpoint, actions }
}

if (require.main === module) {
  const folder = process.argv[2]!
  beginners().then(({ env, agent }) => train(agent, env, { steps: 10_000_000, seed: 4, checkpoint: { folder, every: 70 } }))
}
