/**
 * Identity: the action must equal the observation. The smallest shop with as many right answers as observations.
 * Source: Stable-Baselines3's IdentityEnv.
 *
 * Observation [n]: one-hot of a number drawn anew each step. Reward: 1 when the action is that number, else 0. Ends: `length` steps, truncated.
 */
import { checkKeys, checkWhole } from '../../data/check'
import { integer } from '../../random/draws'
import type { Env } from '../env'
import { tinyEnv } from './tiny'

export interface IdentityOptions {
  /** How many numbers and actions there are; 2. */
  readonly n?: number
  /** Steps in an episode; 100. */
  readonly length?: number
}

/** @throws RangeError for copies, n or a length out of range, and for options that do not exist */
export function identity(copies: number, options: IdentityOptions = {}): Env {
  checkKeys('identity', options, ['n', 'length'])
  const { n = 2, length = 100 } = options
  checkWhole('n', n, 1, 1000)
  checkWhole('length', length, 1, 1_000_000)
  return tinyEnv('identity', copies, {
    actions: n,
    length,
    oneHot: n,
    truncates: true,
    begin: generator => integer(generator, n),
    next: generator => integer(generator, n),
    reward: (seen, action) => (action === seen ? 1 : 0),
    options: { n, length },
  })
}
