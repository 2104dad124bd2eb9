/**
 * One ridge regression for every item, kept up to date one observation at a time.
 *
 * An item holds A⁻¹, where A = ridge · I + Σ x xᵀ, and b = Σ reward · x; its coefficients are A⁻¹ b. Sherman & Morrison (1950) give the new
 * inverse without inverting: A⁻¹ - (A⁻¹ x)(A⁻¹ x)ᵀ / (1 + xᵀ A⁻¹ x).
 */
export class Ridge {
  /** [items, width, width] */
  readonly inverses: Float64Array
  /** [items, width] */
  readonly sums: Float64Array
  /** [items, width]: A⁻¹ b */
  readonly coefficients: Float64Array
  private readonly product: Float64Array

  /**
   * @param width numbers in one x
   * @param ridge penalty on the squared coefficients, above 0
   */
  constructor(
    readonly items: number,
    readonly width: number,
    readonly ridge: number,
  ) {
    this.inverses = new Float64Array(items * width * width)
    this.sums = new Float64Array(items * width)
    this.coefficients = new Float64Array(items * width)
    this.product = new Float64Array(width)
    for (let item = 0; item < items; item++) {
      for (let at = 0; at < width; at++) this.inverses[(item * width + at) * width + at] = 1 / ridge
    }
  }

  /** The reward expected of an item: its coefficients times x. */
  mean(item: number, x: Float64Array): number {
    let sum = 0
    for (let at = 0, from = item * this.width; at < this.width; at++) sum += this.coefficients[from + at]! * x[at]!
    return sum
  }

  /** The standard deviation of that expectation, in units of the reward's noise: √(xᵀ A⁻¹ x). */
  deviation(item: number, x: Float64Array): number {
    const { width, inverses } = this
    let sum = 0
    for (let row = 0; row < width; row++) {
      const from = (item * width + row) * width
      // A⁻¹ is symmetric: the triangle under the diagonal counts twice.
      let product = (inverses[from + row]! * x[row]!) / 2
      for (let column = 0; column < row; column++) product += inverses[from + column]! * x[column]!
      sum += 2 * product * x[row]!
    }
    return Math.sqrt(Math.max(0, sum))
  }

  /** Takes in one observation of an item. */
  learn(item: number, x: Float64Array, reward: number): void {
    const { width, inverses, sums, coefficients, product } = this
    let scale = 1
    for (let row = 0; row < width; row++) {
      const from = (item * width + row) * width
      let sum = 0
      for (let column = 0; column < width; column++) sum += inverses[from + column]! * x[column]!
      product[row] = sum
      scale += sum * x[row]!
    }
    for (let row = 0; row < width; row++) {
      const from = (item * width + row) * width
      const factor = product[row]! / scale
      for (let column = 0; column < width; column++) inverses[from + column]! -= factor * product[column]!
      sums[item * width + row]! += reward * x[row]!
    }
    for (let row = 0; row < width; row++) {
      const from = (item * width + row) * width
      let sum = 0
      for (let column = 0; column < width; column++) sum += inverses[from + column]! * sums[item * width + column]!
      coefficients[item * width + row] = sum
    }
  }
}
