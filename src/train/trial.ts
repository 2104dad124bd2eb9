/** One trial of a comparison: one agent under one seed, trained and evaluated. All of it can be sent from one thread to another. */
import { makeAgent } from '../agents/registry'
import { makeEnv } from '../envs/registry'
import { type EvaluateOptions, evaluate } from './evaluate-agent'
import type { Progress, RunRecord } from './run-record'
import { train } from './train'

export interface Trial {
  /** The shop by name; training steps one copy. */
  readonly env: { readonly name: string; readonly options?: Readonly<Record<string, unknown>> }
  readonly agent: { readonly name: string; readonly options?: object }
  /** How people know the agent in this comparison. */
  readonly label: string
  readonly seed: number
  readonly episodes?: number
  readonly steps?: number
  readonly evaluation: EvaluateOptions
}

export interface ComparisonRow {
  readonly agent: string
  readonly seed: number
  /** Mean greedy return. */
  readonly return: number
  /** Mean steps of an episode. */
  readonly length: number
  readonly clickThroughRate: number
  readonly conversionRate: number
  readonly returnRate: number
  /** Share of the items that were shown at all. */
  readonly coverage: number
}

export interface TrialResult {
  readonly record: RunRecord
  readonly row: ComparisonRow
}

/** @returns undefined when the signal ended the training */
export async function runTrial(
  { env, agent: { name, options }, label, seed, episodes, steps, evaluation }: Trial,
  watch: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void },
): Promise<TrialResult | undefined> {
  const shop = makeEnv(env.name, 1, env.options)
  const agent = await makeAgent(name, shop, { ...options, seed })
  try {
    const limits = { ...(episodes === undefined ? {} : { episodes }), ...(steps === undefined ? {} : { steps }) }
    const record = await train(agent, shop, { ...limits, seed, ...watch })
    if (record.interrupted) return undefined
    const evaluationShop = makeEnv(env.name, Math.min(evaluation.episodes, 64), env.options)
    const { mean, lengths, clickThroughRate, conversionRate, returnRate, shown } = evaluate(agent, evaluationShop, evaluation)
    const row = {
      agent: label,
      seed,
      return: mean,
      length: lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
      clickThroughRate,
      conversionRate,
      returnRate,
      coverage: shown.filter(times => times > 0).length / shown.length,
    }
    return { record, row }
  } finally {
    agent.dispose()
  }
}
