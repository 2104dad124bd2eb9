/** What shall be trained: what was typed, over what a file says, over what is usual. */
import { makeAgent } from '../agents/registry'
import { UserError } from '../data/user-error'
import type { Env } from '../envs/env'
import { makeEnv } from '../envs/registry'
import type { EvaluateOptions } from './evaluate-agent'
import type { NamedAgent, TrainingFile } from './training-file'
import type { NamedShop } from './trial'

/** What was typed; what was not is left out. */
export interface TypedTraining {
  readonly env?: string
  readonly envOptions?: Readonly<Record<string, unknown>>
  readonly agent?: string
  readonly agentOptions?: Readonly<Record<string, unknown>>
  readonly episodes?: number
  readonly steps?: number
  readonly copies?: number
  readonly seed?: number
  /** Greedy episodes to measure with. */
  readonly evaluation?: number
}

export interface TrainingPlan {
  readonly env: Required<NamedShop>
  /** Each is trained under each seed. */
  readonly agents: readonly NamedAgent[]
  readonly seeds: readonly number[]
  readonly episodes?: number
  readonly steps?: number
  /** Shops stepped together in training. */
  readonly copies: number
  readonly evaluation: EvaluateOptions & { readonly every?: number }
  /** Lists to rank against the log, where k was asked for. */
  readonly ranking?: { readonly k: number; readonly test?: number; readonly validation?: number }
}

/** Shoppers that no training meets: its seeds are typed by people, who count from 0. */
export const EVALUATION_SEED = 1_000_000

const usual = { env: 'candy-store', agent: 'double-dqn', episodes: 1000, evaluation: 1000 }

/** @throws UserError where what was typed and the file do not go together */
export function trainingPlan(file: TrainingFile, typed: TypedTraining): TrainingPlan {
  const name = typed.env ?? file.env?.name ?? usual.env
  // Another shop has other options.
  const ofFile = name === file.env?.name ? file.env.options : {}
  const { training, evaluation } = file
  const limits = typed.episodes === undefined && typed.steps === undefined ? training : typed
  const { episodes = limits.steps === undefined ? usual.episodes : undefined, steps } = limits
  const { every, k } = evaluation
  return {
    env: { name, options: { ...ofFile, ...typed.envOptions } },
    agents: agentsOf(file.agents, typed),
    seeds: typed.seed === undefined ? (training.seeds ?? [1]) : [typed.seed],
    ...(episodes !== undefined && { episodes }),
    ...(steps !== undefined && { steps }),
    copies: typed.copies ?? training.copies ?? 1,
    evaluation: {
      episodes: typed.evaluation ?? evaluation.episodes ?? usual.evaluation,
      seed: evaluation.seed ?? EVALUATION_SEED,
      ...(every !== undefined && { every }),
    },
    // Another shop, if one was typed, has no log.
    ...(k !== undefined && name === 'interaction-log' && { ranking: { k, ...file.split } }),
  }
}

/** The agent that was typed, with the options that the file has for it; else the agents of the file. */
function agentsOf(named: readonly NamedAgent[], { agent, agentOptions = {} }: TypedTraining): NamedAgent[] {
  const chosen = agent === undefined ? named : named.filter(({ label }) => label === agent)
  const ofKind = agent !== undefined && chosen.length === 0 ? named.filter(({ name }) => name === agent).slice(0, 1) : chosen
  const agents = ofKind.length > 0 ? ofKind : [{ label: agent ?? usual.agent, name: agent ?? usual.agent, options: {} }]
  const options = Object.keys(agentOptions)
  if (agents.length > 1 && options.length > 0) {
    const labels = agents.map(({ label }) => label).join(', ')
    throw new UserError(`--set ${options[0]} is for one agent, but the file has ${labels}; choose one with --agent`)
  }
  return agents.map(one => ({ ...one, options: { ...one.options, ...agentOptions } }))
}

/**
 * Makes the shop and every agent once, so that nothing is trained when the last of them does not fit.
 *
 * @returns the shop
 * @throws UserError or RangeError saying which agent, and what is wrong
 */
export async function checkPlan({ env, agents }: Pick<TrainingPlan, 'env' | 'agents'>): Promise<Env> {
  const shop = makeEnv(env.name, 1, env.options)
  for (const { label, name, options } of agents) {
    try {
      const agent = await makeAgent(name, shop, options)
      agent.dispose()
    } catch (error) {
      if (agents.length === 1 || !(error instanceof UserError || error instanceof RangeError)) throw error
      throw new UserError(`${label}: ${error.message}`)
    }
  }
  return shop
}
