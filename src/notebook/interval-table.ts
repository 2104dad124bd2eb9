/** Several measures of several agents in one table: each cell an interquartile mean over seeds, with its interval in words. */
import type { AgentRow } from '../evaluate/scores-by-seed'
import { summarise } from '../evaluate/summarise'
import { type Table, type TableOptions, table } from './table'

export interface IntervalTableOptions extends TableOptions {
  /** Digits after the point; 2. */
  readonly digits?: number
}

/**
 * A row for each agent, in the order they first appear: `intervalTable(rows, { return: 'Return', clickThroughRate: 'Clicks per impression' })`.
 *
 * @param rows     tidy rows, one for each agent and seed
 * @param measures the columns shown, and their headings
 * @throws RangeError as `summarise` does
 */
export function intervalTable(
  rows: readonly AgentRow[],
  measures: Readonly<Record<string, string>>,
  { digits = 2, ...options }: IntervalTableOptions = {},
): Table {
  const cells = new Map<string, Record<string, string>>()
  for (const [measure, heading] of Object.entries(measures)) {
    for (const { agent, interquartileMean, low, high } of summarise(rows, { measure })) {
      const [middle, from, to] = [interquartileMean, low, high].map(value => value.toFixed(digits))
      cells.set(agent, { ...(cells.get(agent) ?? { agent }), [heading]: `${middle} (${from} to ${to})` })
    }
  }
  return table(Array.from(cells.values()), options)
}
