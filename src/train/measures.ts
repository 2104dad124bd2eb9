/** What an evaluation is summed up by: one number for each measure. */
import type { Evaluation } from './evaluate-agent'

export interface Measures {
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

export type Measure = keyof Measures

export const measureNames = [
  'return',
  'length',
  'clickThroughRate',
  'conversionRate',
  'returnRate',
  'coverage',
] as const satisfies readonly Measure[]

export function measuresOf({ mean, lengths, clickThroughRate, conversionRate, returnRate, shown }: Evaluation): Measures {
  return {
    return: mean,
    length: lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
    clickThroughRate,
    conversionRate,
    returnRate,
    coverage: shown.filter(times => times > 0).length / shown.length,
  }
}

export function measureOf(evaluation: Evaluation, measure: Measure): number {
  return measuresOf(evaluation)[measure]
}
