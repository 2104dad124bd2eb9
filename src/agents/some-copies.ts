/** A step of some of a shop's copies, as if the shop had no others: for agents that share a shop. */
import type { Env } from '../envs/env'
import { EventLog } from '../envs/events'

/**
 * What happened to the copies named, in that order. The arrays are copies: the view shows the step it was made after, and takes none itself.
 *
 * @param copies which, each once
 */
export function someCopies(env: Env, copies: readonly number[]): Env {
  const { width } = env.spec
  const places = new Int32Array(env.copies).fill(-1)
  copies.forEach((copy, place) => {
    places[copy] = place
  })
  const { count, copy: whose, kind, item, position, price, margin } = env.events
  const events = new EventLog(count)
  for (let at = 0; at < count; at++) {
    const place = places[whose[at]!]!
    if (place >= 0) events.add(place, kind[at]!, item[at]!, position[at]!, price[at]!, margin[at]!)
  }
  const elsewhere = () => {
    throw new Error(`this is a view of ${copies.length} of ${env.copies} copies; step, reset, save and load the shop itself`)
  }
  return {
    spec: env.spec,
    ...(env.items && { items: env.items }),
    copies: copies.length,
    observations: someRows(env.observations, copies, width),
    finalObservations: someRows(env.finalObservations, copies, width),
    rewards: Float64Array.from(copies, copy => env.rewards[copy]!),
    bonuses: Float64Array.from(copies, copy => env.bonuses[copy]!),
    terminated: Uint8Array.from(copies, copy => env.terminated[copy]!),
    truncated: Uint8Array.from(copies, copy => env.truncated[copy]!),
    chosen: Int32Array.from(copies, copy => env.chosen[copy]!),
    events,
    reset: elsewhere,
    step: elsewhere,
    save: elsewhere,
    load: elsewhere,
  }
}

/** Rows of a table [rows, width], in the order named. */
export function someRows(table: Float32Array, rows: readonly number[], width: number): Float32Array {
  const some = new Float32Array(rows.length * width)
  rows.forEach((row, place) => {
    some.set(table.subarray(row * width, (row + 1) * width), place * width)
  })
  return some
}
