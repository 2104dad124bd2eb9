/**
 * Cliff walking: from one corner of a grid to the next, along a cliff. Source: Sutton & Barto 2018, example 6.6.
 *
 *   . . . . . . . . . . . .     0 to 11
 *   . . . . . . . . . . . .    12 to 23
 *   . . . . . . . . . . . .    24 to 35
 *   S C C C C C C C C C C G    36 to 47: start 36, the cliff 37 to 46, goal 47
 *
 * Observation [1]: the cell, an id of 48. Actions: 0 up, 1 right, 2 down, 3 left; who would leave the grid stays. Reward: -1 a step; -100
 * for stepping into the cliff, which leads back to the start and ends nothing. Ends: at the goal (terminated), else after `horizon` steps
 * (truncated). Nothing here is random.
 *
 * The shortest way, along the edge, is worth -13; the safe one, along the upper wall, -17. Whoever blunders one time in ten does better
 * on a safe way: SARSA learns that, since it values what it will do; Q-learning walks along the edge and falls, since it values what it
 * could do.
 */
import { checkKeys, checkWhole } from '../../data/check'
import { wholes } from '../copy-state'
import { defineEnv } from '../define-env'
import type { Env } from '../env'

const rows = 4
const columns = 12
const cells = rows * columns
const start = cells - columns
const goal = cells - 1
const actions = ['up', 'right', 'down', 'left'] as const

/** [cells, actions]: the cell that a step leads to, and what it pays. */
const destinations = new Int32Array(cells * actions.length)
const rewards = new Float64Array(cells * actions.length)

for (let cell = 0; cell < cells; cell++) {
  const [row, column] = [Math.floor(cell / columns), cell % columns]
  const reached = [
    Math.max(0, row - 1) * columns + column,
    row * columns + Math.min(columns - 1, column + 1),
    Math.min(rows - 1, row + 1) * columns + column,
    row * columns + Math.max(0, column - 1),
  ]
  for (const [action, there] of reached.entries()) {
    destinations[cell * actions.length + action] = isCliff(there) ? start : there
    rewards[cell * actions.length + action] = isCliff(there) ? -100 : -1
  }
}

function isCliff(cell: number): boolean {
  return cell > start && cell < goal
}

/** The whole process, for planning: `transitions` [cells, actions, next cells], `rewards` [cells, actions], `terminal` [cells]. */
export const cliffWalkingModel = {
  states: cells,
  actions: actions.length,
  transitions: Float64Array.from({ length: cells * actions.length * cells }, (_, at) =>
    destinations[Math.floor(at / cells)] === at % cells ? 1 : 0,
  ),
  rewards,
  terminal: Uint8Array.from({ length: cells }, (_, cell) => (cell === goal ? 1 : 0)),
} as const

export interface CliffWalkingOptions {
  /** Steps after which an episode is cut off; 1,000. The book has no limit; a random walk needs some thousands of steps. */
  readonly horizon?: number
}

/** @throws RangeError for copies or a horizon out of range, and for options that do not exist */
export function cliffWalking(copies: number, options: CliffWalkingOptions = {}): Env {
  checkKeys('cliff-walking', options, ['horizon'])
  const horizon = checkWhole('horizon', options.horizon ?? 1000, 1, 1_000_000)
  return defineEnv(copies, {
    name: 'cliff-walking',
    preset: 'classic',
    options: { horizon },
    layout: [{ name: 'context', offset: 0, shape: [1], categories: [cells] }],
    actions: { kind: 'discrete', n: actions.length },
    horizon,
    state: { cell: wholes(1, 0, cells - 1) },
    begin(copy, { cell }) {
      cell[copy] = start
    },
    observe(copy, { cell }, row, offset) {
      row[offset] = cell[copy]!
    },
    step(copy, { cell }, chosen, at, _generator, outcome) {
      const pair = cell[copy]! * actions.length + chosen[at]!
      outcome.rewards[copy] = rewards[pair]!
      cell[copy] = destinations[pair]!
      return cell[copy] === goal
    },
    expected: (copy, { cell }, chosen, at) => rewards[cell[copy]! * actions.length + chosen[at]!]!,
    wrongInState: ({ cell }) => (cell![0]! > start ? `cell is ${cell![0]}, where nobody stands: the cliff, or the goal` : undefined),
    who: (copy, { cell }) => `row ${Math.floor(cell[copy]! / columns) + 1}, column ${(cell[copy]! % columns) + 1}`,
    done: (chosen, at) => `${actions[chosen[at]!]}`,
  }).env
}
