/** What the tests of shops share. */
import type { Env } from '../../src/envs/env'
import { integer } from '../../src/random/draws'
import { type Generator, stream } from '../../src/random/generator'

/** A random action for every copy of a shop with discrete actions. */
export function randomActions(env: Env, generator: Generator): Int32Array {
  const space = env.spec.actions
  if (space.kind !== 'discrete') throw new Error('only discrete actions here')
  return Int32Array.from({ length: env.copies }, () => integer(generator, space.n))
}

/** Everything that a step shows of one copy, as plain values that can be compared. */
export function shownOf(env: Env, copy: number): unknown {
  const row = (buffer: Float32Array) => [...buffer.subarray(copy * env.spec.width, (copy + 1) * env.spec.width)]
  const ended = env.terminated[copy] || env.truncated[copy]
  return {
    observation: row(env.observations),
    final: ended ? row(env.finalObservations) : null,
    reward: env.rewards[copy],
    bonus: env.bonuses[copy],
    terminated: env.terminated[copy],
    truncated: env.truncated[copy],
    chosen: env.chosen[copy],
    events: eventsOf(env)
      .filter(event => event.copy === copy)
      .map(({ copy: _, ...event }) => event),
  }
}

/** The events of the last step as rows. */
export function eventsOf({ events }: Env) {
  return Array.from({ length: events.count }, (_, at) => ({
    copy: events.copy[at]!,
    kind: events.kind[at]!,
    item: events.item[at]!,
    position: events.position[at]!,
    price: events.price[at]!,
    margin: events.margin[at]!,
  }))
}

export interface Played {
  /** Return of every finished episode, bonuses left out. */
  readonly returns: number[]
  readonly clickThroughRate: number
  readonly steps: number
}

/** Plays whole episodes with a policy; the shop is reset first. */
export function play(env: Env, policy: (env: Env, actions: Int32Array) => void, episodesEach: number, seed: number): Played {
  env.reset(seed)
  const actions = new Int32Array(env.copies)
  const sums = new Float64Array(env.copies)
  const returns: number[] = []
  let clicks = 0
  let steps = 0
  while (returns.length < env.copies * episodesEach) {
    policy(env, actions)
    env.step(actions)
    steps += env.copies
    for (let copy = 0; copy < env.copies; copy++) {
      sums[copy]! += env.rewards[copy]! - env.bonuses[copy]!
      clicks += env.chosen[copy]! >= 0 ? 1 : 0
      if (!env.terminated[copy] && !env.truncated[copy]) continue
      returns.push(sums[copy]!)
      sums[copy] = 0
    }
  }
  return { returns, clickThroughRate: clicks / steps, steps }
}

/** A policy that shows items at random. */
export function randomPolicy(seed: number): (env: Env, actions: Int32Array) => void {
  const generator = stream(seed, 'random policy')
  return (env, actions) => actions.set(randomActions(env, generator))
}

export function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return { mean, error: Math.sqrt(variance / values.length) }
}
