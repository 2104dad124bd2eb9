/** What is measured of the agents of marketplace-agents.ts: rows of its tables, without the agent's name and seed. */
import type { Actor, Evaluation, Marketplace, RunRecord } from 'shoplab'

export type Row = Record<string, string | number>

/** Transitions of a training that one point of a curve stands for, steps of a session that one row of its timeline does. */
const stretch = 2000
const stride = 5
/** Returns of this much and more are counted together. */
const most = 100

/** Means of a session, and how often each outcome came in one. */
export function means(evaluation: Evaluation): Row {
  const { mean, episodes, lengths, clickThroughRate, conversionRate, profits, shown, counts } = evaluation
  const { view, like, cart, purchase, share, dislike, report, spam, remove } = counts
  const outcomes = { view, like, cart, purchase, share, dislike, report, spam, remove }
  return rounded({
    return: mean,
    length: average(lengths),
    clickThroughRate,
    conversionRate,
    profit: average(profits),
    coverage: shown.filter(times => times > 0).length / shown.length,
    ...Object.fromEntries(Object.entries(outcomes).map(([kind, count]) => [kind, count / episodes])),
  })
}

/** The share of sessions whose return lies in [-10, 0), [0, 10), and so on. */
export function spread({ returns, episodes }: Evaluation): Row[] {
  const counts = new Map(Array.from({ length: most / 10 + 2 }, (_, at) => [10 * at - 10, 0]))
  for (const value of returns) {
    const from = Math.min(most, Math.max(-10, 10 * Math.floor(value / 10)))
    counts.set(from, counts.get(from)! + 1)
  }
  return Array.from(counts, ([from, count]) => rounded({ from, share: count / episodes }))
}

/** Of the first session of every copy: the share that is still there, and what a step brings of those; 0 where nobody is left. */
export function timeline(shop: Marketplace, actor: Actor, seed: number): Row[] {
  const { copies, observations, rewards, terminated, spec } = shop
  const actions = new Int32Array(copies)
  const over = new Uint8Array(copies)
  const rows: Row[] = []
  shop.reset(seed)
  for (let from = 0; from < spec.horizon; from += stride) {
    let steps = 0
    let sum = 0
    for (let step = 0; step < stride; step++) {
      actor.act(observations.slice(), false, actions)
      shop.step(actions)
      for (let copy = 0; copy < copies; copy++) {
        if (over[copy]) continue
        steps++
        sum += rewards[copy]!
        over[copy] = terminated[copy]!
      }
    }
    rows.push(rounded({ from: from + 1, to: from + stride, present: steps / (stride * copies), reward: sum / Math.max(1, steps) }))
  }
  return rows
}

/** Mean return of the sessions that ended in each stretch of the training. */
export function curve({ curves: { returns, lengths } }: RunRecord, transitions: number): Row[] {
  const sums = new Float64Array(transitions / stretch)
  const ended = new Float64Array(sums.length)
  let steps = 0
  for (const [at, value] of returns.entries()) {
    steps += lengths[at]!
    const place = Math.floor((steps - 1) / stretch)
    sums[place]! += value
    ended[place]!++
  }
  return Array.from(sums, (sum, place) => rounded({ steps: (place + 1) * stretch, return: sum / ended[place]! }))
}

/** Numbers of a row to four digits behind the point. */
export function rounded(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? Number(value.toFixed(4)) : value]),
  )
}

function average(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
}
