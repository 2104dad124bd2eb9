/**
 * Search by inner product: q · v(i) + b(i) of a query q and each row of a table, whose last number is the row's bias b(i).
 *
 * Products are summed up in double precision, the bias and the even places in one sum, the odd places in another, so that neither waits for
 * the other; none is fused, whichever instructions there are. Rows of the table are gone through in blocks that stay in the processor's
 * cache, each block for all queries.
 */

/** Rows of the table worked on together. */
const BLOCK: i32 = 256

/** @param shared how many numbers query and row have in common; the row has one more */
@inline
function product(query: usize, row: usize, shared: i32): f64 {
  const pairs = shared & ~1
  let sums = f64x2.replace_lane(f64x2.splat(0), 0, <f64>load<f32>(row + (<usize>shared << 2)))
  for (let place = 0; place < pairs; place += 2) {
    const offset = <usize>place << 2
    const one = f64x2.promote_low_f32x4(v128.load64_zero(query + offset))
    const other = f64x2.promote_low_f32x4(v128.load64_zero(row + offset))
    sums = f64x2.add(sums, f64x2.mul(one, other))
  }
  let even = f64x2.extract_lane(sums, 0)
  if (pairs < shared) {
    const last = <usize>pairs << 2
    even += <f64>load<f32>(query + last) * <f64>load<f32>(row + last)
  }
  return even + f64x2.extract_lane(sums, 1)
}

/**
 * The row of the highest product for each query, the first of equals.
 *
 * @param queries [many, width], width = shared + 1; the last number of each is not looked at
 * @param table   [rows, width]
 * @param among   numbers of the rows to choose from [count], i32; 0: the rows 0 to count - 1
 * @param highest [many] f64, overwritten
 * @param best    [many] i32, overwritten
 */
export function bestProducts(
  queries: usize,
  many: i32,
  table: usize,
  width: i32,
  among: usize,
  count: i32,
  highest: usize,
  best: usize,
): void {
  const stride = <usize>width << 2
  for (let query = 0; query < many; query++) store<f64>(highest + (<usize>query << 3), -Infinity)
  for (let first = 0; first < count; first += BLOCK) {
    const end = min(first + BLOCK, count)
    for (let query = 0; query < many; query++) {
      const from = queries + <usize>query * stride
      let most = load<f64>(highest + (<usize>query << 3))
      let number = load<i32>(best + (<usize>query << 2))
      for (let at = first; at < end; at++) {
        const row = among ? load<i32>(among + (<usize>at << 2)) : at
        const value = product(from, table + <usize>row * stride, width - 1)
        if (value > most) {
          most = value
          number = row
        }
      }
      store<f64>(highest + (<usize>query << 3), most)
      store<i32>(best + (<usize>query << 2), number)
    }
  }
}

/** The product of one query with each of the first `rows` rows, rounded. out [rows] f32 */
export function allProducts(query: usize, table: usize, width: i32, rows: i32, out: usize): void {
  const stride = <usize>width << 2
  for (let row = 0; row < rows; row++) {
    store<f32>(out + (<usize>row << 2), <f32>product(query, table + <usize>row * stride, width - 1))
  }
}
