/** What ends a trial early because it promises little: a pure function of what was reported, so that it can run anywhere. */
import type { Direction, TrialRecord } from './trial-record'

export interface Pruner {
  /** How to make it again (`makePruner`), as plain data. */
  readonly spec: PrunerSpec
  /**
   * Whether to end a trial after its latest report.
   *
   * @param trial   the one in question; its reports in the order of their steps
   * @param others  the study's other trials, in any order; running ones may be among them
   */
  prune(trial: Pick<TrialRecord, 'number' | 'intermediate'>, others: readonly TrialRecord[], direction: Direction): boolean
}

export type PrunerSpec =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'median' } & MedianOptions)
  | ({ readonly kind: 'asha' } & AshaOptions)

export interface MedianOptions {
  /** Trials that must be complete before any is pruned; 5. */
  readonly startupTrials?: number
  /** No trial is pruned before this step; 0. */
  readonly warmUpSteps?: number
}

export interface AshaOptions {
  /** The step of the first rung: no trial is judged before it; above 0. */
  readonly minimumResource: number
  /** One in so many goes on from each rung, and each rung is so many times as far as the one before; a whole number from 2, 4. */
  readonly reductionFactor?: number
  /** How many of the first rungs are left out: a longer grace; 0. */
  readonly minimumEarlyStoppingRate?: number
}

/** Lets every trial run to its end: the default, since learning curves of reinforcement learning cross. */
export function noPruner(): Pruner {
  return { spec: { kind: 'none' }, prune: () => false }
}
