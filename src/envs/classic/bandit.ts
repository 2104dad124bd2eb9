/**
 * Bernoulli bandit: every arm pays 1 with a chance of its own, else 0, and nothing else ever changes. Source: Sutton & Barto 2018, chapter 2
 * (theirs pays normal rewards; ours pays stars: yes or no).
 *
 * Observation [1]: always 0. Reward: 1 with the arm's chance, else 0. `chosen`: 0 for a reward, -1 for none. Ends: `length` steps, truncated,
 * so that the return of an episode is the rewards of that many tries.
 *
 * Each copy draws one uniform a step whichever arm is pulled: two players under one seed meet the same luck, and the better arm pays whenever
 * the worse one does.
 */
import { checkKeys, checkNumber, checkWhole } from '../../data/check'
import { chance } from '../../random/draws'
import { defineEnv } from '../define-env'
import type { Env } from '../env'

export interface BanditOptions {
  /** [arms]: chance of a reward, 0 to 1 each. */
  readonly chances: readonly number[]
  /** Steps in an episode; 10. */
  readonly length?: number
}

/** @throws RangeError for copies, chances or a length out of range, and for options that do not exist */
export function bandit(copies: number, options: BanditOptions): Env {
  checkKeys('bandit', options, ['chances', 'length'])
  const { chances, length = 10 } = options
  checkWhole('length', length, 1, 1_000_000)
  if (!Array.isArray(chances) || chances.length === 0) {
    throw new RangeError(`chances is ${JSON.stringify(chances)}; it must be a list with the chance of a reward for every arm`)
  }
  for (const [arm, pays] of chances.entries()) checkNumber(`chances[${arm}]`, pays, 0, 1)
  return defineEnv(copies, {
    name: 'bandit',
    preset: 'classic',
    options: { chances: [...chances], length },
    layout: [{ name: 'context', offset: 0, shape: [1] }],
    actions: { kind: 'discrete', n: chances.length },
    horizon: length,
    state: {},
    begin() {},
    observe(_copy, _state, row, offset) {
      row[offset] = 0
    },
    step(copy, _state, actions, at, generator, { rewards, chosen }) {
      if (!chance(generator, chances[actions[at]!]!)) return false
      rewards[copy] = 1
      chosen[copy] = 0
      return false
    },
    expected: (_copy, _state, actions, at) => chances[actions[at]!]!,
  }).env
}
