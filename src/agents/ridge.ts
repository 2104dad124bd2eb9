/**
 * Ridge regressions of the reward, one for every arm, kept up to date one observation at a time.
 *
 * An arm holds A = ridge · I + Σ x xᵀ and b = Σ reward · x; its coefficients are θ = A⁻¹ b. With g = A⁻¹ x, one observation changes them to
 *
 *   A⁻¹ ← A⁻¹ - g gᵀ / (1 + xᵀ g)                        (Sherman & Morrison 1950)
 *   θ   ← θ + g (reward - xᵀ θ) / (1 + xᵀ g)             (the same formula times the new b; Plackett 1950)
 *
 * so neither a matrix is inverted nor a full product made. A⁻¹ is symmetric and kept as a packed triangle (ridge-cholesky.ts), and so is A:
 * the subtractions above lose digits, a little with every observation and much where x is large beside the ridge, while A is a sum of
 * squares and loses none. Every `refreshEvery` observations of an arm its A⁻¹ and θ are computed anew from A and b by Cholesky's
 * factorisation. What that costs, some d³ multiplications, is spread over as many observations.
 *
 * With `forgetting` f below 1 an arm forgets its past each time that it is observed, and only then: an arm that is not shown stays as sure
 * as it was. (In a drift that needs it, exploration must be kept up by alpha.) Then
 *
 *   A ← f A + x xᵀ, b ← f b + reward x, so A⁻¹ ← (A⁻¹ - g gᵀ / (f + xᵀ g)) / f and θ ← θ + g (reward - xᵀ θ) / (f + xᵀ g)
 *
 * The regularisation would fade with the past, and A⁻¹ grow without end wherever x is always 0. So it is kept: in turn, one coordinate an
 * observation is brought back to the full ridge, which is a second change of A by one square. Between two turns, d observations apart, a
 * coordinate's ridge falls to ridge · f^d at the lowest. The ridge draws towards the coefficients that the arm began with, 0 or those of a
 * policy, and so does what is brought back: b gains as much of them as A of the ridge.
 */
import { UserError } from '../data/user-error'
import { factorise, invert, solveFactor, solveTransposed, triangleOf } from './ridge-cholesky'

export interface RidgeOptions {
  /** Penalty on the squared coefficients, above 0. */
  readonly ridge: number
  /** What is left of the past at each observation of an arm, above 0 to 1; 1. */
  readonly forgetting?: number
  /** Observations of an arm from one fresh factorisation to the next; 0: never; 1,000. */
  readonly refreshEvery?: number
}

/** Numbers in all triangles together: two gigabytes. */
const mostNumbers = 2 ** 28

export class Ridge {
  /** [arms, d (d + 1) / 2]: the triangles of A⁻¹ and of A. */
  readonly inverses: Float64Array
  readonly precisions: Float64Array
  /** [arms, d]: b. */
  readonly sums: Float64Array
  /** [arms, d]: θ. */
  readonly coefficients: Float64Array
  /** [arms, d]: the θ to begin with, which the ridge draws towards; 0 unless told. */
  readonly origins: Float64Array
  /** [arms]: observations taken in. */
  readonly counts: Float64Array
  private readonly triangle: number
  private readonly ridge: number
  private readonly forgetting: number
  private readonly refreshEvery: number
  /** No squared pivot of a factor of A is smaller, but by rounding: so much of the regularisation is always there. */
  private readonly leastPivot: number
  /** Room for one step: A⁻¹ x, the places where x is not 0, the products of its numbers, a factor. */
  private readonly gain: Float64Array
  private readonly places: Int32Array
  private readonly products: Float64Array
  private readonly factor: Float64Array

  /**
   * @param arms  regressions
   * @param width numbers in one x: d
   * @throws UserError when they do not fit in memory
   */
  constructor(
    readonly arms: number,
    readonly width: number,
    { ridge, forgetting = 1, refreshEvery = 1000 }: RidgeOptions,
  ) {
    const triangle = triangleOf(width)
    if (2 * arms * triangle > mostNumbers) {
      throw new UserError(
        `${arms} ridge regression${arms === 1 ? '' : 's'} on ${width} numbers would keep ${2 * arms * triangle}; at most ${mostNumbers} fit: choose a shop of fewer actions or features, or fewer products of features`,
      )
    }
    this.triangle = triangle
    this.ridge = ridge
    this.forgetting = forgetting
    this.refreshEvery = refreshEvery
    this.leastPivot = Math.max(ridge * forgetting ** width, 1e-300)
    this.inverses = new Float64Array(arms * triangle)
    this.precisions = new Float64Array(arms * triangle)
    this.sums = new Float64Array(arms * width)
    this.coefficients = new Float64Array(arms * width)
    this.origins = new Float64Array(arms * width)
    this.counts = new Float64Array(arms)
    this.gain = new Float64Array(width)
    this.places = new Int32Array(width)
    this.products = new Float64Array(triangle)
    this.factor = new Float64Array(triangle)
    this.begin(this.coefficients)
  }

