/**
 * Writes what notebooks/off-policy.ipynb reads: how far off-policy estimators are from the truth, 20 runs of each (data/off-policy-errors.csv,
 * half a minute), and what the Open Bandit Dataset says of uniform choice (data/open-bandit-values.csv). Where that has not been fetched, its
 * table stays as it is.
 */
import { join } from 'node:path'
import { dataFolder, writeRows } from 'shoplab'
import { UserError } from '../../src/data/user-error'
import { offPolicyErrors } from './off-policy-errors'
import { openBanditValues } from './open-bandit-values'

const runs = Array.from({ length: 20 }, (_, run) => run)
write('off-policy-errors.csv', runs.flatMap(offPolicyErrors))
try {
  write('open-bandit-values.csv', openBanditValues())
} catch (error) {
  if (!(error instanceof UserError)) throw error
  console.log(`data/open-bandit-values.csv stays as it is: ${error.message}`)
}

/** Numbers with eight digits behind the point. */
function write(file: string, rows: readonly object[]): void {
  const rounded = (value: unknown) => (typeof value === 'number' ? Number(value.toFixed(8)) : value)
  writeRows(
    join(dataFolder(), file),
    rows.map(row => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, rounded(value)]))),
  )
}
