/** Grid search: every combination of values, once. */
import { UserError } from '../data/user-error'
import type { Sampler } from './sampler'
import type { Choice, Configuration, SearchSpace } from './search-space'
import { positionOf, valueAt, valueCount } from './unit-interval'

/**
 * All points in a fixed order: the values of a dimension in theirs (low to high, choices as listed), the last dimension fastest.
 *
 * Each trial gets the first point that no other trial has, whatever became of that one; after the last point `ask` gives
 * undefined. A float needs a step. Points are found by looking through the trials, so a grid may have a million of them at most.
 */
export function gridSampler(): Sampler {
  return {
    spec: { kind: 'grid' },
    propose({ space, trials }): Configuration | undefined {
      const size = gridSize(space)
      const tried = new Uint8Array(size)
      for (const { configuration } of trials) {
        const point = pointOf(space, configuration)
        if (point >= 0) tried[point] = 1
      }
      const next = tried.indexOf(0)
      return next < 0 ? undefined : configurationAt(space, next)
    },
  }
}

/** How many points the grid of a space has. @throws UserError when a dimension has no end of values, or there are more than a million points */
export function gridSize(space: SearchSpace): number {
  let size = 1
  for (const [name, dimension] of Object.entries(space)) {
    const values = valueCount(dimension)
    if (values === Infinity) throw new UserError(`${name} is a float without a step; a grid needs steps (or choices: kind 'categorical')`)
    size *= values
  }
  if (size > 1e6) throw new UserError(`the grid has ${size} points; it may have 1000000 (take greater steps, or search at random)`)
  return size
}

function pointOf(space: SearchSpace, configuration: Configuration): number {
  let point = 0
  for (const name of Object.keys(space)) {
    const value = configuration[name]
    const position = value === undefined ? -1 : positionOf(space[name]!, value)
    if (position < 0) return -1
    point = point * valueCount(space[name]!) + position
  }
  return point
}

/** The point with this position in the order of the grid. */
export function configurationAt(space: SearchSpace, point: number): Configuration {
  const names = Object.keys(space)
  const reversed: [string, Choice][] = []
  for (let at = names.length - 1; at >= 0; at--) {
    const dimension = space[names[at]!]!
    const values = valueCount(dimension)
    reversed.push([names[at]!, valueAt(dimension, point % values)])
    point = Math.floor(point / values)
  }
  return Object.fromEntries(reversed.reverse())
}
