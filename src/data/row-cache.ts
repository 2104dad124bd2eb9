/** A cache of rows of numbers, such as the embeddings or scores of the shoppers asked for most: the least recently used one makes room. */
import { checkWhole } from './check'

export interface RowCache {
  /** Rows kept now, at most `capacity`. */
  readonly size: number
  /** How often a row was there, and how often it had to be made. */
  readonly hits: number
  readonly misses: number
  /** The row of this key; `make` makes it when it is not there. It is shared: whoever gets it must not change it. */
  get(key: string, make: () => Float32Array): Float32Array
  /** Forgets all rows, because what they were made from has changed; the counts stay. */
  clear(): void
}

/** @param capacity the most rows kept, at least 0; 0 keeps none */
export function rowCache(capacity: number): RowCache {
  checkWhole('capacity', capacity, 0, 10_000_000)
  // A Map goes through its keys in the order in which they were put in: the first is the one not asked for the longest.
  const rows = new Map<string, Float32Array>()
  let hits = 0
  let misses = 0
  return {
    get size() {
      return rows.size
    },
    get hits() {
      return hits
    },
    get misses() {
      return misses
    },
    get(key, make) {
      const kept = rows.get(key)
      if (kept) {
        hits++
        rows.delete(key)
        rows.set(key, kept)
        return kept
      }
      misses++
      const row = make()
      rows.set(key, row)
      if (rows.size > capacity) rows.delete(rows.keys().next().value as string)
      return row
    },
    clear: () => rows.clear(),
  }
}
