/** Many agents against one, under the same seeds: each difference with its interval, and p-values that bear being looked at together. */
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { cumulativeBeta } from '../random/cumulative-beta'
import { holmCorrection } from './holm-correction'
import { type PairedDifference, type PairedOptions, pairedDifference, pairedScores } from './paired-difference'
import type { AgentRow } from './scores-by-seed'

export interface AgentDifference extends PairedDifference {
  readonly agent: string
  /** How often a difference at least as large would be seen by chance if there were none: Student's paired test, two-sided. 1 with a single seed. */
  readonly pValue: number
  /** The same after Holm's correction for all agents compared: below .05 for any of them is a finding. */
  readonly adjusted: number
}

/**
 * Every other agent minus `other`, in the order they first appear.
 *
 * The intervals are each for itself; where one decides among many, `adjusted` is what to look at (Holm 1979).
 *
 * @param rows tidy rows, one for each agent and seed
 * @throws RangeError when there is no other agent, one has no seed in common with `other`, or the column holds no finite number
 */
export function pairedDifferences(rows: readonly AgentRow[], other: string, options: PairedOptions = {}): AgentDifference[] {
  const agents = Array.from(new Set(rows.map(({ agent }) => agent))).filter(agent => agent !== other)
  const known = new Set(rows.map(({ agent }) => agent))
  if (!known.has(other)) throw new RangeError(`rows have no agent '${other}'; they have ${Array.from(known).join(', ') || 'none'}`)
  if (agents.length === 0) throw new RangeError(`rows have no agent but '${other}'; there is nothing to compare`)
  const found = agents.map(agent => {
    const difference = pairedDifference(rows, agent, other, options)
    return { agent, ...difference, pValue: studentPValue(pairedScores(rows, agent, other, options.measure)) }
  })
  const adjusted = holmCorrection(found.map(({ pValue }) => pValue))
  return found.map((row, at) => ({ ...row, adjusted: adjusted[at]! }))
}

function studentPValue(differences: readonly number[]): number {
  const n = differences.length
  if (n < 2) return 1
  const average = mean(differences as number[])
  const spread = sampleStandardDeviation(differences as number[]) / Math.sqrt(n)
  if (spread === 0) return average === 0 ? 1 : 0
  // Both tails of Student's distribution at once, as a beta number's lower one (Abramowitz & Stegun 1964, 26.5.27): it keeps its digits where
  // 1 less the middle would have none left.
  const [degrees, square] = [n - 1, (average / spread) ** 2]
  return cumulativeBeta(degrees / (degrees + square), degrees / 2, 1 / 2, square / (degrees + square))
}
