/** The first update of a Double DQN whose two networks differ, with all that its target is made of: for working targets out by hand. */
import { type DoubleDqnOptions, doubleDqn } from '../agents/double-dqn'
import type { Env } from '../envs/env'

export interface OneUpdate {
  /** r */
  readonly reward: number
  /** Q(s, a; θ), before the update. */
  readonly value: number
  /** Q(s′, ·; θ), one number an item. */
  readonly online: readonly number[]
  /** Q(s′, ·; θ⁻), one number an item. */
  readonly target: readonly number[]
  /** What the agent reported: (y - Q(s, a; θ))², where y is its target. */
  readonly loss: number
}

/**
 * Shows item 0 to the first shopper and lets a fresh agent learn from that one transition. Its target network is made with another seed,
 * so that what one network likes best the other may not.
 *
 * @param env     of one copy with discrete actions; it is reset with seed 0
 * @param options of the agent; the batch is one transition and there is no dropout, whatever they say
 */
export async function oneUpdate(env: Env, options: Partial<DoubleDqnOptions>): Promise<OneUpdate> {
  const settings = { ...options, batchSize: 1, warmUp: 1, dropout: 0 }
  const agent = await doubleDqn(env.spec, { ...settings, seed: 1 })
  const other = await doubleDqn(env.spec, { ...settings, seed: 16 })
  const [own, others] = [agent.save(), other.save()]
  const arrays = { ...own.arrays }
  for (const name of Object.keys(arrays)) if (name.startsWith('target.')) arrays[name] = others.arrays[name]!
  agent.load({ ...own, arrays })

  env.reset(0)
  const before = env.observations.slice()
  const actions = Int32Array.of(0)
  env.step(actions)
  const following = env.terminated[0] || env.truncated[0] ? env.finalObservations : env.observations
  const valuesBy = (network: typeof agent, observation: Float32Array) => {
    const values = new Float32Array(env.spec.actions.kind === 'discrete' ? env.spec.actions.n : 0)
    network.scores(observation, values)
    return Array.from(values)
  }
  const [value, online, target] = [valuesBy(agent, before)[0]!, valuesBy(agent, following), valuesBy(other, following)]
  agent.observe(env, before, actions)
  const loss = agent.update()!.loss!
  agent.dispose()
  other.dispose()
  return { reward: env.rewards[0]!, value, online, target, loss }
}
