/**
 * A log of visits: somebody serves them, and what was shown and what came of it is written down as rows of an interactions.csv.
 *
 * One row for each item shown, with the furthest that the shopper went with it in that step: ignore (weight 0), click (.5) or purchase (1),
 * the words and weights of src/data/tables.ts. A click or purchase of what was not shown in the same step, such as an offer used days after
 * its message, has a row of its own. Other events, such as looking around unasked, liking or leaving, are no interactions and are left out.
 *
 * The clock, which shops do not have, is ours: visits begin on the recorded days and hours of src/data/calendar.ts, drawn from the stream
 * named `log` of the seed and then sorted, so that visit number e begins no earlier than visit e - 1; the steps of a visit follow each other at
 * one distance. Visit e is the first episode of copy e under the seed, as in `evaluate`, however many copies the shop has.
 */
import type { Actor } from '../agents/myopic-oracle'
import { drawVisit, firstDay, secondsADay } from '../data/calendar'
import { checkKeys, checkNumber, checkWhole } from '../data/check'
import { interactionEvents, interactionWeights } from '../data/tables'
import type { Env } from '../envs/env'
import { eventCode } from '../envs/events'
import { actionWidth } from '../envs/spaces'
import { stream } from '../random/generator'

/** A row of interactions.csv, ready for `writeRows`. */
export interface LogRow {
  readonly user_id: string
  readonly item_id: string
  /** Unix time in seconds. */
  readonly timestamp: number
  /** 0, .5 or 1. */
  readonly weight: number
  readonly event: (typeof interactionEvents)[number]
  /** Number of the visit, from 0. */
  readonly session: number
}

export interface RecordLogOptions {
  /** 1 to 1,000,000. */
  readonly visits: number
  /** Of the shoppers, their luck and the clock. */
  readonly seed: number
  /** From one step of a visit to the next: 1 to 31,536,000 (a year); 30. A day is right for offers, 86,400. */
  readonly secondsAStep?: number
  /**
   * The id of whom a copy serves; asked as a visit begins. Left out, every visit is somebody else's: user_0, user_1, …
   * `copy => shop.users.ids[shop.shoppers[copy]]` for the marketplace.
   */
  readonly userId?: (copy: number) => string
  /** The id of an item, by its number in the events; item_0, item_1, … */
  readonly itemId?: (item: number) => string
}

/**
 * Lets the actor serve `visits` shoppers greedily: `writeRows('interactions.csv', recordLog(shop, myopicOracle(shop), { visits: 100, seed: 1 }))`.
 *
 * @param env a shop of its own: the call resets it
 * @returns rows in the order of time
 * @throws RangeError naming the option, its value and what is allowed
 */
export function recordLog(env: Env, actor: Actor, options: RecordLogOptions): LogRow[] {
  checkKeys('recordLog', options, ['visits', 'seed', 'secondsAStep', 'userId', 'itemId'])
  const visits = checkWhole('visits', options.visits, 1, 1_000_000)
  const seed = checkNumber('seed', options.seed, -Number.MAX_VALUE, Number.MAX_VALUE)
  const secondsAStep = checkWhole('secondsAStep', options.secondsAStep ?? 30, 1, 365 * secondsADay)
  const { itemId = item => `item_${item}` } = options
  const { copies, events } = env
  const begins = beginnings(seed, visits)
  const observations = new Float32Array(env.observations.length)
  const actions = new Int32Array(copies * actionWidth(env.spec.actions))
  const reached: { visit: number; user: string; item: number; timestamp: number; code: number }[] = []

  for (let first = 0; first < visits; first += copies) {
    env.reset(seed, first)
    // The last round may have more copies than visits left.
    const open = new Set(Array.from({ length: Math.min(copies, visits - first) }, (_, copy) => copy))
    const users = Array.from(open, copy => options.userId?.(copy) ?? `user_${first + copy}`)
    for (let step = 0; open.size > 0; step++) {
      observations.set(env.observations)
      actor.act(observations, false, actions)
      env.step(actions)
      const shown = new Map<number, (typeof reached)[number]>()
      for (let at = 0; at < events.count; at++) {
        const copy = events.copy[at]!
        const code = outcomes.get(events.kind[at]!)
        if (code === undefined || !open.has(copy)) continue
        // A click names its place on the page; its item need not be the one shown there (interest evolution names the topic).
        const place = copy * 256 + events.position[at]!
        const before = code > 0 ? shown.get(place) : undefined
        if (before) {
          before.code = Math.max(before.code, code)
          continue
        }
        const visit = first + copy
        const row = { visit, user: users[copy]!, item: events.item[at]!, timestamp: begins[visit]! + step * secondsAStep, code }
        shown.set(place, row)
        reached.push(row)
      }
      for (const copy of open) if (env.terminated[copy] || env.truncated[copy]) open.delete(copy)
    }
  }

  return reached
    .sort((a, b) => a.timestamp - b.timestamp || a.visit - b.visit)
    .map(({ visit, user, item, timestamp, code }) => ({
      user_id: user,
      item_id: itemId(item),
      timestamp,
      weight: interactionWeights[code]!,
      event: interactionEvents[code]!,
      session: visit,
    }))
}

/** The place in `interactionEvents` of the kinds of event that count. */
const outcomes = new Map([
  [eventCode.impression, 0],
  [eventCode.click, 1],
  [eventCode.purchase, 2],
])

/** Unix times in seconds, in order. */
function beginnings(seed: number, visits: number): Float64Array {
  const clock = stream(seed, 'log')
  // Whoever comes has signed up before the records begin.
  return Float64Array.from({ length: visits }, () => drawVisit(clock, firstDay - secondsADay)).sort()
}
