/** Two agents under the same seeds: the mean difference and how sure it is. */
import type { Interval } from './bootstrap-interval'
import { meanInterval } from './mean-interval'
import { type AgentRow, scoresBySeed } from './scores-by-seed'

export interface PairedOptions {
  /** The column compared; 'return' unless told. */
  readonly measure?: string
  /** The share of such intervals that should hold the truth. */
  readonly level?: number
}

export interface PairedDifference extends Interval {
  /** How many seeds both agents have. */
  readonly pairs: number
}

/**
 * The mean of (agent - other) over the seeds that both have, with Student's interval (`meanInterval`).
 *
 * With the same seed both met the same shoppers, so that what the seed brings cancels out: the interval is narrower than that of two
 * separate means. Where it does not hold 0, the agents differ, or one time in twenty seem to. A single seed decides nothing.
 *
 * @param rows  tidy rows, one for each agent and seed
 * @throws RangeError when the two have no seed in common, or the column holds no finite number
 */
export function pairedDifference(
  rows: readonly AgentRow[],
  agent: string,
  other: string,
  { measure, level }: PairedOptions = {},
): PairedDifference {
  const differences = pairedScores(rows, agent, other, measure)
  return { ...meanInterval(differences, level), pairs: differences.length }
}

/** The differences (agent - other), one for each seed that both have. @throws RangeError as `pairedDifference` */
export function pairedScores(rows: readonly AgentRow[], agent: string, other: string, measure = 'return'): number[] {
  const mine = scoresBySeed(rows, agent, measure)
  const theirs = scoresBySeed(rows, other, measure)
  const differences: number[] = []
  for (const [seed, score] of mine) if (theirs.has(seed)) differences.push(score - theirs.get(seed)!)
  if (differences.length === 0) {
    throw new RangeError(
      `'${agent}' (${mine.size} rows) and '${other}' (${theirs.size} rows) have no seed in common; run both on the same seeds`,
    )
  }
  return differences
}
