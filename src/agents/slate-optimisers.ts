/**
 * Which k candidates to show, given how likely each is to be chosen and what it is worth then.
 * Source: Ie et al. 2019, "SlateQ" (arXiv 1905.12767): slate optimisation under a conditional choice model.
 *
 * A candidate i has a weight v(i) of being chosen and a value q(i); to choose nothing has a weight and a value too. The value of a slate A is
 *
 *   f(A) = (v(none) q(none) + sum over A of v(i) q(i)) / (v(none) + sum over A of v(i))
 *
 *   top-k   the k highest v(i) (q(i) - q(none)): quick, and blind to how candidates take clicks from each other
 *   greedy  one place after another the candidate that makes f of the slate so far highest
 *   exact   the best slate there is. The paper solves a linear program for it; with exactly k places the fraction is solved just as exactly by
 *           Dinkelbach's method (1967): the k highest v(i) (q(i) - f) for a guess f of the best value make a slate, whose value is the next
 *           guess, until it rises no more. It takes a few rounds.
 *
 * Where none is worth 0, as in RecSim's agent, top-k is v(i) q(i). Measured from none, an order does not change when the same number is
 * added to all values.
 */

import { highestPlaces } from './highest-places'

/** The candidates of one decision; made once, filled for each. */
export interface SlateChoices {
  readonly count: number
  /** [count]: v(i), at least 0. */
  readonly weights: Float64Array
  /** [count]: q(i). */
  readonly values: Float64Array
  noneWeight: number
  noneValue: number
  /** [count]: room for the optimisers. */
  readonly gains: Float64Array
}

/** Writes `size` different candidates, the best first, into `slate` from `from` on; of equal ones the first. */
export type SlateOptimiser = (choices: SlateChoices, slate: Int32Array, from: number, size: number) => void

export const slateOptimiserNames = ['top-k', 'greedy', 'exact'] as const
export type SlateOptimiserName = (typeof slateOptimiserNames)[number]

export const slateOptimisers: Readonly<Record<SlateOptimiserName, SlateOptimiser>> = { 'top-k': topK, greedy, exact }

export function makeSlateChoices(count: number): SlateChoices {
  return {
    count,
    weights: new Float64Array(count),
    values: new Float64Array(count),
    noneWeight: 0,
    noneValue: 0,
    gains: new Float64Array(count),
  }
}

/** f(A): what showing the slate is worth; where nothing can be chosen, what none is worth. */
export function slateValue(choices: SlateChoices, slate: Int32Array, from: number, size: number): number {
  const { weights, values, noneWeight, noneValue } = choices
  let weight = noneWeight
  let worth = noneWeight * noneValue
  for (let at = from; at < from + size; at++) {
    const candidate = slate[at]!
    weight += weights[candidate]!
    worth += weights[candidate]! * values[candidate]!
  }
  return weight > 0 ? worth / weight : noneValue
}

function topK(choices: SlateChoices, slate: Int32Array, from: number, size: number): void {
  highestAbove(choices, choices.noneValue, slate, from, size)
}

function greedy(choices: SlateChoices, slate: Int32Array, from: number, size: number): void {
  const { count, weights, values, noneWeight, noneValue, gains } = choices
  let weight = noneWeight
  let worth = noneWeight * noneValue
  gains.fill(0)
  for (let place = from; place < from + size; place++) {
    let best = -1
    let highest = -Infinity
    for (let candidate = 0; candidate < count; candidate++) {
      // A candidate that is in the slate is marked.
      if (gains[candidate] !== 0) continue
      const sum = weight + weights[candidate]!
      const value = sum > 0 ? (worth + weights[candidate]! * values[candidate]!) / sum : noneValue
      if (best >= 0 && !(value > highest)) continue
      best = candidate
      highest = value
    }
    gains[best] = 1
    slate[place] = best
    weight += weights[best]!
    worth += weights[best]! * values[best]!
  }
}

function exact(choices: SlateChoices, slate: Int32Array, from: number, size: number): void {
  let best = -Infinity
  let guess = choices.noneValue
  for (;;) {
    highestAbove(choices, guess, slate, from, size)
    const value = slateValue(choices, slate, from, size)
    if (!(value > best)) return
    best = value
    guess = value
  }
}

/** The slate of the highest v(i) (q(i) - level). */
function highestAbove(choices: SlateChoices, level: number, slate: Int32Array, from: number, size: number): void {
  const { count, weights, values, gains } = choices
  for (let candidate = 0; candidate < count; candidate++) gains[candidate] = weights[candidate]! * (values[candidate]! - level)
  highestPlaces(gains, size, slate, from)
}
