/** What is known of one trial of a study: plain data, a line of JSON in a file. */
import type { Configuration } from './search-space'

export interface TrialRecord {
  /** 0, 1, 2, … in the order in which they were asked for. */
  readonly number: number
  readonly configuration: Configuration
  readonly state: 'running' | 'complete' | 'pruned' | 'failed'
  /** The objective; only of a complete trial. */
  readonly value?: number
  /** What was reported on the way, in the order of its steps. */
  readonly intermediate: readonly { readonly step: number; readonly value: number }[]
  /** The objective under each seed, where a trial has several; `value` is their mean. */
  readonly seeds?: readonly { readonly seed: number; readonly value: number }[]
  /** Why a trial failed. */
  readonly error?: string
}

/** Which values are good. */
export type Direction = 'maximise' | 'minimise'
