/**
 * Comparing agents fairly: each one trained under every seed, then evaluated on the same shoppers with the same luck.
 *
 * The trainings run on all cores; each is alone with its seed, so the rows do not depend on how many workers there are. The rows are tidy,
 * one for each agent and seed, ready for `summarise`, figures and CSV; they hold no timings, so the same call gives the same rows.
 */
import { checkComparison } from './check-comparison'
import type { EvaluateOptions } from './evaluate-agent'
import type { Progress, RunRecord } from './run-record'
import { runTrials } from './run-trials'
import type { ComparisonRow, Trial, Validation } from './trial'

export type { ComparisonRow } from './trial'

export interface CompareOptions {
  /** The shop by name. */
  readonly env: { readonly name: string; readonly options?: Readonly<Record<string, unknown>> }
  /** The agents by name; their seed is set by each run. `label` tells apart two of a kind; `copies` is this agent's own. */
  readonly agents: readonly { readonly name: string; readonly options?: object; readonly label?: string; readonly copies?: number }[]
  /**
   * Shops that a training steps together, 1 to 100,000; 1. Agents that learn from what has just happened (PPO, A2C) want several, such as 8:
   * what they learn from is less of one shopper. `episodes` and `steps` count over all copies.
   */
  readonly copies?: number
  readonly seeds: readonly number[]
  /** Episodes of training, each agent and seed. */
  readonly episodes?: number
  /** Transitions of training, each agent and seed; with `episodes`, whichever comes first. */
  readonly steps?: number
  /** The same shoppers for all; 200 episodes, seed 1,000,000. */
  readonly evaluation?: Partial<EvaluateOptions>
  /** Evaluates each training on its way as well, and may end it when it gets no better. */
  readonly validation?: Validation
  /** Trainings at once; as many as there are cores. 1: in this very thread, which a debugger and a profiler like. */
  readonly workers?: number
  readonly signal?: AbortSignal
  /** Called as a training goes: which one, of how many, and where it stands. */
  readonly onProgress?: (run: { agent: string; seed: number; run: number; runs: number; progress: Progress }) => void
  /** Called when a training is done, with its record; with several workers in the order in which they end. */
  readonly onRun?: (agent: string, record: RunRecord) => void
}

/**
 * Trains and evaluates every agent under every seed; when the signal is aborted, the rows so far.
 *
 * @throws RangeError, before anything is trained, for a shop that has no name here, no agents, no seeds, and whatever would be ignored
 */
export async function compare(options: CompareOptions): Promise<ComparisonRow[]> {
  checkComparison(options)
  const { workers, signal, onProgress, onRun } = options
  const trials = trialsOf(options)
  const results = await runTrials(trials, {
    ...(workers === undefined ? {} : { workers }),
    ...(signal && { signal }),
    ...(onProgress && {
      onProgress: ({ label, seed }, run, progress) => onProgress({ agent: label, seed, run, runs: trials.length, progress }),
    }),
    ...(onRun && { onResult: ({ label }, _, { record }) => onRun(label, record) }),
  })
  return results.flatMap(result => (result ? [result.row] : []))
}

/** One seed after another, and of each seed every agent. */
function trialsOf({ env, agents, copies = 1, seeds, episodes, steps, evaluation, validation }: CompareOptions): Trial[] {
  const labels = agents.map(({ name, label }) => label ?? name)
  const twice = labels.find((label, at) => labels.indexOf(label) !== at)
  if (twice !== undefined) throw new RangeError(`two agents are called '${twice}'; give each a label of its own`)
  const limits = { ...(episodes === undefined ? {} : { episodes }), ...(steps === undefined ? {} : { steps }) }
  const common = { env, ...limits, evaluation: { episodes: 200, seed: 1_000_000, ...evaluation }, ...(validation && { validation }) }
  return seeds.flatMap(seed =>
    agents.map(({ copies: own, ...agent }, at) => ({ ...common, agent, copies: own ?? copies, label: labels[at]!, seed })),
  )
}
