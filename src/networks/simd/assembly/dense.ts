/**
 * Products of dense matrices, for perceptrons whose units are mostly on.
 *
 * Matrices lie row by row, each row padded with zeros to a multiple of 8 numbers, and there is room for a multiple of 4 rows, so that every
 * product is made of tiles of 4 rows × 8 columns and nothing is left over at the edges. Strides are in bytes. A number of a product is its
 * start plus the products in the order of the inner dimension, whatever stands beside it, so a row's result never depends on other rows.
 */
import { multiplyAdd } from './lists'

/**
 * One tile: out = start + left · right. The numbers of `left` stand rowStride apart down a column and innerStride apart along a row.
 *
 * 8 sums, 4 numbers of `right`, 1 of `left` and a product take 14 of V8's 15 registers. Other shapes and unrolled loops were slower: V8 loads
 * early, and then keeps sums in memory.
 */
@inline
function tileOf2By16(
  left: usize,
  rowStride: usize,
  innerStride: usize,
  right: usize,
  rightStride: usize,
  start: usize,
  startStride: usize,
  out: usize,
  outStride: usize,
  inner: i32,
): void {
  let a = v128.load(start)
  let b = v128.load(start, 16)
  let c = v128.load(start, 32)
  let d = v128.load(start, 48)
  start += startStride
  let e = v128.load(start)
  let f = v128.load(start, 16)
  let g = v128.load(start, 32)
  let h = v128.load(start, 48)
  let next = left + rowStride
  for (let step = 0; step < inner; step++) {
    const first = v128.load(right)
    const second = v128.load(right, 16)
    const third = v128.load(right, 32)
    const fourth = v128.load(right, 48)
    const value = v128.load_splat<f32>(left)
    a = multiplyAdd(value, first, a)
    b = multiplyAdd(value, second, b)
    c = multiplyAdd(value, third, c)
    d = multiplyAdd(value, fourth, d)
    const below = v128.load_splat<f32>(next)
    e = multiplyAdd(below, first, e)
    f = multiplyAdd(below, second, f)
    g = multiplyAdd(below, third, g)
    h = multiplyAdd(below, fourth, h)
    right += rightStride
    left += innerStride
    next += innerStride
  }
  v128.store(out, a)
  v128.store(out, b, 16)
  v128.store(out, c, 32)
  v128.store(out, d, 48)
  out += outStride
  v128.store(out, e)
  v128.store(out, f, 16)
  v128.store(out, g, 32)
  v128.store(out, h, 48)
}

/** The same for the 8 columns that may be left over, where two rows would wait for their own sums. */
@inline
function tileOf4By8(
  left: usize,
  rowStride: usize,
  innerStride: usize,
  right: usize,
  rightStride: usize,
  start: usize,
  startStride: usize,
  out: usize,
  outStride: usize,
  inner: i32,
): void {
  let a = v128.load(start)
  let b = v128.load(start, 16)
  start += startStride
  let c = v128.load(start)
  let d = v128.load(start, 16)
  start += startStride
  let e = v128.load(start)
  let f = v128.load(start, 16)
  start += startStride
  let g = v128.load(start)
  let h = v128.load(start, 16)
  let second = left + rowStride
  let third = second + rowStride
  let fourth = third + rowStride
  for (let step = 0; step < inner; step++) {
    const front = v128.load(right)
    const back = v128.load(right, 16)
    let value = v128.load_splat<f32>(left)
    a = multiplyAdd(value, front, a)
    b = multiplyAdd(value, back, b)
    value = v128.load_splat<f32>(second)
    c = multiplyAdd(value, front, c)
    d = multiplyAdd(value, back, d)
    value = v128.load_splat<f32>(third)
    e = multiplyAdd(value, front, e)
    f = multiplyAdd(value, back, f)
    value = v128.load_splat<f32>(fourth)
    g = multiplyAdd(value, front, g)
    h = multiplyAdd(value, back, h)
    right += rightStride
    left += innerStride
    second += innerStride
    third += innerStride
    fourth += innerStride
  }
  v128.store(out, a)
  v128.store(out, b, 16)
  out += outStride
  v128.store(out, c)
  v128.store(out, d, 16)
  out += outStride
  v128.store(out, e)
  v128.store(out, f, 16)
  out += outStride
  v128.store(out, g)
  v128.store(out, h, 16)
}

/** A whole product, tile by tile; strides as in a tile. */
@inline
function multiply(
  left: usize,
  rowStride: usize,
  innerStride: usize,
  right: usize,
  rightStride: usize,
  start: usize,
  startStride: usize,
  out: usize,
  outStride: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  const wide = <usize>((columns & -16) << 2)
  for (let row = 0; row < rows; row += 2) {
    for (let at: usize = 0; at < wide; at += 64) {
      tileOf2By16(left, rowStride, innerStride, right + at, rightStride, start + at, startStride, out + at, outStride, inner)
    }
    if (!(row & 2) && columns & 8) {
      tileOf4By8(left, rowStride, innerStride, right + wide, rightStride, start + wide, startStride, out + wide, outStride, inner)
    }
    left += rowStride << 1
    start += startStride << 1
    out += outStride << 1
  }
}