  /** Forgets everything observed and begins from these coefficients: A = ridge · I and b = ridge · θ. coefficients [arms, width] */
  begin(coefficients: Float64Array): void {
    const { arms, width, triangle, ridge } = this
    this.inverses.fill(0)
    this.precisions.fill(0)
    this.counts.fill(0)
    this.coefficients.set(coefficients)
    this.origins.set(coefficients)
    for (let at = 0; at < arms * width; at++) this.sums[at] = ridge * coefficients[at]!
    for (let arm = 0; arm < arms; arm++) {
      for (let row = 0; row < width; row++) {
        const diagonal = arm * triangle + triangleOf(row) + row
        this.inverses[diagonal] = 1 / ridge
        this.precisions[diagonal] = ridge
      }
    }
  }

  /** The reward expected of an arm: xᵀ θ. */
  mean(arm: number, x: Float64Array): number {
    const { width, coefficients } = this
    let sum = 0
    for (let at = 0, from = arm * width; at < width; at++) sum += coefficients[from + at]! * x[at]!
    return sum
  }

  /** The variance of that expectation, in units of the variance of the reward's noise: xᵀ A⁻¹ x. */
  variance(arm: number, x: Float64Array): number {
    const { inverses, places } = this
    const from = arm * this.triangle
    const count = this.findPlaces(x)
    let sum = 0
    for (let one = 0; one < count; one++) {
      const row = places[one]!
      const rowAt = from + ((row * (row + 1)) >> 1)
      // The triangle under the diagonal counts twice.
      let product = 0.5 * inverses[rowAt + row]! * x[row]!
      for (let other = 0; other < one; other++) {
        const column = places[other]!
        product += inverses[rowAt + column]! * x[column]!
      }
      sum += 2 * product * x[row]!
    }
    return sum > 0 ? sum : 0
  }

  /**
   * `mean` and `variance` of every arm at one x.
   *
   * With the products of x's numbers at hand, doubled off the diagonal, xᵀ A⁻¹ x is one straight sum over the triangle of each arm.
   *
   * @param means     [arms], overwritten
   * @param variances [arms], overwritten when given
   */
  predict(x: Float64Array, means: Float64Array, variances?: Float64Array): void {
    const { arms, width, triangle, inverses, products } = this
    for (let arm = 0; arm < arms; arm++) means[arm] = this.mean(arm, x)
    if (!variances) return
    for (let row = 0, at = 0; row < width; row++) {
      const twice = 2 * x[row]!
      for (let column = 0; column < row; column++) products[at++] = twice * x[column]!
      products[at++] = x[row]! * x[row]!
    }
    const even = triangle - (triangle % 4)
    for (let arm = 0, from = 0; arm < arms; arm++, from += triangle) {
      // Four sums side by side, so that an addition need not wait for the one before.
      let first = 0
      let second = 0
      let third = 0
      let fourth = 0
      for (let at = 0; at < even; at += 4) {
        first += products[at]! * inverses[from + at]!
        second += products[at + 1]! * inverses[from + at + 1]!
        third += products[at + 2]! * inverses[from + at + 2]!
        fourth += products[at + 3]! * inverses[from + at + 3]!
      }
      for (let at = even; at < triangle; at++) first += products[at]! * inverses[from + at]!
      const sum = first + second + (third + fourth)
      variances[arm] = sum > 0 ? sum : 0
    }
  }

  /** Takes in one observation of an arm. */
  learn(arm: number, x: Float64Array, reward: number): void {
    const { width, forgetting, sums, coefficients, gain, places } = this
    const count = this.findPlaces(x)
    this.multiply(arm, x, count)
    let scale = forgetting
    for (let at = 0; at < count; at++) scale += gain[places[at]!]! * x[places[at]!]!
    const step = (reward - this.mean(arm, x)) / scale
    this.subtractSquare(arm, scale, 1 / forgetting)
    this.addSquare(arm, x, count)
    for (let at = 0, from = arm * width; at < width; at++, from++) {
      coefficients[from]! += gain[at]! * step
      sums[from] = forgetting * sums[from]! + reward * x[at]!
    }
    const observed = ++this.counts[arm]!
    if (forgetting < 1) this.restore(arm, observed)
    if (this.refreshEvery > 0 && observed % this.refreshEvery === 0) this.refresh(arm)
  }

