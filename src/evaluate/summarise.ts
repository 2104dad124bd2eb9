import { type BootstrapOptions, bootstrapInterval } from './bootstrap-interval'
import { type AgentRow, scoresBySeed } from './scores-by-seed'

export interface SummariseOptions extends Omit<BootstrapOptions, 'statistic'> {
  /** The column summed up; 'return' unless told. */
  readonly measure?: string
}

export interface AgentSummary {
  readonly agent: string
  readonly interquartileMean: number
  /** Ends of the bootstrap interval. */
  readonly low: number
  readonly high: number
  /** How many seeds. */
  readonly n: number
}

/**
 * One row for each agent, in the order they first appear: the interquartile mean over its seeds, with its bootstrap interval.
 *
 * @param rows  tidy rows, one for each agent and seed: { agent, seed, return, … }
 * @throws RangeError when there are no rows, an agent has a seed twice, or the column holds no finite number
 */
export function summarise(rows: readonly AgentRow[], { measure = 'return', ...options }: SummariseOptions = {}): AgentSummary[] {
  if (rows.length === 0) throw new RangeError('rows is empty; there is nothing to sum up')
  const agents = Array.from(new Set(rows.map(row => row.agent)))
  return agents.map(agent => {
    const scores = Array.from(scoresBySeed(rows, agent, measure).values())
    const { estimate, low, high } = bootstrapInterval([scores], options)
    return { agent, interquartileMean: estimate, low, high, n: scores.length }
  })
}
