/** Agents by name, for commands, records and sweeps. */
import { UserError } from '../data/user-error'
import type { Items, Spec } from '../envs/env'
import type { Agent } from './agent'
import { coldStart, newcomerRules } from './cold-start'
import { contentBased } from './content-based'
import { doubleDqn } from './double-dqn'
import { epsilonGreedy } from './epsilon-greedy'
import { linUcb } from './lin-ucb'
import { oneOf, othersOptions, readOptions, seed } from './options'
import { popularity } from './popularity'
import { randomAgent } from './random'

// Options come from files and command lines as well: each agent checks its own.
type Maker = (spec: Spec, options: object, env: Shop) => Agent | Promise<Agent>

/** What an agent is made for; items only where their features are wanted. */
interface Shop {
  readonly spec: Spec
  readonly items?: Items
}

const makers: Readonly<Record<string, Maker>> = {
  'cold-start': (_, options, env) => coldStartByNames(env, options),
  'content-based': (_, options, env) => contentBased(env, options),
  'double-dqn': doubleDqn,
  'epsilon-greedy': epsilonGreedy,
  'lin-ucb': linUcb,
  popularity,
  random: randomAgent,
}

/** Every name that `makeAgent` knows. */
export const agentNames: readonly string[] = Object.keys(makers)

/**
 * An agent by its name.
 *
 * @param env     the shop it shall serve, or anything that has its `spec` (and `items`, for content-based)
 * @param options the agent's own
 * @throws UserError for a name or an option that does not exist, and for a shop that the agent cannot serve
 */
export async function makeAgent(name: string, env: Shop, options: object = {}): Promise<Agent> {
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined
  if (!maker) throw new UserError(`there is no agent '${name}'; the agents are ${agentNames.join(', ')}`)
  return maker(env.spec, options, env)
}

interface ColdStartNames {
  readonly main: string
  readonly mainOptions: object
  readonly fallback: string
  readonly fallbackOptions: object
  readonly isNew: (typeof newcomerRules)[number]
  readonly seed: number
}

/** The one agent that is made of others; its seed is theirs unless their options say otherwise. */
async function coldStartByNames(env: Shop, given: object): Promise<Agent> {
  const options = readOptions<ColdStartNames>(
    'cold-start',
    () => ({
      main: oneOf(agentNames).default('double-dqn'),
      mainOptions: othersOptions().default({}),
      fallback: oneOf(agentNames).default('content-based'),
      fallbackOptions: othersOptions().default({}),
      isNew: oneOf(newcomerRules).default('no-profile'),
      seed: seed().default(0),
    }),
    given,
  )
  const { seed: shared, isNew } = options
  const made: Agent[] = []
  try {
    made.push(await makeAgent(options.main, env, { seed: shared, ...options.mainOptions }))
    made.push(await makeAgent(options.fallback, env, { seed: shared, ...options.fallbackOptions }))
    return coldStart(env.spec, { main: made[0]!, fallback: made[1]!, isNew, seed: shared })
  } catch (error) {
    for (const agent of made) agent.dispose()
    throw error
  }
}
