/** What every off-policy estimator gives: a value, how sure it is, and whether the data can answer at all. */
import type { Interval } from '../bootstrap-interval'
import type { WeightDiagnostics } from './importance-weights'

export interface EstimateOptions {
  /** How often the rounds are drawn again for the interval, at least 1; 1,000. */
  readonly resamples?: number
  /** The share of such intervals that should hold the truth, between 0 and 1; .95. */
  readonly level?: number
  /** The same seed draws the same interval; 0. */
  readonly seed?: number
}

export interface OffPolicyEstimate extends Interval, WeightDiagnostics {
  /** 'inverse propensity', 'doubly robust', … */
  readonly estimator: string
  /** The cap, threshold or lambda that was used, for estimators that have one. */
  readonly parameter?: number
  /** In words, what makes the estimate doubtful; empty where nothing does. */
  readonly warnings: readonly string[]
}
