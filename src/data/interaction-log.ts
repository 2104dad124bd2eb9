/**
 * A log of feedback, user × item: 1,000 users, 500 items and 10,000 weights from one seed, in the columns of seed data that the field shares
 * (interactions, items, users; no embeddings, no events).
 *
 * Two logs with the same distribution of every column, weight = Beta(2, 5) · Power(.5):
 * - published: the original's, where columns have nothing to do with each other (interaction-log-published.ts);
 * - corrected: weight = popularity of the item · what a reading of the user's taste for it appeals (interaction-log-taste.ts and
 *   -appeal.ts), so that age, place, category, rating and price mean something; who looks when stands in interaction-log-visits.ts.
 * The mean weight of a pair is its true affinity, for pairs in the log and pairs that are not; the shop's rewards come from it.
 * Weights are rounded to six decimals, so that no column of a file is longer than it needs; written and read back, tables are equal bit for bit.
 */

import { normal } from '../random/draws'
import { stream } from '../random/generator'
import { inOrderOfTime } from './in-order-of-time'
import { appealOfReading, readingNoise } from './interaction-log-appeal'
import { type InteractionLogDataOptions, logSource } from './interaction-log-options'
import { publishedLog } from './interaction-log-published'
import { type LogPopulation, logPopulation, trueAffinity } from './interaction-log-taste'
import { drawLooks } from './interaction-log-visits'
import type { Interactions, LogSource, ShopTables } from './tables'

export type { InteractionLogDataOptions } from './interaction-log-options'

/**
 * The tables of a seed; the same options give the same tables, bit for bit.
 *
 * @throws RangeError for a size that is not a whole number in its range, or an option that does not exist
 */
export function generateInteractionLog(options: InteractionLogDataOptions = {}): ShopTables {
  const source = logSource(options)
  return source.preset === 'published' ? publishedLog(source) : correctedLog(source).tables
}

export interface CorrectedLog {
  readonly tables: ShopTables
  /** [users, items]: what no agent may know. */
  readonly affinity: Float32Array
}

/** The tables and the truth behind them, for the shop. */
export function correctedLog(source: LogSource): CorrectedLog {
  const population = logPopulation(source)
  const { users, items } = population
  const tables = { users, items, interactions: drawInteractions(source, population), width: 0, source }
  return { tables, affinity: trueAffinity(population) }
}

function drawInteractions({ seed, interactions: count }: LogSource, population: LogPopulation): Interactions {
  const { users, items, late, popularity, taste } = population
  const { user, item, timestamp } = drawLooks(
    stream(seed, 'interaction-log', 'tables', 'visits'),
    users.signupDate,
    late,
    items.count,
    count,
  )
  const noise = stream(seed, 'interaction-log', 'tables', 'readings')
  const [kept, added] = [Math.sqrt(1 - readingNoise), Math.sqrt(readingNoise)]
  const weight = Float64Array.from(user, (of, row) => {
    const reading = kept * taste(of, item[row]!) + added * normal(noise)
    return Number((popularity[item[row]!]! * appealOfReading(reading)).toFixed(6))
  })
  return inOrderOfTime({ user, item, timestamp, weight, event: new Uint8Array(0) })
}
