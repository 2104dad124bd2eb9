/** One visit, step by step: what the agent expected of every item, what it showed, and what came of it. For figures and tables. */
import type { Agent } from '../agents/agent'
import type { Env } from '../envs/env'

export interface SessionStep {
  /** [items]: the agent's score of every item before this step; for a value learner Q(s, a). */
  readonly values: Float32Array
  /** The item shown. */
  readonly shown: number
  /** Whether the shopper took it. */
  readonly taken: boolean
  /** Training bonuses left out. */
  readonly reward: number
}

export interface FollowSessionOptions {
  /** Of the shopper and their luck: with the same seed every agent meets the same. */
  readonly seed: number
  /** Steps after which to stop looking, where a session could go on for long. */
  readonly atMost?: number
}

/**
 * Lets the agent serve one shopper greedily, without learning.
 *
 * @param env a shop of its own, with items to choose one of: the call resets it; its first copy is followed
 * @returns a step for each item shown, until the episode ends
 * @throws RangeError when an action is not one of a list of items, or an option is out of range
 */
export function followSession(agent: Agent, env: Env, { seed, atMost = 1000 }: FollowSessionOptions): SessionStep[] {
  const { actions } = env.spec
  if (actions.kind !== 'discrete') {
    throw new RangeError(`${env.spec.name} has ${actions.kind} actions; followSession needs a shop that shows one item at a time`)
  }
  if (!(Number.isInteger(atMost) && atMost >= 1)) throw new RangeError(`atMost is ${atMost}; it must be a whole number of at least 1`)
  const width = env.spec.width
  const observations = new Float32Array(env.observations.length)
  const chosen = new Int32Array(env.copies)
  const steps: SessionStep[] = []
  env.reset(seed)
  for (let ended = false; !ended && steps.length < atMost; ended = Boolean(env.terminated[0] || env.truncated[0])) {
    observations.set(env.observations)
    const values = new Float32Array(actions.n)
    agent.scores(observations.subarray(0, width), values)
    agent.act(observations, false, chosen)
    env.step(chosen)
    steps.push({ values, shown: chosen[0]!, taken: env.chosen[0]! >= 0, reward: env.rewards[0]! - env.bonuses[0]! })
  }
  return steps
}
