/** Whether a plan's agent and shop can be made at all, before hours go into it. */
import { makeAgent } from '../agents/registry'
import type { Env } from '../envs/env'
import { makeEnv } from '../envs/registry'
import { PlanProblem } from './plan-problem'
import type { Choice, Configuration, Dimension } from './search-space'
import { configured, type SweepPlan } from './sweep-plan'
import { valueAt, valueCount } from './unit-interval'

/**
 * Makes the shop and the agent with every value of every hyperparameter that is listed, and both ends of every range, once.
 *
 * @throws UserError naming the path in the plan and what its agent or shop says
 */
export async function checkSweep(plan: SweepPlan): Promise<void> {
  await attempt(plan, {}, 'agent.options')
  const values = Object.entries(plan.parameters).map(([name, dimension]) => [name, edges(dimension)] as const)
  const rounds = Math.max(...values.map(([, list]) => list.length))
  for (let round = 0; round < rounds; round++) {
    const configuration = Object.fromEntries(values.map(([name, list]) => [name, list[round % list.length]!]))
    try {
      await attempt(plan, configuration, 'parameters')
    } catch (error) {
      // Which of them it was; where each alone is allowed, they contradict each other, and such trials fail one by one.
      for (const [name, value] of Object.entries(configuration)) await attempt(plan, { [name]: value }, `parameters.${name}`)
      if (!(error instanceof PlanProblem)) throw error
    }
  }
}

async function attempt(plan: SweepPlan, configuration: Configuration, path: string): Promise<void> {
  const { env, agent } = configured(plan, configuration)
  let shop: Env
  try {
    shop = makeEnv(env.name, 1, env.options)
  } catch (error) {
    throw new PlanProblem(path === 'agent.options' ? 'env' : path, `does not fit: ${(error as Error).message}`)
  }
  try {
    const made = await makeAgent(agent.name, shop, agent.options)
    made.dispose()
  } catch (error) {
    throw new PlanProblem(path, `does not fit: ${(error as Error).message}`)
  }
}

function edges(dimension: Dimension): readonly Choice[] {
  if (dimension.kind === 'categorical') return dimension.choices
  const count = valueCount(dimension)
  return [dimension.low, count === Infinity ? dimension.high : valueAt(dimension, count - 1)]
}
