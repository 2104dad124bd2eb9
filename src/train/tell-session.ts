/** A session in words: who came, then a line for every step. For notebooks and the command line. */
import type { Actor } from '../agents/myopic-oracle'
import { describe } from '../envs/describe'
import type { Env } from '../envs/env'
import { actionWidth } from '../envs/spaces'
import { isActor, isShop, said } from './said'

export interface TellSessionOptions {
  /** Of the shopper and their luck: with the same seed every agent meets the same. */
  readonly seed: number
  /** Steps after which to stop looking, where a session goes on for long; 1,000. */
  readonly atMost?: number
}

export interface ToldSession {
  /** Who came, then what happened in each step, and who it is now where the step has changed them. */
  readonly lines: readonly string[]
  readonly steps: number
  /** Sum of the rewards, training bonuses left out. */
  readonly return: number
  readonly end: 'terminated' | 'truncated' | 'not over'
}

/** Where a description has said who it is. */
const whoEnds = (line: string) => line.indexOf(': ')

/**
 * Lets somebody serve one shopper greedily, and tells of it.
 *
 * @param env a shop of its own: the call resets it; its first copy is followed
 * @throws RangeError when an option is out of range, or what is given is no actor or no shop
 */
export function tellSession(actor: Actor, env: Env, { seed, atMost = 1000 }: TellSessionOptions): ToldSession {
  const form = 'tellSession(actor, env, { seed: 1 })'
  if (!isActor(actor)) throw new RangeError(`actor is ${said(actor)}; it must be an actor, something with act: ${form}`)
  if (!isShop(env)) throw new RangeError(`env is ${said(env)}; it must be a shop: ${form}`)
  if (!(Number.isInteger(atMost) && atMost >= 1)) throw new RangeError(`atMost is ${atMost}; it must be a whole number of at least 1`)
  const observations = new Float32Array(env.observations.length)
  const actions = new Int32Array(env.copies * actionWidth(env.spec.actions))
  env.reset(seed)
  const first = describe(env)
  let who = first.slice(0, whoEnds(first))
  const lines = [first]
  let sum = 0
  let ended = false
  while (!ended && lines.length <= atMost) {
    observations.set(env.observations)
    actor.act(observations, false, actions)
    env.step(actions)
    const line = describe(env)
    const end = whoEnds(line)
    const now = line.slice(0, end)
    lines.push(now === who ? line.slice(end + 2) : `${line.slice(end + 2)}; now ${now}`)
    who = now
    sum += env.rewards[0]! - env.bonuses[0]!
    ended = Boolean(env.terminated[0] || env.truncated[0])
  }
  return {
    lines,
    steps: lines.length - 1,
    return: sum,
    end: env.terminated[0] ? 'terminated' : env.truncated[0] ? 'truncated' : 'not over',
  }
}
