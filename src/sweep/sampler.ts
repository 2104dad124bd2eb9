/** What proposes the configurations of a study: a pure function of the space, the trials known so far and a seed. */
import type { Generator } from '../random/generator'
import type { Configuration, SearchSpace } from './search-space'
import type { Direction, TrialRecord } from './trial-record'

/** What a sampler is told when a trial is asked for. */
export interface ProposalRequest {
  /** The dimensions to be chosen, all at once. */
  readonly space: SearchSpace
  /** Every other trial of the study by number, running ones too; those that another space made are passed over. */
  readonly trials: readonly TrialRecord[]
  readonly direction: Direction
  /** A source of chance that belongs to this trial alone. */
  readonly generator: Generator
}

export interface Sampler {
  /** How to make it again (`makeSampler`), as plain data. */
  readonly spec: SamplerSpec
  /** @returns a value for each dimension of the space, or undefined when there is nothing left to try */
  propose(request: ProposalRequest): Configuration | undefined
}

export type SamplerSpec = { readonly kind: 'grid' } | { readonly kind: 'random' } | ({ readonly kind: 'tpe' } & TpeOptions)

export interface TpeOptions {
  /** Trials drawn at random before there is anything to learn from; 10. */
  readonly startupTrials?: number
  /** How many proposals are drawn near the good trials, of which the best is taken; 24. */
  readonly candidates?: number
  /** Propose all dimensions together, true, or each on its own, which cannot see that two belong together; true. */
  readonly multivariate?: boolean
}
