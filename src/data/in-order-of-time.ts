/** A log in the order of time, as `Interactions` promises; rows of one moment stay in the order in which they came. */
import type { Interactions } from './tables'

/** @param log rows in any order; without events its list of them is empty */
export function inOrderOfTime({ user, item, timestamp, weight, event }: Omit<Interactions, 'count'>): Interactions {
  const order = Array.from(timestamp.keys()).sort((a, b) => timestamp[a]! - timestamp[b]! || a - b)
  return {
    count: timestamp.length,
    user: Int32Array.from(order, row => user[row]!),
    item: Int32Array.from(order, row => item[row]!),
    timestamp: Float64Array.from(order, row => timestamp[row]!),
    weight: Float64Array.from(order, row => weight[row]!),
    event: event.length === 0 ? event : Uint8Array.from(order, row => event[row]!),
  }
}
