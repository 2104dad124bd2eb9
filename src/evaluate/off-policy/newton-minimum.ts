/**
 * The least value of a smooth convex function by Newton's method with halved steps (Boyd & Vandenberghe 2004, section 9.5).
 *
 * A full step leads to the minimum of the parabola that fits best; where that does not lower the function by a quarter of what the parabola
 * promises, the step is halved. Near the minimum each step doubles the digits that are right, so the result is exact to rounding.
 */
import { factorise, solveFactor, solveTransposed, triangleOf } from '../../agents/ridge-cholesky'

export interface Slopes {
  /** [width] */
  readonly gradient: Float64Array
  /** The second derivatives as a packed lower triangle (agents/ridge-cholesky.ts), [width (width + 1) / 2]. */
  readonly hessian: Float64Array
}

/** More parameters would take over 64 megabytes and minutes. */
const mostParameters = 4000
/** Where a step promises less than this share, two more full steps end the search. */
const nearlyThere = 1e-10
const leastPivot = 1e-12

/**
 * @param width how many parameters; the search begins where all are 0
 * @param value the function; it adds its slopes to those given, which come filled with 0
 * @throws RangeError for more than 4,000 parameters; Error when no minimum is found in 200 steps
 */
export function newtonMinimum(width: number, value: (at: Float64Array, slopes: Slopes) => number): Float64Array {
  if (width > mostParameters) {
    throw new RangeError(`the model has ${width} parameters; at most ${mostParameters} are fitted: take a shorter context`)
  }
  const slopes = { gradient: new Float64Array(width), hessian: new Float64Array(triangleOf(width)) }
  const factor = new Float64Array(triangleOf(width))
  const look = (at: Float64Array) => {
    slopes.gradient.fill(0)
    slopes.hessian.fill(0)
    return value(at, slopes)
  }
  let at = new Float64Array(width)
  let here = look(at)
  for (let turn = 0, near = false; turn < 200; turn++) {
    const step = downhill(slopes, factor)
    const promised = -step.reduce((sum, change, place) => sum + change * slopes.gradient[place]!, 0)
    const from = at
    const moved = (size: number) => from.map((start, place) => start + size * step[place]!)
    at = moved(1)
    if (near) return at
    near = promised <= nearlyThere * (1 + Math.abs(here))
    let there = look(at)
    for (let size = 0.5; !near && size > 1e-12 && !(there <= here - (size * promised) / 2); size /= 2) {
      at = moved(size)
      there = look(at)
    }
    here = there
  }
  throw new Error('no minimum was found in 200 steps of Newton’s method; a larger penalty helps')
}

/** The full step to the bottom of the parabola. */
function downhill({ gradient, hessian }: Slopes, factor: Float64Array): Float64Array {
  const width = gradient.length
  factorise(hessian, 0, width, leastPivot, factor)
  const step = gradient.map(slope => -slope)
  solveFactor(factor, width, step)
  solveTransposed(factor, width, step)
  return step
}
