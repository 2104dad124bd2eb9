/**
 * What the Open Bandit Dataset says of uniform choice: the committed table (lab/tables/off-policy.ts) beside the figures known of it, and, where
 * the data have been fetched, computed again.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type OpenBanditRow, openBanditValues } from '../../../lab/tables/open-bandit-values'
import { dataFolder } from '../../../src/data/data-folder'
import { howToFetch } from '../../../src/data/open-bandit'
import { openBanditFiles } from '../../../src/data/open-bandit-fetch'
import { readRows } from '../../../src/data/rows-file'

const table = readRows<OpenBanditRow>(join(__dirname, '../../../data/open-bandit-values.csv'))
const row = (rows: readonly OpenBanditRow[], campaign: string, estimator: string) =>
  rows.find(found => found.campaign === campaign && found.estimator === estimator)!

test('the table has the figures that are known of the sample', () => {
  // Numbers in it have eight digits behind the point.
  expect(row(table, 'men', 'its own log').estimate).toBe(0.0046) // 46 clicks
  expect(row(table, 'women', 'its own log').estimate).toBe(0.0046)
  expect(row(table, 'men', 'inverse propensity').estimate).toBeCloseTo(0.003008626327, 8)
  expect(row(table, 'men', 'self-normalised inverse propensity').estimate).toBeCloseTo(0.003189423162, 8)
  expect(row(table, 'men', 'inverse propensity').effectiveSampleSize).toBeCloseTo(655.71, 2)
  expect(row(table, 'women', 'inverse propensity').effectiveSampleSize).toBeCloseTo(2.078, 3)
})

test('women cannot be answered, and every row that is an estimate says so; men and all can', () => {
  for (const { campaign, estimator, warning } of table) {
    if (campaign === 'women' && estimator !== 'its own log') expect(warning).toContain('effective sample size is 2.1, below 100')
    else expect(warning).toBe('')
  }
})

const there = openBanditFiles.every(file => existsSync(join(dataFolder(), 'open-bandit', file)))

test.skipIf(!there)(
  `computed again, the values of men are those of the table${there ? '' : ` (skipped without the data: ${howToFetch()})`}`,
  () => {
    const again = openBanditValues(['men'])
    expect(row(again, 'men', 'inverse propensity').estimate).toBeCloseTo(0.003008626327, 12)
    expect(row(again, 'men', 'self-normalised inverse propensity').estimate).toBeCloseTo(0.003189423162, 12)
    const written = table.filter(({ campaign }) => campaign === 'men')
    expect(again.map(({ estimator }) => estimator)).toEqual(written.map(({ estimator }) => estimator))
    for (const [at, { estimate, low, high }] of again.entries()) {
      expect(written[at]!.estimate).toBeCloseTo(estimate, 7)
      expect(written[at]!.low).toBeCloseTo(low, 7)
      expect(written[at]!.high).toBeCloseTo(high, 7)
    }
  },
)