  /** Computes A⁻¹ and the coefficients of an arm anew from A and b. */
  refresh(arm: number): void {
    const { width, triangle, factor, gain, sums, coefficients } = this
    this.factorise(arm, factor)
    for (let at = 0, from = arm * width; at < width; at++) gain[at] = sums[from + at]!
    solveFactor(factor, width, gain)
    solveTransposed(factor, width, gain)
    for (let at = 0, from = arm * width; at < width; at++) coefficients[from + at] = gain[at]!
    invert(factor, width, this.inverses, arm * triangle)
  }

  /** The factor L of an arm's A = L Lᵀ. factor [d (d + 1) / 2], overwritten */
  factorise(arm: number, factor: Float64Array): void {
    factorise(this.precisions, arm * this.triangle, this.width, this.leastPivot, factor)
  }

  /** Writes where x is not 0 into `places`, in rising order; what is 0 need not be multiplied. @returns how many there are */
  private findPlaces(x: Float64Array): number {
    const { width, places } = this
    let count = 0
    for (let at = 0; at < width; at++) if (x[at] !== 0) places[count++] = at
    return count
  }

  /** gain = A⁻¹ x, x being 0 but in the first `count` of the places. */
  private multiply(arm: number, x: Float64Array, count: number): void {
    const { width, inverses, gain, places } = this
    const from = arm * this.triangle
    for (let row = 0, rowAt = from; row < width; rowAt += ++row) {
      let sum = 0
      for (let at = 0; at < count; at++) {
        const column = places[at]!
        // Right of the diagonal the triangle is read from the other side.
        const place = column <= row ? rowAt + column : from + ((column * (column + 1)) >> 1) + row
        sum += inverses[place]! * x[column]!
      }
      gain[row] = sum
    }
  }

  /** A⁻¹ ← (A⁻¹ - gain gainᵀ / scale) · growth */
  private subtractSquare(arm: number, scale: number, growth: number): void {
    const { width, inverses, gain } = this
    for (let row = 0, at = arm * this.triangle; row < width; row++) {
      const share = gain[row]! / scale
      if (share === 0 && growth === 1) {
        at += row + 1
        continue
      }
      for (let column = 0; column <= row; column++, at++) inverses[at] = growth * (inverses[at]! - share * gain[column]!)
    }
  }

  /** A ← forgetting · A + x xᵀ */
  private addSquare(arm: number, x: Float64Array, count: number): void {
    const { precisions, places, triangle, forgetting } = this
    const from = arm * triangle
    if (forgetting < 1) for (let at = from; at < from + triangle; at++) precisions[at]! *= forgetting
    for (let one = 0; one < count; one++) {
      const row = places[one]!
      const rowAt = from + ((row * (row + 1)) >> 1)
      for (let other = 0; other <= one; other++) precisions[rowAt + places[other]!]! += x[row]! * x[places[other]!]!
    }
  }

  /** Brings the regularisation of the coordinate whose turn it is back from ridge · forgetting^age to ridge. */
  private restore(arm: number, observed: number): void {
    const { width, triangle, ridge, forgetting, inverses, precisions, sums, coefficients, origins, gain } = this
    const coordinate = (observed - 1) % width
    const missing = ridge * (1 - forgetting ** Math.min(observed, width))
    const place = arm * width + coordinate
    sums[place]! += missing * origins[place]!
    const from = arm * triangle
    precisions[from + triangleOf(coordinate) + coordinate]! += missing
    // A⁻¹ times a unit vector is a column of A⁻¹.
    for (let row = 0; row < width; row++) {
      gain[row] = inverses[from + (row < coordinate ? triangleOf(coordinate) + row : triangleOf(row) + coordinate)]!
    }
    const scale = 1 / missing + gain[coordinate]!
    const step = (coefficients[place]! - origins[place]!) / scale
    this.subtractSquare(arm, scale, 1)
    for (let at = 0; at < width; at++) coefficients[arm * width + at]! -= gain[at]! * step
  }
}
