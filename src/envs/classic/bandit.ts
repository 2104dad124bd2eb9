/**
 * Bandit: every arm pays by a chance or mean of its own. Source: Sutton & Barto 2018, chapter 2.
 *
 * With `chances` an arm pays stars: 1 with its chance, else 0. With `means` it pays a normal number around its mean, as in the book's
 * ten-armed testbed (section 2.3: means from N(0, 1), deviation 1, drawn anew for every run, so a shop of its own for each).
 *
 * Observation [1]: always 0. Reward: what the arm paid. `chosen`: 0 where a star was paid, else -1; nothing is clicked where normal numbers
 * are paid. Ends: `length` steps, truncated, so that the return of an episode is the rewards of that many tries.
 *
 * The arms stay as they are, or with `changeEvery` their places change: after so many steps, over all episodes, each arm takes over what
 * the one before it paid, so that the best arm is another one each time.
 *
 * Each copy draws one uniform a step (two for a normal number) whichever arm is pulled: two players under one seed meet the same luck, and
 * the better arm pays whenever the worse one does.
 */
import { checkKeys, checkNumber, checkWhole } from '../../data/check'
import { chance, normal } from '../../random/draws'
import { wholes } from '../copy-state'
import { defineEnv } from '../define-env'
import type { Env } from '../env'

export interface BanditOptions {
  /** [arms]: chance of a reward of 1, 0 to 1 each. Either these or `means`. */
  readonly chances?: readonly number[]
  /** [arms]: mean of the normal reward. */
  readonly means?: readonly number[]
  /** Of the normal rewards, at least 0; 1. */
  readonly deviation?: number
  /** Steps after which every arm pays what the one before it paid; 0: never. */
  readonly changeEvery?: number
  /** Steps in an episode; 10. */
  readonly length?: number
}

/** @throws RangeError for copies, chances, means, deviation or a length out of range, and for options that do not exist */
export function bandit(copies: number, options: BanditOptions): Env {
  checkKeys('bandit', options, ['chances', 'means', 'deviation', 'changeEvery', 'length'])
  const { chances, means, deviation = 1, changeEvery = 0, length = 10 } = options
  checkWhole('length', length, 1, 1_000_000)
  checkWhole('changeEvery', changeEvery, 0, 1_000_000)
  if (chances && means) throw new RangeError('chances and means are both given; an arm pays by one of them')
  const normally = means !== undefined
  const pays = normally ? means : chances
  if (!Array.isArray(pays) || pays.length === 0) {
    throw new RangeError(
      normally
        ? `means is ${JSON.stringify(means)}; it must be a list with the mean reward of every arm`
        : `chances is ${JSON.stringify(chances)}; it must be a list with the chance of a reward for every arm`,
    )
  }
  for (const [arm, value] of pays.entries()) {
    if (normally) checkNumber(`means[${arm}]`, value, -1e6, 1e6)
    else checkNumber(`chances[${arm}]`, value, 0, 1)
  }
  checkNumber('deviation', deviation, 0, 1e6)
  if (!normally && options.deviation !== undefined) throw new RangeError('deviation is given without means; stars have none')
  const arms = pays.length
  const list = Float64Array.from(pays)
  const period = changeEvery * arms

  /** What the arm pays at that step, counted over all episodes. */
  function paidBy(arm: number, tries: number): number {
    return list[changeEvery === 0 ? arm : (arm + arms - Math.floor(tries / changeEvery)) % arms]!
  }

  return defineEnv(copies, {
    name: 'bandit',
    preset: 'classic',
    options: normally ? { means: [...pays], deviation, changeEvery, length } : { chances: [...pays], changeEvery, length },
    layout: [{ name: 'context', offset: 0, shape: [1] }],
    actions: { kind: 'discrete', n: arms },
    horizon: length,
    // Steps since the places were as at first.
    state: { tries: wholes(1, 0, Math.max(0, period - 1)) },
    begin() {},
    observe(_copy, _state, row, offset) {
      row[offset] = 0
    },
    step(copy, { tries }, actions, at, generator, { rewards, chosen }) {
      const value = paidBy(actions[at]!, tries[copy]!)
      if (changeEvery > 0) tries[copy] = (tries[copy]! + 1) % period
      if (normally) rewards[copy] = value + deviation * normal(generator)
      else if (chance(generator, value)) {
        rewards[copy] = 1
        chosen[copy] = 0
      }
      return false
    },
    expected: (copy, { tries }, actions, at) => paidBy(actions[at]!, tries[copy]!),
  }).env
}
