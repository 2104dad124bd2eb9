/**
 * RecSim's test MDP: six states and four actions, small enough to solve by value iteration, to check learners against true values.
 * Source: RecSim (Ie et al. 2019, arXiv 1909.04847), recsim/testing/test_environment.py.
 *
 * In states 0 to 3, action a leads from state s to s + a + 1, s + a + 2 or s + a + 3 (modulo 6) with probabilities .1, .1 and .8; in 4 and
 * 5 to s + a + 1 for certain. The reward depends on state and action alone. Episodes start in state 0 and never end by themselves; they
 * are truncated at `horizon`, so the values below are those of a process that goes on for ever.
 *
 * Observation [1]: the state, an id of 6; with `oneHot` [6].
 * Optimal values of the states at discount .5: -7.10072 2.89928 2.89928 2.94964 3.23741 6.47482.
 *
 * A step takes one uniform, in states 4 and 5 too.
 */
import { checkFlag, checkKeys, checkWhole } from '../../data/check'
import { categorical } from '../../random/draws'
import { wholes } from '../copy-state'
import { defineEnv } from '../define-env'
import type { Env } from '../env'

const states = 6
const actions = 4

/** By action, then state, as the source prints them. */
const rewardsByAction = [
  [-10, 0, 0, 4, 0, 5],
  [-10, 0, 1, 0, 0, 0],
  [-10, 1, 0, 2, 0, 2],
  [-10, 0, 0, 0, 0, 5],
] as const

/** The whole process, for value iteration: `transitions` [states, actions, next states] are probabilities, `rewards` [states, actions]. */
export const testMdpModel = {
  states,
  actions,
  transitions: transitionTable(),
  rewards: Float64Array.from({ length: states * actions }, (_, at) => rewardsByAction[at % actions]![Math.floor(at / actions)]!),
} as const

function transitionTable(): Float64Array {
  const table = new Float64Array(states * actions * states)
  for (let state = 0; state < states; state++) {
    for (let action = 0; action < actions; action++) {
      const from = (state * actions + action) * states
      const chances = state < 4 ? [0.1, 0.1, 0.8] : [1]
      for (const [further, chance] of chances.entries()) table[from + ((state + action + 1 + further) % states)] = chance
    }
  }
  return table
}

export interface TestMdpOptions {
  /** Steps in an episode; 100. */
  readonly horizon?: number
  /** The state is seen as six numbers, one of them 1, instead of an id; false. */
  readonly oneHot?: boolean
}

/** @throws RangeError for copies or a horizon out of range, and for options that do not exist */
export function testMdp(copies: number, options: TestMdpOptions = {}): Env {
  checkKeys('test-mdp', options, ['horizon', 'oneHot'])
  const horizon = checkWhole('horizon', options.horizon ?? 100, 1, 1_000_000)
  const oneHot = checkFlag('oneHot', options.oneHot ?? false)
  const { transitions, rewards } = testMdpModel
  // The running sums of each row of transitions, as a draw wants them.
  const sums = Array.from({ length: states * actions }, (_, row) => {
    let sum = 0
    return transitions.slice(row * states, (row + 1) * states).map(chance => (sum += chance))
  })
  return defineEnv(copies, {
    name: 'test-mdp',
    preset: 'classic',
    options: { horizon, oneHot },
    layout: [{ name: 'context', offset: 0, ...(oneHot ? { shape: [states] } : { shape: [1], categories: [states] }) }],
    actions: { kind: 'discrete', n: actions },
    horizon,
    state: { state: wholes(1, 0, states - 1) },
    begin(copy, { state }) {
      state[copy] = 0
    },
    observe(copy, { state }, row, offset) {
      if (!oneHot) row[offset] = state[copy]!
      else for (let at = 0; at < states; at++) row[offset + at] = at === state[copy] ? 1 : 0
    },
    step(copy, { state }, chosen, at, generator, outcome) {
      const row = state[copy]! * actions + chosen[at]!
      outcome.rewards[copy] = rewards[row]!
      state[copy] = categorical(generator, sums[row]!)
      return false
    },
    expected: (copy, { state }, chosen, at) => rewards[state[copy]! * actions + chosen[at]!]!,
    who: (copy, { state }) => `state ${state[copy]}`,
    done: (chosen, at) => `action ${chosen[at]}`,
  }).env
}
