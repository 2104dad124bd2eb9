/**
 * Principal components: the directions in which rows of numbers differ most, for drawing many columns on a plane (Pearson 1901).
 *
 * They are the eigenvectors of the covariance matrix, found by Jacobi's rotations (Golub & Van Loan, section 8.5): slower than others for
 * wide tables, exact and without a random start, so that the same rows give the same plane. A direction's sign means nothing: its
 * largest coefficient is made positive.
 */
import { checkWhole } from './check'

export interface PrincipalComponents {
  /** [width]: the mean of each column, taken away before projecting. */
  readonly mean: Float64Array
  /** [count, width]: directions of length 1, at right angles, the most telling first. */
  readonly directions: Float64Array
  /** [count]: share of the whole variance that lies along each, 0 to 1. */
  readonly shares: Float64Array
  /** [rows, count]: where each row lies along the directions. */
  readonly projection: Float64Array
}

/**
 * @param table  [rows, width], finite, at least two rows
 * @param count  directions wanted, at most `width`
 * @throws RangeError when the sizes do not fit or a number is not finite
 */
export function principalComponents(table: Float64Array, width: number, count = 2): PrincipalComponents {
  checkWhole('width', width, 1, 1000)
  checkWhole('count', count, 1, width)
  const rows = checkWhole('the number of rows', table.length / width, 2, Number.MAX_SAFE_INTEGER)
  const wrong = table.findIndex(value => !Number.isFinite(value))
  if (wrong >= 0) throw new RangeError(`number ${wrong} of the table is ${table[wrong]}; it must be finite`)

  const mean = new Float64Array(width)
  for (let at = 0; at < table.length; at++) mean[at % width]! += table[at]! / rows
  const covariance = new Float64Array(width * width)
  for (let row = 0; row < table.length; row += width) {
    for (let one = 0; one < width; one++) {
      for (let other = 0; other < width; other++) {
        covariance[one * width + other]! += ((table[row + one]! - mean[one]!) * (table[row + other]! - mean[other]!)) / (rows - 1)
      }
    }
  }

  const { values, vectors } = eigen(covariance, width)
  const order = Array.from(values.keys()).sort((one, other) => values[other]! - values[one]! || one - other)
  const total = values.reduce((sum, value) => sum + value, 0)
  const directions = new Float64Array(count * width)
  for (let rank = 0; rank < count; rank++) {
    const column = Array.from({ length: width }, (_, at) => vectors[at * width + order[rank]!]!)
    const largest = column.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-12 ? value : most), 0)
    column.forEach((value, at) => {
      directions[rank * width + at] = largest < 0 ? -value : value
    })
  }
  const projection = new Float64Array(rows * count)
  for (let row = 0; row < rows; row++) {
    for (let rank = 0; rank < count; rank++) {
      let sum = 0
      for (let at = 0; at < width; at++) sum += (table[row * width + at]! - mean[at]!) * directions[rank * width + at]!
      projection[row * count + rank] = sum
    }
  }
  const shares = Float64Array.from({ length: count }, (_, rank) => (total === 0 ? 0 : Math.max(0, values[order[rank]!]!) / total))
  return { mean, directions, shares, projection }
}

/** Eigenvalues and eigenvectors (the columns) of a symmetric matrix; the matrix is overwritten. */
function eigen(matrix: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const vectors = new Float64Array(size * size)
  for (let at = 0; at < size; at++) vectors[at * size + at] = 1
  let scale = 0
  for (const value of matrix) scale += value * value
  // Every sweep squares what is left off the diagonal, more or less; thirty are never needed.
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) off += matrix[p * size + q]! ** 2
    if (off <= 1e-30 * scale) break
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(matrix, vectors, size, p, q)
  }
  return { values: Float64Array.from({ length: size }, (_, at) => matrix[at * size + at]!), vectors }
}

/** Turns the axes p and q until the number where they meet is 0. */
function rotate(matrix: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const meeting = matrix[p * size + q]!
  if (meeting === 0) return
  const half = (matrix[q * size + q]! - matrix[p * size + p]!) / (2 * meeting)
  const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.hypot(1, half))
  const cosine = 1 / Math.hypot(1, tangent)
  const sine = tangent * cosine
  const turn = (list: Float64Array, one: number, other: number) => {
    const [before, beside] = [list[one]!, list[other]!]
    list[one] = cosine * before - sine * beside
    list[other] = sine * before + cosine * beside
  }
  for (let at = 0; at < size; at++) turn(matrix, at * size + p, at * size + q)
  for (let at = 0; at < size; at++) turn(matrix, p * size + at, q * size + at)
  for (let at = 0; at < size; at++) turn(vectors, at * size + p, at * size + q)
}
