/**
 * Actions of several numbers under one number each, as a log holds them: an action of a list is its own number, every combination of
 * MultiDiscrete actions has one, and every order of a slate.
 *
 * Combinations count the last part fastest: ((a · sizes[1] + b) · sizes[2] + c) …, as src/agents/arms.ts does. Slates are numbered in the
 * order of a dictionary: of 4 candidates at 2 places [0, 1] is 0, [0, 2] is 1, [1, 0] is 3, [3, 2] is 11. Each part then counts among those
 * left over.
 */
import type { Space } from '../envs/env'
import { actionCount, actionWidth, describeSpace } from '../envs/spaces'

/** Ids are held in 32 bits. */
const most = 2 ** 31 - 1

/**
 * How many joint actions there are: orders of a slate count.
 *
 * @throws RangeError for more than 2^31 - 1
 */
export function jointActions(space: Space): number {
  const count = actionCount(space)
  if (count <= most) return count
  throw new RangeError(
    `${describeSpace(space)} has ${count} actions; a log numbers at most ${most}, so choose a smaller slate or fewer parts`,
  )
}

/** The number of a copy's action. @param actions [copies, parts] */
export function jointAction(space: Space, actions: ArrayLike<number>, copy: number): number {
  const parts = actionWidth(space)
  let id = 0
  for (let part = 0; part < parts; part++) {
    const chosen = actions[copy * parts + part]!
    id = id * choices(space, part) + (space.kind === 'slate' ? chosen - smaller(actions, copy * parts, part, chosen) : chosen)
  }
  return id
}

/** The action of a number, [parts]. */
export function jointActionParts(space: Space, id: number): number[] {
  const ranks = Array<number>(actionWidth(space)).fill(0)
  for (let part = ranks.length - 1, rest = id; part >= 0; part--) {
    const size = choices(space, part)
    ranks[part] = rest % size
    rest = Math.floor(rest / size)
  }
  if (space.kind !== 'slate') return ranks
  const left = Array.from({ length: space.candidates }, (_, candidate) => candidate)
  return ranks.map(rank => left.splice(rank, 1)[0]!)
}

/** How many choices a part has once those before it are made. */
function choices(space: Space, part: number): number {
  return space.kind === 'discrete' ? space.n : space.kind === 'slate' ? space.candidates - part : space.sizes[part]!
}

/** How many of the candidates at earlier places come before this one. */
function smaller(actions: ArrayLike<number>, from: number, part: number, chosen: number): number {
  let count = 0
  for (let at = from; at < from + part; at++) if (actions[at]! < chosen) count++
  return count
}
