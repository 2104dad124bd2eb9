/** What is told of an evaluation in a table: the mean return with its interval, and what a shop lives on. */
import { meanInterval } from '../evaluate/mean-interval'
import type { Evaluation } from './evaluate-agent'

export interface Measured {
  /** Mean greedy return of a visit, training bonuses left out. */
  readonly return: number
  /** Ends of its 95 % interval over the visits (Student's); infinite for a single visit. */
  readonly low: number
  readonly high: number
  /** Clicks by impressions; null where the shop shows nothing that could be clicked. */
  readonly clickThroughRate: number | null
  /** Purchases by clicks; null where nothing was clicked. */
  readonly conversionRate: number | null
  /** Mean of a visit's margins, in money. */
  readonly profit: number
}

export function measured({ returns, mean, counts, clickThroughRate, conversionRate, profits, episodes }: Evaluation): Measured {
  const { low, high } = meanInterval(returns)
  return {
    return: mean,
    low,
    high,
    clickThroughRate: counts.impression > 0 ? clickThroughRate : null,
    conversionRate: counts.click > 0 ? conversionRate : null,
    profit: profits.reduce((sum, profit) => sum + profit, 0) / episodes,
  }
}
