/**
 * How a shop's decisions become rows of a network that predicts rewards, and what a step teaches it.
 *
 *   one of a list, or several parts:   a row is the observation, ids one-hot; an output for every action (arms.ts)
 *   a slate of candidates:             a row for each, [the rest of the observation, the candidate]; one output
 */
import type { Env, Spec } from '../envs/env'
import { Arms } from './arms'
import { highestPlaces } from './highest-places'
import { observationFeatures, slateFeatures } from './observation-features'
import { creditOf } from './slate-credit'

export interface NetworkRows {
  readonly width: number
  readonly outputs: number
  /** Rows in one decision. */
  readonly each: number
  /** Rows that one step teaches. */
  readonly taught: number
  /** The rows of decision `row` begin at out[at]. @throws RangeError for an id that there is not */
  write(observations: Float32Array, row: number, out: Float32Array, at: number): void
  /** The best action of a decision's predictions, as row `row` of the actions. */
  choose(predictions: Float32Array, actions: Int32Array, row: number): void
  /** Of the i-th row that a step teaches: which of the decision's rows it is, which output, and the reward. */
  row(actions: Int32Array, copy: number, which: number): number
  output(actions: Int32Array, copy: number): number
  reward(env: Env, copy: number, which: number): number
}

/** @throws UserError for a shop that shows slates without their candidates, or has too many combinations */
export function networkRows(agent: string, spec: Spec): NetworkRows {
  return spec.actions.kind === 'slate' ? candidateRows(agent, spec) : armRows(agent, spec)
}

/** One row a decision, an output for each action. */
function armRows(agent: string, spec: Spec): NetworkRows {
  const arms = new Arms(agent, spec)
  const features = observationFeatures(spec)
  const best = new Int32Array(1)
  return {
    width: features.width,
    outputs: arms.count,
    each: 1,
    taught: 1,
    write: (observations, row, out, at) => features.whole(observations, row, out, at),
    choose(predictions, actions, row) {
      highestPlaces(predictions, 1, best, 0)
      arms.write(best[0]!, actions, row)
    },
    row: () => 0,
    output: (actions, copy) => arms.of(actions, copy),
    reward: (env, copy) => env.rewards[copy]!,
  }
}

/** A row for each candidate, and one output. */
function candidateRows(agent: string, spec: Spec): NetworkRows {
  const features = slateFeatures(agent, spec)
  const { candidates, size, restWidth, candidateWidth } = features
  const width = restWidth + candidateWidth
  return {
    width,
    outputs: 1,
    each: candidates,
    taught: size,
    write(observations, row, out, at) {
      for (let candidate = 0; candidate < candidates; candidate++, at += width) {
        features.rest(observations, row, out, at)
        features.candidate(observations, row, candidate, out, at + restWidth)
      }
    },
    choose: (predictions, actions, row) => highestPlaces(predictions, size, actions, row * size),
    row: (actions, copy, which) => actions[copy * size + which]!,
    output: () => 0,
    reward: (env, copy, which) => creditOf(env.rewards[copy]!, env.chosen[copy]!, which, size),
  }
}
