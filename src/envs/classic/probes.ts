/**
 * Five probe environments, each a little harder than the one before: an agent that fails one has the defect that this one names.
 * Source: Andy Jones, "Debugging Reinforcement Learning Systems" (2021).
 *
 * 1 constant     one action, reward 1, one step                              the value is learned at all
 * 2 observation  one action, observation -1 or 1 at random is the reward     the value depends on the observation
 * 3 delay        one action, two steps (observation 0, then 1), 1 at the end the discount carries value back: gamma, then 1
 * 4 action       two actions, one step, reward -1 for the first, 1 for the second     the policy follows the reward
 * 5 both         two actions, observation -1 or 1, reward 1 for the second action at 1 and the first at -1, else -1
 *
 * Observation [1]. Every episode terminates.
 */
import { chance } from '../../random/draws'
import type { Env } from '../env'
import { type Rules, tinyEnv } from './tiny'

export const probeNames = ['constant', 'observation', 'delay', 'action', 'both'] as const

export type ProbeName = (typeof probeNames)[number]

const coin: Rules['begin'] = generator => (chance(generator, 0.5) ? 1 : -1)

const probes: Readonly<Record<ProbeName, Rules>> = {
  constant: { actions: 1, length: 1, begin: () => 0, reward: () => 1 },
  observation: { actions: 1, length: 1, begin: coin, reward: seen => seen },
  delay: { actions: 1, length: 2, begin: () => 0, next: () => 1, reward: seen => seen },
  action: { actions: 2, length: 1, begin: () => 0, reward: (_, action) => (action === 1 ? 1 : -1) },
  both: { actions: 2, length: 1, begin: coin, reward: (seen, action) => (action === 1 ? seen : -seen) },
}

/** @throws RangeError for a name that is none of the five, or copies below 1 */
export function probe(name: ProbeName, copies: number): Env {
  const rules = Object.hasOwn(probes, name) ? probes[name] : undefined
  if (!rules) throw new RangeError(`there is no probe ${JSON.stringify(name)}; the probes are ${probeNames.join(', ')}`)
  return tinyEnv(`probe-${name}`, copies, rules)
}
