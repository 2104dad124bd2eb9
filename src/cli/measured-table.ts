/** What agents earn, as tables: one row for each, or one for each type of shopper. */
import { meanInterval } from '../evaluate/mean-interval'
import type { MeasuredAgent } from '../train/measure-beside'
import { printTable } from './print-table'

/** A row of one seed. */
export interface SeedRow extends MeasuredAgent {
  readonly seed: number
}

/** One row for each agent, and type where they are told apart: of several seeds the means, and the interval over the seeds. */
export function overSeeds(rows: readonly SeedRow[]): MeasuredAgent[] {
  const groups = new Map<string, SeedRow[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.agent, row.type])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return Array.from(groups.values(), group => {
    const [{ seed: _, ...first }] = group as [SeedRow]
    if (group.length === 1) return first
    const { estimate, low, high } = meanInterval(group.map(row => row.return))
    const mean = (pick: (row: SeedRow) => number | null) => {
      const known = group.map(pick).filter(value => value !== null)
      return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
    }
    return {
      ...first,
      ...{ return: estimate, low, high },
      clickThroughRate: mean(row => row.clickThroughRate),
      conversionRate: mean(row => row.conversionRate),
      profit: mean(row => row.profit)!,
    }
  })
}

export function printMeasured(rows: readonly MeasuredAgent[]): void {
  printTable(
    rows.map(row => ({
      agent: row.agent,
      ...(row.type !== undefined && { type: row.type }),
      return: row.return.toFixed(2),
      '95 % interval': Number.isFinite(row.low) ? `${row.low.toFixed(2)} to ${row.high.toFixed(2)}` : '–',
      'click-through rate': share(row.clickThroughRate),
      'conversion rate': share(row.conversionRate),
      profit: row.profit.toFixed(2),
    })),
  )
}

/** A row for each type of shopper, and the return of each agent in a column. */
export function printByType(rows: readonly MeasuredAgent[]): void {
  const types = Array.from(new Set(rows.map(({ type }) => type!)))
  printTable(
    types.map(type => ({
      type,
      ...Object.fromEntries(rows.filter(row => row.type === type).map(row => [row.agent, row.return.toFixed(2)])),
    })),
  )
}

function share(rate: number | null): string {
  return rate === null ? '–' : `${(100 * rate).toFixed(1)} %`
}
