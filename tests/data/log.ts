/** A log of interactions as rows, for tests. */
import type { Interactions } from '../../src/data/tables'

export function log(rows: readonly (readonly [user: number, item: number, timestamp: number, weight: number])[]): Interactions {
  const column = (at: number) => rows.map(row => row[at]!)
  return {
    count: rows.length,
    user: Int32Array.from(column(0)),
    item: Int32Array.from(column(1)),
    timestamp: Float64Array.from(column(2)),
    weight: Float64Array.from(column(3)),
    event: Uint8Array.from(column(3), weight => weight * 2),
  }
}
