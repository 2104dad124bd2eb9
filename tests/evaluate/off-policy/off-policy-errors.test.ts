/**
 * The committed table of errors is what its script computes; all 20 runs beside the published errors:
 * tests/learning/off-policy-errors.test.ts.
 */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ErrorRow, offPolicyErrors, publishedErrors } from '../../../lab/tables/off-policy-errors'
import { readRows } from '../../../src/data/rows-file'

const rows = readRows<ErrorRow>(join(__dirname, '../../../data/off-policy-errors.csv'))

test('the table has twenty runs of each estimator that has a published error', () => {
  expect(rows).toHaveLength(20 * Object.keys(publishedErrors).length)
  for (const estimator of Object.keys(publishedErrors)) expect(rows.filter(row => row.estimator === estimator)).toHaveLength(20)
})

test('a run computed again is the run in the table', () => {
  const run = 4
  for (const [at, { estimator, estimate, truth, error }] of offPolicyErrors(run).entries()) {
    const written = rows.filter(row => row.run === run)[at]!
    expect(written.estimator).toBe(estimator)
    expect(written.estimate).toBeCloseTo(estimate, 7)
    expect(written.truth).toBeCloseTo(truth, 7)
    expect(written.error).toBeCloseTo(error, 7)
  }
})
