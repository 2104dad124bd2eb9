/**
 * Writes what notebooks/shops/offers.ipynb reads: the mean profit of a month under each policy of lab/calibrate/offers.ts, reckoned over all
 * shoppers without luck (data/shops-offers-worths.csv).
 */
import { join } from 'node:path'
import { dataFolder, writeRows } from 'shoplab'
import { meanWorths } from '../../calibrate/offers'

const names = {
  never: 'never',
  'every day': 'best of the day, every day',
  myopic: 'myopic oracle',
  'far-sighted': 'planning ahead',
} as const

const worths = meanWorths()
const rows = Object.entries(names).map(([policy, name]) => ({
  policy: name,
  worth: Number(worths[policy as keyof typeof names].toFixed(4)),
}))
writeRows(join(dataFolder(), 'shops-offers-worths.csv'), rows)
