/** A tidy row: one agent, one seed, and whatever was measured. */
export interface AgentRow {
  readonly agent: string
  readonly seed: number
}

/**
 * The scores of one agent, by seed, in the order of the rows.
 *
 * @param measure  the column to read, 'return' for instance
 * @throws RangeError when a seed stands there twice or the column holds no finite number
 */
export function scoresBySeed(rows: readonly AgentRow[], agent: string, measure: string): Map<number, number> {
  const scores = new Map<number, number>()
  for (const row of rows) {
    if (row.agent !== agent) continue
    const score = (row as AgentRow & Record<string, unknown>)[measure]
    if (typeof score !== 'number' || !Number.isFinite(score)) {
      throw new RangeError(`'${measure}' of ${agent}, seed ${row.seed}, is ${score}; it must be a finite number`)
    }
    if (scores.has(row.seed)) throw new RangeError(`${agent} has two rows for seed ${row.seed}; there must be one for each seed`)
    scores.set(row.seed, score)
  }
  return scores
}
