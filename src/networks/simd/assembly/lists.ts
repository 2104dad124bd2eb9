/**
 * Lists of the numbers that are not zero, and the one product made from them.
 *
 * A ReLU layer leaves about half of its units at zero and dropout more, so a row of activations is kept as a list of entries
 * { offset: u32, value: f32 }, where offset is 128 times the unit's number. 128 bytes are a panel's row: weights lie in panels of 32 columns,
 * [panel][row][32], so that the rows a list names are 128 bytes apart and a panel of 256 rows fits the first-level cache. A sum over a list
 * reads only the weights that count. Every product of the network is this one sum over another pair of list and panel, and a row's result
 * never depends on the rows beside it.
 */

/** Bytes of a panel's row: 32 columns of f32. */
export const ROW: usize = 128
/** Bytes of a list's entry. */
export const ENTRY: usize = 8

/** A place for the 32 sums of one tile. */
export const TILE: usize = memory.data(128, 16)

// For each set of four lanes, the bytes that move the lanes of the set to the front.
const FRONT: usize = memory.data(256, 16)
for (let lanes = 0; lanes < 16; lanes++) {
  let to = FRONT + <usize>(lanes << 4)
  for (let lane = 0; lane < 4; lane++) {
    if (!(lanes & (1 << lane))) continue
    for (let byte = 0; byte < 4; byte++) store<u8>(to++, <u8>((lane << 2) + byte))
  }
}

/** a · b + c: fused where the relaxed instructions are on, so rounded once; otherwise rounded twice. */
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(c, f32x4.mul(a, b))
}

/** Stores the lanes of `values` named by the bits of `lanes` behind `at`, as entries of the units from `unit` on; returns the new end. */
@inline
export function append(at: usize, values: v128, unit: i32, lanes: i32): usize {
  const front = v128.load(FRONT + (<usize>lanes << 4))
  const offsets = i8x16.swizzle(i32x4.add(i32x4.splat(unit << 7), i32x4(0, 128, 256, 384)), front)
  const moved = i8x16.swizzle(values, front)
  v128.store(at, v128.shuffle<i32>(offsets, moved, 0, 4, 1, 5))
  v128.store(at, v128.shuffle<i32>(offsets, moved, 2, 6, 3, 7), 16)
  return at + <usize>popcnt(lanes) * ENTRY
}

/** The entry of the bias: behind the last row of weights, always with the value 1, so that a bias is a weight like any other. */
@inline
export function appendBias(at: usize, units: i32): usize {
  store<i32>(at, units << 7)
  store<f32>(at, 1, 4)
  return at + ENTRY
}

/** 32 sums: out[column] = Σ value · panel[offset][column] over the entries from `at` to `end`, in the order of the list. */
@inline
export function sum(at: usize, end: usize, panel: usize, out: usize): void {
  let a = f32x4.splat(0)
  let b = a
  let c = a
  let d = a
  let e = a
  let f = a
  let g = a
  let h = a
  while (at < end) {
    const row = panel + load<u32>(at)
    const value = v128.load_splat<f32>(at, 4)
    a = multiplyAdd(value, v128.load(row), a)
    b = multiplyAdd(value, v128.load(row, 16), b)
    c = multiplyAdd(value, v128.load(row, 32), c)
    d = multiplyAdd(value, v128.load(row, 48), d)
    // Never true. A way out here makes V8 finish the first half before it loads the second: eight sums, a value and eight loads are more than
    // the 15 registers it has, and a sum kept in memory costs half the speed.
    if (!at) break
    e = multiplyAdd(value, v128.load(row, 64), e)
    f = multiplyAdd(value, v128.load(row, 80), f)
    g = multiplyAdd(value, v128.load(row, 96), g)
    h = multiplyAdd(value, v128.load(row, 112), h)
    at += ENTRY
  }
  v128.store(out, a)
  v128.store(out, b, 16)
  v128.store(out, c, 32)
  v128.store(out, d, 48)
  v128.store(out, e, 64)
  v128.store(out, f, 80)
  v128.store(out, g, 96)
  v128.store(out, h, 112)
}

/** Makes the list of each row of a plain matrix [rows, width], the bias first. */
export function listRows(input: usize, rows: i32, width: i32, lists: usize, stride: usize, ends: usize): void {
  for (let row = 0; row < rows; row++) {
    let at = appendBias(lists + <usize>row * stride, width)
    for (let unit = 0; unit < width; unit += 4) {
      const values = v128.load(input + <usize>(unit << 2))
      let lanes = i32x4.bitmask(f32x4.ne(values, f32x4.splat(0)))
      if (width - unit < 4) lanes &= (1 << (width - unit)) - 1
      at = append(at, values, unit, lanes)
    }
    store<usize>(ends + <usize>(row << 2), at)
    input += <usize>(width << 2)
  }
}

/** Turns the lists of rows into lists of columns, the bias's column last; offsets are then 128 times the row's number. */
export function turnLists(
  lists: usize,
  stride: usize,
  ends: usize,
  rows: i32,
  width: i32,
  columns: usize,
  columnStride: usize,
  columnEnds: usize,
): void {
  for (let unit = 0; unit <= width; unit++) store<usize>(columnEnds + <usize>(unit << 2), columns + <usize>unit * columnStride)
  for (let row = 0; row < rows; row++) {
    const end = load<usize>(ends + <usize>(row << 2))
    for (let at = lists + <usize>row * stride; at < end; at += ENTRY) {
      const place = columnEnds + (load<u32>(at) >> 5)
      const to = load<usize>(place)
      store<i32>(to, row << 7)
      store<f32>(to, load<f32>(at, 4), 4)
      store<usize>(place, to + ENTRY)
    }
  }
}