/**
 * out [rows, columns] = start [rows, columns] + left [rows, inner] · right [inner, columns].
 *
 * @param startStride 0 where every row starts with the same numbers, as with biases
 * @param rows        rounded up to a multiple of 4, columns to one of 8
 */
export function matrixProduct(
  left: usize,
  leftStride: usize,
  right: usize,
  rightStride: usize,
  start: usize,
  startStride: usize,
  out: usize,
  outStride: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  multiply(left, leftStride, 4, right, rightStride, start, startStride, out, outStride, rows, inner, columns)
}

/** out [rows, columns] += the turned left · right, where left is [inner, rows] and right [inner, columns]. Rounded up as above. */
export function addTurnedProduct(
  left: usize,
  leftStride: usize,
  right: usize,
  rightStride: usize,
  out: usize,
  outStride: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  multiply(left, 4, leftStride, right, rightStride, out, outStride, out, outStride, rows, inner, columns)
}

/** Writes a matrix [rows, columns] turned round, [columns, rows]; rows and columns are multiples of 4. */
export function turnMatrix(matrix: usize, stride: usize, rows: i32, columns: i32, turned: usize, turnedStride: usize): void {
  for (let row = 0; row < rows; row += 4) {
    let to = turned + <usize>(row << 2)
    for (let column = 0; column < columns; column += 4) {
      let from = matrix + <usize>(column << 2)
      const a = v128.load(from)
      const b = v128.load((from += stride))
      const c = v128.load((from += stride))
      const d = v128.load((from += stride))
      const low = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
      const high = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
      const nextLow = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
      const nextHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7)
      v128.store(to, v128.shuffle<i64>(low, nextLow, 0, 2))
      v128.store((to += turnedStride), v128.shuffle<i64>(low, nextLow, 1, 3))
      v128.store((to += turnedStride), v128.shuffle<i64>(high, nextHigh, 0, 2))
      v128.store((to += turnedStride), v128.shuffle<i64>(high, nextHigh, 1, 3))
      to += turnedStride
    }
    matrix += stride << 2
  }
}

/** Pads packed rows [rows, width] with zeros to rows of `stride` bytes, and adds rows of zeros up to a multiple of 4. */
export function padRows(packed: usize, rows: i32, width: i32, padded: usize, stride: usize): void {
  const bytes = <usize>(width << 2)
  const end = padded + <usize>((rows + 3) & -4) * stride
  for (let row = 0; row < rows; row++) {
    let at: usize = 0
    for (; at + 16 <= bytes; at += 16) v128.store(padded + at, v128.load(packed + at))
    for (; at < bytes; at += 4) store<f32>(padded + at, load<f32>(packed + at))
    for (; at < stride; at += 4) store<f32>(padded + at, 0)
    packed += bytes
    padded += stride
  }
  memory.fill(padded, 0, end - padded)
}

/** The way back: packs padded rows into [rows, width]. May write up to 12 bytes behind the last. */
export function packRows(padded: usize, stride: usize, rows: i32, width: i32, packed: usize): void {
  const bytes = <usize>(width << 2)
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(packed + at, v128.load(padded + at))
    packed += bytes
    padded += stride
  }
}

/** sums[column] += the column's numbers, row after row; columns are a multiple of 8. */
export function addColumnSums(matrix: usize, stride: usize, rows: i32, columns: i32, sums: usize): void {
  for (let column = 0; column < columns; column += 8) {
    let front = v128.load(sums)
    let back = v128.load(sums, 16)
    let at = matrix + <usize>(column << 2)
    for (let row = 0; row < rows; row++) {
      front = f32x4.add(front, v128.load(at))
      back = f32x4.add(back, v128.load(at, 16))
      at += stride
    }
    v128.store(sums, front)
    v128.store(sums, back, 16)
    sums += 32
  }
}

/** The sum of the squares of `count` numbers, rounded up to a multiple of 4, in double precision; not finite when a number is not. */
export function sumOfSquares(at: usize, count: i32): f64 {
  let low = f64x2.splat(0)
  let high = low
  const end = at + <usize>(count << 2)
  for (; at < end; at += 16) {
    const values = v128.load(at)
    const front = f64x2.promote_low_f32x4(values)
    const back = f64x2.promote_low_f32x4(v128.shuffle<i32>(values, values, 2, 3, 2, 3))
    low = f64x2.add(low, f64x2.mul(front, front))
    high = f64x2.add(high, f64x2.mul(back, back))
  }
  const both = f64x2.add(low, high)
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1)
}
