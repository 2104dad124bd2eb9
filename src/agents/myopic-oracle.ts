/**
 * The myopic oracle: the action with the highest expected reward of the next step, read through the shop's one door (envs/oracle.ts).
 *
 * No agent may know what it knows. It is what a bandit aims at. Where looking ahead pays, it can be beaten, even by random choice.
 */
import type { Env } from '../envs/env'
import { bestActions } from '../envs/oracle'
import type { Agent } from './agent'

/** Whoever only acts, such as an agent that has learned, or an oracle. */
export type Actor = Pick<Agent, 'act'>

/**
 * @param env the very shop that is played in: the oracle looks at its copies, not at the observations given
 * @throws Error when acting in a shop without an oracle
 */
export function myopicOracle(env: Env): Actor {
  return {
    act(_observations, _explore, actions, propensities) {
      bestActions(env, actions)
      propensities?.fill(1)
    },
  }
}
