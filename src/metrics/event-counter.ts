/** Counts events by kind as they pass, so that the business metrics need no log of the whole run. */
import { type EventKind, type EventLog, eventKinds } from '../envs/events'
import { buyThroughRate } from './buy-through-rate'
import { clickThroughRate } from './click-through-rate'
import { conversionRate } from './conversion-rate'

export interface EventCounter {
  /** Takes in the events of one step; call it after every `env.step`. Allocates nothing. Recorded sessions can be added as well. */
  add(events: Pick<EventLog, 'count' | 'kind'>): void
  /** How many events of a kind have passed. */
  of(kind: EventKind): number
  /** All counts by kind. */
  counts(): Record<EventKind, number>
  /** clicks / impressions, 0 without an impression */
  clickThroughRate(): number
  /** purchases / clicks, 0 without a click */
  conversionRate(): number
  /** purchases / impressions, 0 without an impression */
  buyThroughRate(): number
  /** Starts again from zero. */
  reset(): void
}

/** A counter at zero: `const counter = eventCounter(); … env.step(actions); counter.add(env.events)`. */
export function eventCounter(): EventCounter {
  const totals = new Float64Array(eventKinds.length)
  const of = (kind: EventKind) => {
    const code = eventKinds.indexOf(kind)
    if (code < 0) throw new RangeError(`kind is '${kind}'; the kinds of event are ${eventKinds.join(', ')}`)
    return totals[code]!
  }
  return {
    add({ count, kind }) {
      for (let at = 0; at < count; at++) totals[kind[at]!]!++
    },
    of,
    counts: () => Object.fromEntries(eventKinds.map((kind, code) => [kind, totals[code]!])) as Record<EventKind, number>,
    clickThroughRate: () => clickThroughRate(of('click'), of('impression')),
    conversionRate: () => conversionRate(of('purchase'), of('click')),
    buyThroughRate: () => buyThroughRate(of('purchase'), of('impression')),
    reset: () => {
      totals.fill(0)
    },
  }
}
