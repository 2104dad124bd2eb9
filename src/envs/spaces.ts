/** What an action may be: its size, its check, a random one, and its words. */
import { integer } from '../random/draws'
import type { Generator } from '../random/generator'
import type { Space } from './env'

/** Numbers in one copy's action: 1 for one of a list, the slate's size, or one for each part. */
export function actionWidth(space: Space): number {
  return space.kind === 'discrete' ? 1 : space.kind === 'slate' ? space.size : space.sizes.length
}

/**
 * @param actions [copies] or [copies, k]
 * @throws RangeError unless every copy has an action of the space; nothing is changed
 */
export function checkActions(space: Space, actions: Int32Array, copies: number): void {
  const width = actionWidth(space)
  if (actions.length !== copies * width) {
    throw new RangeError(
      width === 1
        ? `actions has ${actions.length} numbers; it must have one for each of the ${copies} copies`
        : `actions has ${actions.length} numbers; it must have ${width} for each of the ${copies} copies, so ${copies * width}`,
    )
  }
  if (space.kind === 'discrete') {
    for (let copy = 0; copy < copies; copy++) checkBelow(space.n, actions, copy, 1, 0)
    return
  }
  for (let copy = 0; copy < copies; copy++) {
    for (let part = 0; part < width; part++) {
      checkBelow(space.kind === 'slate' ? space.candidates : space.sizes[part]!, actions, copy, width, part)
      if (space.kind === 'slate') checkNew(actions, copy, width, part)
    }
  }
}

// An ordinary array may have been passed from a notebook, where nothing is checked.
function checkBelow(n: number, actions: Int32Array, copy: number, width: number, part: number): void {
  const action = actions[copy * width + part]!
  if (action >= 0 && action < n && Number.isInteger(action)) return
  const which = width === 1 ? `the action of copy ${copy}` : `number ${part} of the action of copy ${copy}`
  throw new RangeError(`${which} is ${action}; it must be a whole number between 0 and ${n - 1}`)
}

function checkNew(actions: Int32Array, copy: number, width: number, part: number): void {
  const action = actions[copy * width + part]!
  for (let before = 0; before < part; before++) {
    if (actions[copy * width + before] !== action) continue
    throw new RangeError(`the slate of copy ${copy} has candidate ${action} at ${before} and at ${part}; each may be shown once`)
  }
}

/**
 * A random action for every copy: each of a list, each combination, each order of a slate equally likely. Takes one uniform a number.
 *
 * @param actions [copies] or [copies, k], overwritten
 */
export function randomActions(space: Space, generator: Generator, actions: Int32Array): void {
  if (space.kind === 'discrete') {
    for (let at = 0; at < actions.length; at++) actions[at] = integer(generator, space.n)
    return
  }
  const width = actionWidth(space)
  for (let from = 0; from < actions.length; from += width) {
    for (let part = 0; part < width; part++) {
      if (space.kind === 'multi-discrete') actions[from + part] = integer(generator, space.sizes[part]!)
      else actions[from + part] = unusedCandidate(integer(generator, space.candidates - part), actions, from, part)
    }
  }
}

/** The candidate that is number `rank` among those which the first `part` places of a slate leave over. */
function unusedCandidate(rank: number, actions: Int32Array, from: number, part: number): number {
  // Every candidate shown that lies at or below pushes it one further; repeated, since the push may pass another one.
  let candidate = rank
  for (let moved = true; moved; ) {
    let below = 0
    for (let at = from; at < from + part; at++) if (actions[at]! <= candidate) below++
    moved = candidate !== rank + below
    candidate = rank + below
  }
  return candidate
}

/** How many different actions there are: orders of a slate count. */
export function actionCount(space: Space): number {
  if (space.kind === 'discrete') return space.n
  if (space.kind === 'multi-discrete') return space.sizes.reduce((product, size) => product * size, 1)
  let orders = 1
  for (let part = 0; part < space.size; part++) orders *= space.candidates - part
  return orders
}

/** A space in words, as Gymnasium writes it: Discrete(100), MultiDiscrete(5, 3, 3, 4), Slate(50, 5). */
export function describeSpace(space: Space): string {
  if (space.kind === 'discrete') return `Discrete(${space.n})`
  return space.kind === 'slate' ? `Slate(${space.candidates}, ${space.size})` : `MultiDiscrete(${space.sizes.join(', ')})`
}
