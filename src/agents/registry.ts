/** Agents by name, for commands, records and sweeps. */
import { UserError } from '../data/user-error'
import type { Spec } from '../envs/env'
import type { Agent } from './agent'
import { doubleDqn } from './double-dqn'
import { linUcb } from './lin-ucb'
import { popularity } from './popularity'
import { randomAgent } from './random'

// Options come from files and command lines as well: each agent checks its own.
type Maker = (spec: Spec, options: object) => Agent | Promise<Agent>

const makers: Readonly<Record<string, Maker>> = {
  'double-dqn': doubleDqn,
  'lin-ucb': linUcb,
  popularity,
  random: randomAgent,
}

/** Every name that `makeAgent` knows. */
export const agentNames: readonly string[] = Object.keys(makers)

/**
 * An agent by its name.
 *
 * @param env     the shop it shall serve, or anything that has its `spec`
 * @param options the agent's own
 * @throws UserError for a name or an option that does not exist, and for a shop that the agent cannot serve
 */
export async function makeAgent(name: string, env: { readonly spec: Spec }, options: object = {}): Promise<Agent> {
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined
  if (!maker) throw new UserError(`there is no agent '${name}'; the agents are ${agentNames.join(', ')}`)
  return maker(env.spec, options)
}
