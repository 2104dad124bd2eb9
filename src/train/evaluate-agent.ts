/**
 * Evaluation: what an agent earns when it does its best, without exploring, learning or leaving a trace in its training.
 *
 * Episode number e is the first episode of copy e of the shop under the seed given, so that every agent meets the same shoppers with the
 * same luck (common random numbers), however many copies are stepped together and whatever the agents before did.
 */
import type { Actor } from '../agents/myopic-oracle'
import type { Env } from '../envs/env'
import { type EventKind, eventCode, eventKinds } from '../envs/events'
import { actionWidth } from '../envs/spaces'
import { clickThroughRate } from '../metrics/click-through-rate'
import { conversionRate } from '../metrics/conversion-rate'
import { rate } from '../metrics/rate'

export interface EvaluateOptions {
  readonly episodes: number
  /** Seed of the shoppers; keep it apart from the seeds of training. */
  readonly seed: number
}

export interface Evaluation extends EvaluateOptions {
  /** [episodes], bonuses left out */
  readonly returns: Float64Array
  /** [episodes], in steps */
  readonly lengths: Int32Array
  /** [episodes]: items that were clicked, and bought. */
  readonly clicks: Int32Array
  readonly purchases: Int32Array
  /** [episodes]: the margins of all events, in money. */
  readonly profits: Float64Array
  /** Mean of the returns. */
  readonly mean: number
  /** How often each kind of event happened. */
  readonly counts: Readonly<Record<EventKind, number>>
  readonly clickThroughRate: number
  readonly conversionRate: number
  /** Episodes after which the shopper came back, as a share. */
  readonly returnRate: number
  /** [items]: how often each item was shown. */
  readonly shown: Int32Array
}

/**
 * Lets the agent serve `episodes` shoppers greedily.
 *
 * @param env a shop of its own: the call resets it, so never the one that is being trained on
 */
export function evaluate(agent: Actor, env: Env, { episodes, seed }: EvaluateOptions): Evaluation {
  if (!(Number.isInteger(episodes) && episodes >= 1))
    throw new RangeError(`episodes is ${episodes}; it must be a whole number of at least 1`)
  const { copies, events } = env
  const returns = new Float64Array(episodes)
  const lengths = new Int32Array(episodes)
  const clicks = new Int32Array(episodes)
  const purchases = new Int32Array(episodes)
  const counts = new Float64Array(eventKinds.length)
  const profits = new Float64Array(episodes)
  let shown: Int32Array = new Int32Array(itemCount(env))
  const observations = new Float32Array(env.observations.length)
  const actions = new Int32Array(copies * actionWidth(env.spec.actions))
  const open = new Uint8Array(copies)

  for (let first = 0; first < episodes; first += copies) {
    env.reset(seed, first)
    // The last round may have more copies than episodes left.
    let left = Math.min(copies, episodes - first)
    for (let copy = 0; copy < copies; copy++) open[copy] = copy < left ? 1 : 0
    while (left > 0) {
      observations.set(env.observations)
      agent.act(observations, false, actions)
      env.step(actions)
      for (let at = 0; at < events.count; at++) {
        const copy = events.copy[at]!
        if (!open[copy]) continue
        const kind = events.kind[at]!
        counts[kind]!++
        profits[first + copy]! += events.margin[at]!
        if (kind === eventCode.impression) {
          shown = enlarged(shown, events.item[at]!)
          shown[events.item[at]!]!++
        } else if (kind === eventCode.click) clicks[first + copy]!++
        else if (kind === eventCode.purchase) purchases[first + copy]!++
      }
      for (let copy = 0; copy < copies; copy++) {
        if (!open[copy]) continue
        returns[first + copy]! += env.rewards[copy]! - env.bonuses[copy]!
        lengths[first + copy]!++
        if (!env.terminated[copy] && !env.truncated[copy]) continue
        open[copy] = 0
        left--
      }
    }
  }

  const byKind = Object.fromEntries(eventKinds.map((kind, code) => [kind, counts[code]!])) as Record<EventKind, number>
  return {
    episodes,
    seed,
    returns,
    lengths,
    clicks,
    purchases,
    profits,
    mean: returns.reduce((sum, value) => sum + value, 0) / episodes,
    counts: byKind,
    clickThroughRate: clickThroughRate(byKind.click, byKind.impression),
    conversionRate: conversionRate(byKind.purchase, byKind.click),
    returnRate: rate(byKind.return, episodes, ['returns', 'episodes']),
    shown,
  }
}

/** Items that can be shown, as far as the shop says it; an event may name more, such as topics. */
function itemCount({ items, spec: { actions } }: Env): number {
  if (items) return items.labels.length
  return actions.kind === 'discrete' ? actions.n : 0
}

function enlarged(shown: Int32Array, item: number): Int32Array {
  if (item < shown.length) return shown
  const larger = new Int32Array(item + 1)
  larger.set(shown)
  return larger
}
