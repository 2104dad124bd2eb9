/** What the probes and identity share: one number as state, a fixed number of steps, a reward that a formula gives. */
import type { Generator } from '../../random/generator'
import { numbers } from '../copy-state'
import { defineEnv } from '../define-env'
import type { Env } from '../env'

export interface Rules {
  readonly actions: number
  /** Steps in an episode. */
  readonly length: number
  /** The last step truncates instead of terminating. */
  readonly truncates?: boolean
  /** The state is shown as one of this many, one-hot; left out, as the number itself. */
  readonly oneHot?: number
  readonly options?: Readonly<Record<string, unknown>>
  begin(generator: Generator): number
  /** The state after a step; left out, it stays. */
  next?(generator: Generator, state: number): number
  reward(state: number, action: number): number
}

export function tinyEnv(name: string, copies: number, rules: Rules): Env {
  const width = rules.oneHot ?? 1
  return defineEnv(copies, {
    name,
    preset: 'classic',
    options: rules.options ?? {},
    layout: [{ name: 'context', offset: 0, shape: [width] }],
    actions: { kind: 'discrete', n: rules.actions },
    horizon: rules.length,
    state: { state: numbers(1) },
    begin(copy, { state }, generator) {
      state[copy] = rules.begin(generator)
    },
    observe(copy, { state }, row, offset) {
      if (!rules.oneHot) row[offset] = state[copy]!
      else for (let at = 0; at < width; at++) row[offset + at] = at === state[copy] ? 1 : 0
    },
    step(copy, { state, steps }, actions, at, generator, { rewards }) {
      rewards[copy] = rules.reward(state[copy]!, actions[at]!)
      if (rules.next) state[copy] = rules.next(generator, state[copy]!)
      return !rules.truncates && steps[copy] === rules.length
    },
    expected: (copy, { state }, actions, at) => rules.reward(state[copy]!, actions[at]!),
  }).env
}
