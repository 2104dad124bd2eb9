/** One copy's last step as plain values: to compare two runs of a shop, and to look for what may not be. */
import type { Env } from './env'
import { eventKinds } from './events'
import { actionWidth } from './spaces'

export interface StepRecord {
  readonly observation: readonly number[]
  /** Empty where the episode goes on. */
  readonly finalObservation: readonly number[]
  readonly outcome: Readonly<Record<'reward' | 'bonus' | 'terminated' | 'truncated' | 'chosen', number>>
  /** Kind, item, position, price and margin of each event, one after another. */
  readonly events: readonly number[]
}

export function recordOf(env: Env, copy: number): StepRecord {
  const { events } = env
  const row = (buffer: Float32Array) => Array.from(buffer.subarray(copy * env.spec.width, (copy + 1) * env.spec.width))
  const happened: number[] = []
  for (let at = 0; at < events.count; at++) {
    if (events.copy[at] !== copy) continue
    happened.push(events.kind[at]!, events.item[at]!, events.position[at]!, events.price[at]!, events.margin[at]!)
  }
  return {
    observation: row(env.observations),
    finalObservation: env.terminated[copy] || env.truncated[copy] ? row(env.finalObservations) : [],
    outcome: {
      reward: env.rewards[copy]!,
      bonus: env.bonuses[copy]!,
      terminated: env.terminated[copy]!,
      truncated: env.truncated[copy]!,
      chosen: env.chosen[copy]!,
    },
    events: happened,
  }
}

/** So many steps, in words. */
export function steps(count: number): string {
  return count === 1 ? '1 step' : `${count} steps`
}

/** What is not the same, in words; undefined where all is, bit for bit. */
export function firstDifference(one: StepRecord, other: StepRecord): string | undefined {
  for (const [name, value] of Object.entries(one.outcome)) {
    const second = other.outcome[name as keyof StepRecord['outcome']]
    if (!Object.is(value, second)) return `${name} is ${value} and ${second}`
  }
  for (const name of ['observation', 'finalObservation', 'events'] as const) {
    const [first, second] = [one[name], other[name]]
    if (first.length !== second.length) return `${name} has ${first.length} and ${second.length} numbers`
    const at = first.findIndex((value, place) => !Object.is(value, second[place]))
    if (at >= 0) return `number ${at} of ${name} is ${first[at]} and ${second[at]}`
  }
  return undefined
}

/**
 * What may not be in a step of one copy, in words; undefined where all is well.
 *
 * @param length steps of the episode so far, this one included
 */
export function wrongInStep(env: Env, copy: number, length: number): string | undefined {
  const { spec } = env
  const record = recordOf(env, copy)
  const { reward, bonus, terminated, truncated, chosen } = record.outcome
  if (!Number.isFinite(reward)) return `the reward is ${reward}; rewards must be finite`
  if (!Number.isFinite(bonus)) return `the bonus is ${bonus}; bonuses must be finite`
  for (const [name, flag] of Object.entries({ terminated, truncated }))
    if (flag !== 0 && flag !== 1) return `${name} is ${flag}; it must be 0 or 1`
  if (terminated && truncated) return 'both terminated and truncated are 1; an episode ends in one way'
  if (truncated !== (length === spec.horizon && !terminated ? 1 : 0))
    return `truncated is ${truncated} at step ${length} of an episode; it must be 1 at the horizon, ${spec.horizon}, unless terminated is, and 0 before`
  const places = spec.actions.kind === 'slate' ? actionWidth(spec.actions) : 1
  if (!(Number.isInteger(chosen) && chosen >= -1 && chosen < places))
    return `chosen is ${chosen}; it must be a place from 0 to ${places - 1}, or -1`
  return (
    wrongInRow(env, record.observation, 'observations') ??
    wrongInRow(env, record.finalObservation, 'finalObservations') ??
    wrongInEvents(env)
  )
}

function wrongInRow({ spec }: Env, row: readonly number[], name: string): string | undefined {
  const at = row.findIndex(value => !Number.isFinite(value))
  if (at >= 0) return `number ${at} of ${name} is ${row[at]}; observations must be finite`
  if (row.length === 0) return undefined
  for (const { name: block, offset, shape, categories } of spec.layout) {
    if (!categories) continue
    const size = shape.reduce((product, length) => product * length, 1)
    for (let place = offset; place < offset + size; place++) {
      const many = categories[(place - offset) % categories.length]!
      const id = row[place]!
      if (many > 0 && !(Number.isInteger(id) && id >= 0 && id < many))
        return `number ${place} of ${name}, in the block ${block}, is ${id}; it must be an id from 0 to ${many - 1}`
    }
  }
  return undefined
}

function wrongInEvents({ events, copies, items }: Env): string | undefined {
  const { capacity } = events
  if (events.count > capacity) return `there are ${events.count} events, but room for ${capacity}; raise eventsPerStep`
  for (let at = 0; at < events.count; at++) {
    if (!(events.copy[at]! < copies && events.copy[at]! >= 0)) return `event ${at} is of copy ${events.copy[at]}; there are ${copies}`
    if (!(events.kind[at]! < eventKinds.length)) return `event ${at} has the kind ${events.kind[at]}; there are ${eventKinds.length}`
    if (!(events.price[at]! >= 0 && events.price[at]! < Infinity))
      return `event ${at} has the price ${events.price[at]}; it must be a finite number of at least 0`
    const item = events.item[at]!
    if (items && !(item >= -1 && item < items.labels.length))
      return `event ${at} is of item ${item}; the catalogue has ${items.labels.length}, and -1 stands for none`
    if (!Number.isFinite(events.margin[at]!)) return `event ${at} has the margin ${events.margin[at]}; it must be finite`
  }
  return undefined
}
