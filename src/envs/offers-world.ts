/** The offers' fixed part: who may come, and what drives each of them, from behaviour through features and clusters. */
import { findUser } from '../data/find-row'
import type { Behaviour } from '../data/offers-behaviour'
import { behaviourClusters } from '../data/offers-clusters'
import { behaviourFeatures } from '../data/offers-features'
import { generateBehaviour } from '../data/offers-generate'
import { type OffersParameters, offersParameters } from '../data/offers-parameters'
import { readBehaviourWorkbook } from '../data/offers-read-workbook'
import { checkSource } from '../data/offers-source'
import { offerTimings } from './offers-actions'
import type { OffersSettings } from './offers-options'

/** The hour (UTC) at which a message arrives, by timing: decisions fall at noon. */
export const arrivals = [12, 13, 18, 8] as const

/** Hours on either side of the arrival in which a session counts for it. */
const reach = 2

/** How well the worst timing fits. */
const leastFit = 0.6

export interface OffersWorld {
  readonly parameters: OffersParameters
  /** Rows of the shoppers who come. */
  readonly visitors: Int32Array
  /** [shoppers, 3, 4]: probability that a message by this channel at this timing is answered, without fatigue. */
  readonly answers: Float64Array
  /** `tables`, `dataSeed` and `users` as they make this world again. */
  readonly options: Readonly<Record<string, unknown>>
}

/** @throws UserError for a workbook that cannot be read and unknown shoppers; RangeError for a size or source that is not the tables' */
export function offersWorld(settings: OffersSettings): OffersWorld {
  const { users, onlyUsers } = settings
  const behaviour = behaviourOf(settings)
  const { count, ids } = behaviour.users
  if (users !== undefined && users !== count)
    throw new RangeError(`users is ${users}, but the tables given have ${count}; leave users out, it counts for generated behaviour alone`)
  const features = behaviourFeatures(behaviour)
  const parameters = offersParameters(features, behaviourClusters(features))
  const { source } = behaviour
  return {
    parameters,
    visitors: visitorsOf(ids, onlyUsers),
    answers: answersOf(parameters),
    options: 'file' in source ? { tables: source.file, users: count } : { tables: undefined, dataSeed: source.seed, users: count },
  }
}

function behaviourOf({ tables, dataSeed, users = 500 }: OffersSettings): Behaviour {
  if (tables === undefined) return generateBehaviour({ seed: dataSeed, users })
  if (typeof tables === 'string') return readBehaviourWorkbook(tables)
  checkSource(tables)
  return tables
}

function visitorsOf(ids: readonly string[], only: OffersSettings['onlyUsers']): Int32Array {
  if (only === undefined) return Int32Array.from(ids.keys())
  if (!Array.isArray(only)) throw new RangeError(`onlyUsers is ${String(only)}; it must be a list of user ids or row numbers`)
  if (only.length === 0) throw new RangeError('onlyUsers is an empty list; name at least one user, or leave it out for everybody')
  return Int32Array.from(only, user => findUser(ids, user))
}

/** A timing fits by the share of the shopper's sessions that begin near its arrival, against that of the timing that fits best. */
function answersOf({ count, hours, responses }: OffersParameters): Float64Array {
  const timings = offerTimings.length
  const answers = new Float64Array(count * 3 * timings)
  for (let user = 0; user < count; user++) {
    const shares = arrivals.map(arrival => {
      let share = 0
      for (let hour = arrival - reach; hour <= arrival + reach; hour++) share += hours[user * 24 + ((hour + 24) % 24)]!
      return share
    })
    const most = Math.max(...shares)
    for (let channel = 0; channel < 3; channel++) {
      for (let timing = 0; timing < timings; timing++) {
        const fit = most > 0 ? leastFit + ((1 - leastFit) * shares[timing]!) / most : 1
        answers[(user * 3 + channel) * timings + timing] = responses[user * 3 + channel]! * fit
      }
    }
  }
  return answers
}
