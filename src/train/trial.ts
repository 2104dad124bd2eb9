/** One trial of a comparison: one agent under one seed, trained and evaluated. All of it can be sent from one thread to another. */
import { makeAgent } from '../agents/registry'
import { makeEnv } from '../envs/registry'
import { type EarlyStoppingRule, earlyStopping } from './early-stopping'
import { type EvaluateOptions, type Evaluation, evaluate } from './evaluate-agent'
import { type Measure, type Measures, measuresOf } from './measures'
import type { Progress, RunRecord } from './run-record'
import { type TrainOptions, train } from './train'

/** A shop by name. */
export interface NamedShop {
  readonly name: string
  readonly options?: Readonly<Record<string, unknown>>
}

/** Evaluations in the course of a training. */
export interface Validation extends EvaluateOptions {
  /** Episodes of training between two of them. */
  readonly every: number
  /** Ends the training when its evaluations get no better, by this measure. */
  readonly stopping?: EarlyStoppingRule & { readonly measure?: Measure; readonly goal?: 'maximise' | 'minimise' }
}

export interface Trial {
  readonly env: NamedShop
  readonly agent: { readonly name: string; readonly options?: object }
  /** Shops stepped together in training; 1. */
  readonly copies?: number
  /** How people know the agent in this comparison. */
  readonly label: string
  readonly seed: number
  readonly episodes?: number
  readonly steps?: number
  /** Of the trained agent. */
  readonly evaluation: EvaluateOptions
  /** Another shop that the trained agent is evaluated in as well, on as many episodes. */
  readonly elsewhere?: NamedShop
  readonly validation?: Validation
}

/** Measured over greedy episodes. */
export interface ComparisonRow extends Measures {
  readonly agent: string
  readonly seed: number
}

export interface TrialResult {
  readonly record: RunRecord
  readonly row: ComparisonRow
  /** Of the other shop, where one was named. */
  readonly elsewhere?: ComparisonRow
}

/** Who watches a trial. */
export interface TrialWatch {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** Called at each evaluation of `validation`, and waited for. */
  readonly onValidation?: (evaluation: Evaluation) => Promise<void>
}

/** Copies of the shop that an evaluation steps together; its result does not depend on them. */
export const EVALUATION_COPIES = 64

/** @returns undefined when the signal ended the training */
export async function runTrial(trial: Trial, watch: TrialWatch): Promise<TrialResult | undefined> {
  const { env, agent: kind, copies = 1, label, seed, evaluation, elsewhere, validation } = trial
  const shop = makeEnv(env.name, copies, env.options)
  const agent = await makeAgent(kind.name, shop, { ...kind.options, seed })
  const measure = ({ name, options }: NamedShop) =>
    evaluate(agent, makeEnv(name, Math.min(evaluation.episodes, EVALUATION_COPIES), options), evaluation)
  const rowOf = (measured: Evaluation): ComparisonRow => ({ agent: label, seed, ...measuresOf(measured) })
  try {
    const { episodes, steps } = trial
    const limits = { ...(episodes === undefined ? {} : { episodes }), ...(steps === undefined ? {} : { steps }) }
    const { signal, onProgress, onValidation } = watch
    const record = await train(agent, shop, {
      ...{ ...limits, seed },
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
      ...(validation && validated(env, validation, onValidation)),
    })
    if (record.interrupted) return undefined
    return { record, row: rowOf(measure(env)), ...(elsewhere && { elsewhere: rowOf(measure(elsewhere)) }) }
  } finally {
    agent.dispose()
  }
}

/** The options of a training that is evaluated on its way. */
function validated({ name, options }: NamedShop, validation: Validation, onValidation: TrialWatch['onValidation']): Partial<TrainOptions> {
  const { episodes, seed, every, stopping } = validation
  const stop = stopping && earlyStopping(stopping)
  return {
    evaluateEveryEpisodes: every,
    evaluation: { env: makeEnv(name, Math.min(episodes, EVALUATION_COPIES), options), episodes, seed },
    async onEvaluation(measured, soFar, ended) {
      await onValidation?.(measured)
      return stop?.(measured, soFar, ended)
    },
  }
}
