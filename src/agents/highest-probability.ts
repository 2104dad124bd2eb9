/**
 * How likely one of several independent random numbers is to be the highest: what the propensity of Thompson sampling is.
 *
 *   P = ∫ density of this one (x) · product over the others of P(other < x) dx
 *
 * There is no closed form for more than two. The integral is taken by Simpson's rule, with intervals halved until the halves agree with the
 * whole (Kuncir 1962; Lyness 1969), so that it finds the narrow ones among wide ones by itself.
 */

/** How far the probability may be off, at the most. */
export const probabilityTolerance = 1e-8

/** One draw of each: by its density, and by the probability that it is below x. */
export interface Draws {
  readonly count: number
  density(which: number, x: number): number
  cumulative(which: number, x: number): number
}

/**
 * @param low  where the density of `which` begins to matter, and
 * @param high where it no longer does
 * @returns right to 1e-8, and never less than that, since what was drawn can happen
 */
export function probabilityOfHighest(draws: Draws, which: number, low: number, high: number): number {
  const integrand = (x: number) => {
    let product = draws.density(which, x)
    for (let other = 0; other < draws.count && product > 1e-14; other++) if (other !== which) product *= draws.cumulative(other, x)
    return product
  }
  const panels = 16
  const width = (high - low) / panels
  let sum = 0
  let [from, atFrom] = [low, integrand(low)]
  for (let panel = 1; panel <= panels; panel++) {
    const to = low + panel * width
    const atTo = integrand(to)
    const atMiddle = integrand((from + to) / 2)
    const whole = ((to - from) / 6) * (atFrom + 4 * atMiddle + atTo)
    sum += halved(integrand, from, to, atFrom, atMiddle, atTo, whole, probabilityTolerance / panels, 40)
    ;[from, atFrom] = [to, atTo]
  }
  return Math.min(1, Math.max(probabilityTolerance, sum))
}

/** The integral from `from` to `to`, of which `whole` is Simpson's estimate. */
function halved(
  integrand: (x: number) => number,
  from: number,
  to: number,
  atFrom: number,
  atMiddle: number,
  atTo: number,
  whole: number,
  tolerance: number,
  depth: number,
): number {
  const middle = (from + to) / 2
  const left = integrand((from + middle) / 2)
  const right = integrand((middle + to) / 2)
  const first = ((middle - from) / 6) * (atFrom + 4 * left + atMiddle)
  const second = ((to - middle) / 6) * (atMiddle + 4 * right + atTo)
  const difference = first + second - whole
  // The halves are 16 times as exact as the whole, so a 15th of what they differ by is what they are still off.
  // Written so that a number which is none ends it as well.
  if (depth === 0 || !(Math.abs(difference) > 15 * tolerance)) return first + second + difference / 15
  return (
    halved(integrand, from, middle, atFrom, left, atMiddle, first, tolerance / 2, depth - 1) +
    halved(integrand, middle, to, atMiddle, right, atTo, second, tolerance / 2, depth - 1)
  )
}
