/** How well agents rank the log's later rows, as a table. */
import type { OfflineRanking } from '../evaluate/offline-ranking'
import { printTable } from './print-table'

export interface AgentRanking extends OfflineRanking {
  readonly agent: string
}

/** One row for each agent, the means of its seeds. */
export function meanRankings(rows: readonly AgentRanking[]): AgentRanking[] {
  return Array.from(new Set(rows.map(({ agent }) => agent)), agent => {
    const own = rows.filter(row => row.agent === agent)
    const { agent: _, ...metrics } = own[0]!
    const mean = (name: keyof OfflineRanking) => own.reduce((sum, row) => sum + row[name], 0) / own.length
    const means = Object.fromEntries((Object.keys(metrics) as (keyof OfflineRanking)[]).map(name => [name, mean(name)]))
    return { agent, ...(means as unknown as OfflineRanking) }
  })
}

export function printRanking(rows: readonly AgentRanking[]): void {
  const [first] = rows
  if (!first) return
  process.stdout.write(`\nlists of ${first.k} against what ${first.users} users wanted in the last part of the log:\n\n`)
  printTable(
    rows.map(row => ({
      agent: row.agent,
      precision: row.precision.toFixed(4),
      recall: row.recall.toFixed(4),
      NDCG: row.ndcg.toFixed(4),
      MAP: row.meanAveragePrecision.toFixed(4),
      'hit rate': row.hitRate.toFixed(4),
      coverage: row.coverage.toFixed(3),
      diversity: row.diversity.toFixed(3),
      novelty: row.novelty.toFixed(2),
    })),
  )
}
