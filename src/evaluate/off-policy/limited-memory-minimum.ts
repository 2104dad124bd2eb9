/**
 * The least value of a smooth convex function of many parameters, from its slopes alone: the method of Broyden, Fletcher, Goldfarb and Shanno
 * with limited memory, L-BFGS (Nocedal & Wright 2006, algorithms 7.4 and 7.5).
 *
 * Where Newton's method keeps all second derivatives, which grow with the square of the parameters, this one guesses what they do to a step from the
 * last few steps and from how the slopes changed along them.
 */

/** Steps that are remembered. */
const memory = 10
const mostTurns = 5000
/** A step must bring this share of what the slope promises (Armijo 1966). */
const armijo = 1e-4

/**
 * @param width how many parameters; the search begins where all are 0
 * @param value the function; it adds its slopes to `gradient`, [width], which comes filled with 0
 * @param tolerance no slope is larger at the end, as a share of the largest one at the beginning, or nothing more can be gained in doubles
 * @throws RangeError when a slope at the beginning is not finite; Error when no minimum is found in 5,000 steps
 */
export function limitedMemoryMinimum(
  width: number,
  value: (at: Float64Array, gradient: Float64Array) => number,
  tolerance = 1e-6,
): Float64Array {
  const look = (at: Float64Array, gradient: Float64Array) => value(at, gradient.fill(0))
  let at = new Float64Array(width)
  let slopes = new Float64Array(width)
  let here = look(at, slopes)
  if (!(largest(slopes) < Infinity)) throw new RangeError('a slope where all parameters are 0 is not finite; scale the contexts down')
  const enough = tolerance * largest(slopes)
  let next = new Float64Array(width)
  let nextSlopes = new Float64Array(width)
  const steps: { readonly step: Float64Array; readonly change: Float64Array; readonly curvature: number }[] = []
  const direction = new Float64Array(width)
  for (let turn = 0; turn < mostTurns; turn++) {
    if (largest(slopes) <= enough) return at
    descend(direction, slopes, steps)
    const slope = dot(direction, slopes)
    // The first step has nothing to go by: it is as long as one.
    let size = steps.length === 0 ? 1 / Math.sqrt(dot(slopes, slopes)) : 1
    let there = Infinity
    for (; size > 1e-20; size /= 2) {
      for (let place = 0; place < width; place++) next[place] = at[place]! + size * direction[place]!
      there = look(next, nextSlopes)
      if (there <= here + armijo * size * slope) break
    }
    // No step in doubles goes further down.
    if (!(there < here)) return at
    const step = next.map((place, which) => place - at[which]!)
    const change = nextSlopes.map((place, which) => place - slopes[which]!)
    const curvature = dot(step, change)
    // Rounding may leave none; such a step teaches nothing.
    if (curvature > 1e-300) {
      steps.push({ step, change, curvature })
      if (steps.length > memory) steps.shift()
    }
    ;[at, next] = [next, at]
    ;[slopes, nextSlopes] = [nextSlopes, slopes]
    here = there
  }
  throw new Error(`no minimum was found in ${mostTurns} steps; a larger penalty helps`)
}

/** Downhill as the remembered steps see the ground, in place of `direction` (algorithm 7.4). */
function descend(
  direction: Float64Array,
  slopes: Float64Array,
  steps: readonly { readonly step: Float64Array; readonly change: Float64Array; readonly curvature: number }[],
): void {
  for (let place = 0; place < direction.length; place++) direction[place] = -slopes[place]!
  const shares = new Float64Array(steps.length)
  for (let back = steps.length - 1; back >= 0; back--) {
    const { step, change, curvature } = steps[back]!
    shares[back] = dot(step, direction) / curvature
    add(direction, change, -shares[back]!)
  }
  const last = steps[steps.length - 1]
  const scale = last ? last.curvature / dot(last.change, last.change) : 1
  for (let place = 0; place < direction.length; place++) direction[place]! *= scale
  for (const [back, { step, change, curvature }] of steps.entries()) {
    add(direction, step, shares[back]! - dot(change, direction) / curvature)
  }
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let place = 0; place < one.length; place++) sum += one[place]! * other[place]!
  return sum
}

function add(to: Float64Array, values: Float64Array, times: number): void {
  for (let place = 0; place < to.length; place++) to[place]! += times * values[place]!
}

function largest(values: Float64Array): number {
  let most = 0
  for (let place = 0; place < values.length; place++) most = Math.max(most, Math.abs(values[place]!))
  return most
}
