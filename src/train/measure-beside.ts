/**
 * What stands beside an agent in a table: random, popularity that has watched as many visits, and where it is asked for the myopic oracle,
 * all on the same shoppers with the same luck. Who cannot serve the shop is left out.
 */
import type { Agent } from '../agents/agent'
import { type Actor, myopicOracle } from '../agents/myopic-oracle'
import { makeAgent } from '../agents/registry'
import { UserError } from '../data/user-error'
import type { Env, Spec } from '../envs/env'
import { hasOracle } from '../envs/oracle'
import { makeEnv } from '../envs/registry'
import { type EvaluateOptions, evaluate } from './evaluate-agent'
import { evaluateByType, typesOf } from './evaluate-by-type'
import { type Measured, measured } from './measured'
import type { RunRecord } from './run-record'
import { isActor } from './said'
import { train } from './train'
import { EVALUATION_COPIES } from './trial'

export interface MeasuredAgent extends Measured {
  readonly agent: string
  /** Of the shoppers, where they are told apart. */
  readonly type?: string
}

export interface MeasureOptions extends EvaluateOptions {
  /** Each type of shopper for itself; false. */
  readonly byType?: boolean
}

/** What an agent is measured against; a reference has no options of its own. */
export const references = ['random', 'popularity'] as const

export const oracleName = 'myopic oracle'

/** One row, or one for each type of shopper, who share the episodes. @param actor as in `evaluateByType` */
export function measure(name: string, actor: Actor | ((env: Env) => Actor), shop: Spec, options: MeasureOptions): MeasuredAgent[] {
  const { episodes, seed, byType = false } = options
  if (byType) {
    const types = typesOf(shop)
    return evaluateByType(actor, shop, { episodes: Math.ceil(episodes / types.length), seed }).map(row => ({ agent: name, ...row }))
  }
  const env = makeEnv(shop.name, Math.min(episodes, EVALUATION_COPIES), shop.options)
  return [{ agent: name, ...measured(evaluate(isActor(actor) ? actor : actor(env), env, { episodes, seed })) }]
}

/**
 * A reference made for a shop, and trained there as long as the agent that it shall stand beside.
 *
 * @returns undefined where it cannot serve the shop
 */
async function trainReference(
  name: (typeof references)[number],
  shop: Spec,
  { episodes, copies, seed }: Pick<RunRecord, 'episodes' | 'copies' | 'seed'>,
): Promise<Agent | undefined> {
  const env = makeEnv(shop.name, copies, shop.options)
  try {
    const agent = await makeAgent(name, env, { seed })
    // The other learns nothing.
    if (name === 'popularity') await train(agent, env, { episodes, seed })
    return agent
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

export interface ReferencesOptions {
  /** Names of references left out, such as that of the agent itself. */
  readonly without?: readonly string[]
  /** Whether the myopic oracle is asked as well, where the shop has one; false. */
  readonly oracle?: boolean
  /** Hears of each before it is trained. */
  readonly onBegin?: (name: string) => void
}

/**
 * The references that can serve the shop, one after another.
 *
 * @param run    the training of the agent that they stand beside
 * @param handle gets each; the oracle as what makes it of the shop it looks into, and is no agent
 */
export async function eachReference(
  shop: Spec,
  run: Pick<RunRecord, 'episodes' | 'copies' | 'seed'>,
  { without = [], oracle = false, onBegin }: ReferencesOptions,
  handle: (name: string, actor: Actor | ((env: Env) => Actor), agent?: Agent) => void,
): Promise<void> {
  for (const name of references) {
    if (without.includes(name)) continue
    onBegin?.(name)
    const agent = await trainReference(name, shop, run)
    if (!agent) continue
    handle(name, agent, agent)
    agent.dispose()
  }
  if (!oracle || !hasOracle(makeEnv(shop.name, 1, shop.options))) return
  onBegin?.(oracleName)
  handle(oracleName, myopicOracle)
}
