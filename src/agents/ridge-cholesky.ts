/**
 * Cholesky's factorisation of a symmetric matrix that is kept as a packed lower triangle (Golub & Van Loan 2013, section 4.2).
 *
 * Row i of a packed triangle begins at i (i + 1) / 2 and has i + 1 numbers, so a matrix of width d takes d (d + 1) / 2. The factor L of
 * A = L Lᵀ is a triangle of the same form.
 */

/** Numbers in a packed triangle. */
export function triangleOf(width: number): number {
  return (width * (width + 1)) / 2
}

/**
 * The factor L of A = L Lᵀ.
 *
 * @param matrix     holds the triangle of A from `from` on
 * @param leastPivot A minus this multiple of the identity is known to have no negative direction, so no squared pivot lies below it but by
 *   rounding; one that does is set to it
 * @param factor     [width (width + 1) / 2], overwritten
 */
export function factorise(matrix: Float64Array, from: number, width: number, leastPivot: number, factor: Float64Array): void {
  for (let row = 0, rowAt = 0; row < width; rowAt += ++row) {
    for (let column = 0, columnAt = 0; column <= row; columnAt += ++column) {
      let rest = matrix[from + rowAt + column]!
      for (let at = 0; at < column; at++) rest -= factor[rowAt + at]! * factor[columnAt + at]!
      factor[rowAt + column] = column === row ? Math.sqrt(Math.max(rest, leastPivot)) : rest / factor[columnAt + column]!
    }
  }
}

/**
 * The triangle of A⁻¹ = L⁻ᵀ L⁻¹.
 *
 * @param factor  L; overwritten with L⁻¹
 * @param inverse its numbers from `from` on are overwritten
 */
export function invert(factor: Float64Array, width: number, inverse: Float64Array, from: number): void {
  for (let row = 0, rowAt = 0; row < width; rowAt += ++row) {
    const pivot = 1 / factor[rowAt + row]!
    for (let column = 0; column < row; column++) {
      let sum = 0
      for (let at = column, atAt = triangleOf(column); at < row; atAt += ++at) sum += factor[rowAt + at]! * factor[atAt + column]!
      factor[rowAt + column] = -sum * pivot
    }
    factor[rowAt + row] = pivot
  }
  for (let row = 0, rowAt = 0; row < width; rowAt += ++row) {
    for (let column = 0; column <= row; column++) {
      let sum = 0
      for (let at = row, atAt = rowAt; at < width; atAt += ++at) sum += factor[atAt + row]! * factor[atAt + column]!
      inverse[from + rowAt + column] = sum
    }
  }
}

/** Solves L y = v. @param vector [width], v; overwritten with y */
export function solveFactor(factor: Float64Array, width: number, vector: Float64Array): void {
  for (let row = 0, rowAt = 0; row < width; rowAt += ++row) {
    let rest = vector[row]!
    for (let at = 0; at < row; at++) rest -= factor[rowAt + at]! * vector[at]!
    vector[row] = rest / factor[rowAt + row]!
  }
}

/** Solves Lᵀ y = v. @param vector [width], v; overwritten with y */
export function solveTransposed(factor: Float64Array, width: number, vector: Float64Array): void {
  for (let row = width - 1, rowAt = triangleOf(row); row >= 0; rowAt -= row--) {
    const value = vector[row]! / factor[rowAt + row]!
    vector[row] = value
    for (let at = 0; at < row; at++) vector[at]! -= value * factor[rowAt + at]!
  }
}
