/**
 * Comparing agents fairly: each one trained under every seed, then evaluated on the same shoppers with the same luck.
 *
 * The rows are tidy, one for each agent and seed, ready for `summarise`, figures and CSV; they hold no timings, so the same call gives the
 * same rows.
 */
import { makeAgent } from '../agents/registry'
import { makeEnv } from '../envs/registry'
import type { EvaluateOptions } from './evaluate-agent'
import { evaluate } from './evaluate-agent'
import type { Progress, RunRecord } from './run-record'
import { train } from './train'

export interface CompareOptions {
  /** The shop by name; training steps one copy. */
  readonly env: { readonly name: string; readonly options?: Readonly<Record<string, unknown>> }
  /** The agents by name; their seed is set by each run. `label` tells apart two of a kind. */
  readonly agents: readonly { readonly name: string; readonly options?: object; readonly label?: string }[]
  readonly seeds: readonly number[]
  /** Episodes of training, each agent and seed. */
  readonly episodes: number
  /** The same shoppers for all; 200 episodes, seed 1,000,000. */
  readonly evaluation?: Partial<EvaluateOptions>
  readonly signal?: AbortSignal
  /** Called as a training goes: which one, of how many, and where it stands. */
  readonly onProgress?: (run: { agent: string; seed: number; run: number; runs: number; progress: Progress }) => void
  /** Called when a training is done, with its record. */
  readonly onRun?: (agent: string, record: RunRecord) => void
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

/** Trains and evaluates every agent under every seed; when the signal is aborted, the rows so far. */
export async function compare(options: CompareOptions): Promise<ComparisonRow[]> {
  const { env, agents, seeds, episodes, signal, onProgress, onRun } = options
  const evaluation = { episodes: 200, seed: 1_000_000, ...options.evaluation }
  const labels = agents.map(({ name, label }) => label ?? name)
  const twice = labels.find((label, at) => labels.indexOf(label) !== at)
  if (twice !== undefined) throw new RangeError(`two agents are called '${twice}'; give each a label of its own`)
  const shop = makeEnv(env.name, 1, env.options)
  const evaluationShop = makeEnv(env.name, Math.min(evaluation.episodes, 64), env.options)
  const rows: ComparisonRow[] = []
  const runs = seeds.length * agents.length
  let run = 0
  for (const seed of seeds) {
    for (const [at, { name, options: own }] of agents.entries()) {
      const label = labels[at]!
      const agent = await makeAgent(name, shop, { ...own, seed })
      const current = run++
      try {
        const record = await train(agent, shop, {
          episodes,
          seed,
          ...(signal ? { signal } : {}),
          ...(onProgress ? { onProgress: progress => onProgress({ agent: label, seed, run: current, runs, progress }) } : {}),
        })
        if (record.interrupted) return rows
        onRun?.(label, record)
        const { mean, lengths, clickThroughRate, conversionRate, returnRate, shown } = evaluate(agent, evaluationShop, evaluation)
        rows.push({
          agent: label,
          seed,
          return: mean,
          length: lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
          clickThroughRate,
          conversionRate,
          returnRate,
          coverage: shown.filter(times => times > 0).length / shown.length,
        })
      } finally {
        agent.dispose()
      }
    }
  }
  return rows
}
