/** Dense layers forward and backward over lists (see lists.ts). Weights [panel][inputs + 1][32], the last row of each panel is the bias. */
import { append, appendBias, ENTRY, multiplyAdd, ROW, sum, TILE } from './lists'

/** How many panels of 32 columns `width` columns take. */
@inline
export function panelsOf(width: i32): i32 {
  return (width + 31) >> 5
}

/** A bit for each unit of a panel. Columns behind the last unit have zero weights, but zero times infinity is not zero. */
@inline
export function existing(units: i32, panel: i32): i32 {
  const left = units - (panel << 5)
  return left < 32 ? (1 << left) - 1 : -1
}

/** Begins the list of each row of a layer's activations, with the bias of the layer behind it. */
@inline
export function beginLists(rows: i32, units: i32, lists: usize, stride: usize, ends: usize): void {
  for (let row = 0; row < rows; row++) store<usize>(ends + <usize>(row << 2), appendBias(lists + <usize>row * stride, units))
}

/**
 * ReLU and dropout of the sums in TILE: appends what is left to the list that ends at the address in `end`, and stores its bits in `active`.
 *
 * @param mask bits of the units that exist and are kept
 * @param scales dropout's
 */
@inline
export function activateTile(panel: i32, mask: i32, scales: v128, end: usize, active: usize): void {
  const zero = f32x4.splat(0)
  let bits = 0
  let at = load<usize>(end)
  for (let lane = 0; lane < 32; lane += 4) {
    const values = f32x4.mul(f32x4.pmax(v128.load(TILE + <usize>(lane << 2)), zero), scales)
    const lanes = i32x4.bitmask(f32x4.ne(values, zero)) & (mask >> lane)
    at = append(at, values, (panel << 5) + lane, lanes)
    bits |= lanes << lane
  }
  store<usize>(end, at)
  store<i32>(active, bits)
}

/**
 * A ReLU layer: the list of each row's activations, and of each row and panel the 32 bits that say which units are not zero.
 *
 * @param kept [rows, panels] bits of the units that dropout kept, or 0 for no dropout
 * @param scale 1 / (1 - rate) of dropout, otherwise 1
 */
export function hiddenLayer(
  lists: usize,
  stride: usize,
  ends: usize,
  rows: i32,
  weights: usize,
  inputs: i32,
  units: i32,
  kept: usize,
  scale: f32,
  nextLists: usize,
  nextStride: usize,
  nextEnds: usize,
  active: usize,
): void {
  const panels = panelsOf(units)
  const scales = f32x4.splat(scale)
  beginLists(rows, units, nextLists, nextStride, nextEnds)
  for (let panel = 0; panel < panels; panel++) {
    const exist = existing(units, panel)
    for (let row = 0; row < rows; row++) {
      const place = <usize>(row << 2)
      sum(lists + <usize>row * stride, load<usize>(ends + place), weights, TILE)
      const word = <usize>((row * panels + panel) << 2)
      const mask = kept ? load<i32>(kept + word) & exist : exist
      activateTile(panel, mask, scales, nextEnds + place, active + word)
    }
    weights += <usize>(inputs + 1) * ROW
  }
}

/** All outputs of the last layer, out [rows, outputs] with room for whole panels. */
export function outputLayer(lists: usize, stride: usize, ends: usize, rows: i32, weights: usize, inputs: i32, outputs: i32, out: usize): void {
  const panels = panelsOf(outputs)
  for (let panel = 0; panel < panels; panel++) {
    for (let row = 0; row < rows; row++) {
      sum(lists + <usize>row * stride, load<usize>(ends + <usize>(row << 2)), weights, out + <usize>(row * panels + panel) * ROW)
    }
    weights += <usize>(inputs + 1) * ROW
  }
  for (let row = 1; row < rows; row++) memory.copy(out + <usize>((row * outputs) << 2), out + <usize>(row * panels) * ROW, <usize>(outputs << 2))
}

/**
 * The number of each row's largest output, the first of equals; the outputs themselves are not kept.
 *
 * @param leaders [rows, 8] scratch: of each lane the largest value so far and its number
 */
export function bestOutput(
  lists: usize,
  stride: usize,
  ends: usize,
  rows: i32,
  weights: usize,
  inputs: i32,
  outputs: i32,
  leaders: usize,
  out: usize,
): void {
  const panels = panelsOf(outputs)
  for (let row = 0; row < rows; row++) {
    v128.store(leaders + <usize>(row << 5), f32x4.splat(-Infinity))
    v128.store(leaders + <usize>(row << 5), i32x4.splat(0), 16)
  }
  const limit = i32x4.splat(outputs)
  for (let panel = 0; panel < panels; panel++) {
    for (let row = 0; row < rows; row++) {
      sum(lists + <usize>row * stride, load<usize>(ends + <usize>(row << 2)), weights, TILE)
      const leader = leaders + <usize>(row << 5)
      let largest = v128.load(leader)
      let number = v128.load(leader, 16)
      let lanes = i32x4.add(i32x4.splat(panel << 5), i32x4(0, 1, 2, 3))
      for (let at = TILE; at < TILE + ROW; at += 16) {
        const values = v128.load(at)
        const better = v128.and(f32x4.gt(values, largest), i32x4.lt_s(lanes, limit))
        largest = v128.bitselect(values, largest, better)
        number = v128.bitselect(lanes, number, better)
        lanes = i32x4.add(lanes, i32x4.splat(4))
      }
      v128.store(leader, largest)
      v128.store(leader, number, 16)
    }
    weights += <usize>(inputs + 1) * ROW
  }
  for (let row = 0; row < rows; row++) {
    const leader = leaders + <usize>(row << 5)
    let largest = load<f32>(leader)
    let number = load<i32>(leader, 16)
    for (let lane: usize = 4; lane < 16; lane += 4) {
      const value = load<f32>(leader + lane)
      const candidate = load<i32>(leader + lane, 16)
      if (value > largest || (value === largest && candidate < number)) {
        largest = value
        number = candidate
      }
    }
    store<i32>(out + <usize>(row << 2), number)
  }
}

/** Where column `output` of the first row of weights lies. */
@inline
function columnOf(weights: usize, inputs: i32, output: i32): usize {
  return weights + <usize>((output >> 5) * (inputs + 1)) * ROW + <usize>((output & 31) << 2)
}

/** One output a row, the same to the last bit as outputLayer's. */
export function chosenOutput(lists: usize, stride: usize, ends: usize, rows: i32, weights: usize, inputs: i32, chosen: usize, out: usize): void {
  for (let row = 0; row < rows; row++) {
    const place = <usize>(row << 2)
    const column = columnOf(weights, inputs, load<i32>(chosen + place))
    const end = load<usize>(ends + place)
    let total = f32x4.splat(0)
    for (let at = lists + <usize>row * stride; at < end; at += ENTRY) {
      total = multiplyAdd(v128.load_splat<f32>(at, 4), v128.load_splat<f32>(column + load<u32>(at)), total)
    }
    store<f32>(out + place, f32x4.extract_lane(total, 0))
  }
}

/**
 * Backward through the chosen outputs: adds to their columns of the weights' gradient and, where there is a hidden layer, gives the gradient
 * of its sums as panels [panel][rows][32] and as lists.
 *
 * @param slopes [rows] gradient of the loss by the chosen output
 * @param delta 0 when the inputs of this layer are the network's
 */
export function chosenGradient(
  lists: usize,
  stride: usize,
  ends: usize,
  rows: i32,
  weights: usize,
  inputs: i32,
  chosen: usize,
  slopes: usize,
  gradient: usize,
  delta: usize,
  deltaLists: usize,
  deltaStride: usize,
  deltaEnds: usize,
): void {
  if (delta) memory.fill(delta, 0, <usize>(panelsOf(inputs) * rows) * ROW)
  for (let row = 0; row < rows; row++) {
    const place = <usize>(row << 2)
    const output = load<i32>(chosen + place)
    const column = columnOf(weights, inputs, output)
    const gradientColumn = columnOf(gradient, inputs, output)
    const slope = load<f32>(slopes + place)
    const end = load<usize>(ends + place)
    let to = deltaLists + <usize>row * deltaStride
    for (let at = lists + <usize>row * stride; at < end; at += ENTRY) {
      const offset = load<u32>(at)
      const sumSoFar = gradientColumn + offset
      store<f32>(sumSoFar, load<f32>(sumSoFar) + slope * load<f32>(at, 4))
      const unit = <i32>(offset >> 7)
      if (delta && unit < inputs) {
        const value = slope * load<f32>(column + offset)
        store<f32>(delta + <usize>((unit >> 5) * rows + row) * ROW + <usize>((unit & 31) << 2), value)
        store<u32>(to, offset)
        store<f32>(to, value, 4)
        to += ENTRY
      }
    }
    if (delta) store<usize>(deltaEnds + place, to)
  }
}

/** The sum of squares over the columns named. */
export function columnSquares(gradient: usize, inputs: i32, columns: usize, count: i32): f64 {
  let squares: f64 = 0
  for (let at = columns; at < columns + <usize>(count << 2); at += 4) {
    let place = columnOf(gradient, inputs, load<i32>(at))
    for (let unit = 0; unit <= inputs; unit++) {
      const value = <f64>load<f32>(place)
      squares += value * value
      place += ROW
    }
  }
  return squares
}

/** Sets the columns named to zero. */
export function clearColumns(gradient: usize, inputs: i32, columns: usize, count: i32): void {
  for (let at = columns; at < columns + <usize>(count << 2); at += 4) {
    let place = columnOf(gradient, inputs, load<i32>(at))
    for (let unit = 0; unit <= inputs; unit++) {
      store<f32>(place, 0)
      place += ROW
    }
  }
}

/**
 * The gradient of a hidden layer's weights and biases: Σ over rows of input · delta. Returns the sum of its squares.
 *
 * @param columns lists of the layer's inputs by column (turnLists)
 * @param delta [panel][rows][32] gradient of the layer's sums
 * @param add 1 to add to what the gradient already holds
 */
export function weightGradient(
  columns: usize,
  columnStride: usize,
  columnEnds: usize,
  inputs: i32,
  delta: usize,
  rows: i32,
  units: i32,
  gradient: usize,
  add: i32,
): f64 {
  const panels = panelsOf(units)
  let low = f64x2.splat(0)
  let high = low
  for (let unit = 0; unit <= inputs; unit++) {
    const list = columns + <usize>unit * columnStride
    const end = load<usize>(columnEnds + <usize>(unit << 2))
    let to = gradient + <usize>unit * ROW
    let from = delta
    for (let panel = 0; panel < panels; panel++) {
      if (add) {
        sum(list, end, from, TILE)
        for (let at: usize = 0; at < ROW; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(TILE + at)))
      } else {
        sum(list, end, from, to)
      }
      let squares = f32x4.splat(0)
      for (let at: usize = 0; at < ROW; at += 16) squares = f32x4.add(squares, f32x4.mul(v128.load(to + at), v128.load(to + at)))
      low = f64x2.add(low, f64x2.promote_low_f32x4(squares))
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(squares, squares, 2, 3, 2, 3)))
      to += <usize>(inputs + 1) * ROW
      from += <usize>rows * ROW
    }
  }
  const both = f64x2.add(low, high)
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1)
}

/** Weights turned round for the way back: [panel of inputs][units, whole panels][32]; the biases stay behind. */
export function turnWeights(weights: usize, inputs: i32, units: i32, turned: usize): void {
  const panels = panelsOf(units)
  for (let panel = 0; panel < panels; panel++) {
    for (let unit = 0; unit < inputs; unit += 4) {
      let from = weights + <usize>(panel * (inputs + 1) + unit) * ROW
      let to = turned + <usize>((unit >> 5) * panels * 32 + panel * 32) * ROW + <usize>((unit & 31) << 2)
      for (let column = 0; column < 32; column += 4) {
        const a = v128.load(from)
        const b = v128.load(from, 128)
        const c = v128.load(from, 256)
        const d = v128.load(from, 384)
        const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
        const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
        const ef = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
        const gh = v128.shuffle<i32>(c, d, 2, 6, 3, 7)
        v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2))
        v128.store(to, v128.shuffle<i64>(ab, cd, 1, 3), 128)
        v128.store(to, v128.shuffle<i64>(ef, gh, 0, 2), 256)
        v128.store(to, v128.shuffle<i64>(ef, gh, 1, 3), 384)
        from += 16
        to += 4 * ROW
      }
    }
  }
}

/**
 * The gradient of the sums of the hidden layer before: delta · weightsᵀ where that layer was active, as panels and as lists.
 *
 * @param lists the gradient of this layer's sums, by row
 * @param turned this layer's weights (turnWeights)
 * @param active bits of the layer before (hiddenLayer)
 * @param scale dropout's scale of the layer before
 */
export function inputGradient(
  lists: usize,
  stride: usize,
  ends: usize,
  rows: i32,
  turned: usize,
  inputs: i32,
  units: i32,
  active: usize,
  scale: f32,
  delta: usize,
  deltaLists: usize,
  deltaStride: usize,
  deltaEnds: usize,
): void {
  const panels = panelsOf(inputs)
  const scales = f32x4.splat(scale)
  for (let row = 0; row < rows; row++) store<usize>(deltaEnds + <usize>(row << 2), deltaLists + <usize>row * deltaStride)
  for (let panel = 0; panel < panels; panel++) {
    for (let row = 0; row < rows; row++) {
      const place = <usize>(row << 2)
      sum(lists + <usize>row * stride, load<usize>(ends + place), turned, TILE)
      const bits = load<i32>(active + <usize>((row * panels + panel) << 2))
      let at = load<usize>(deltaEnds + place)
      for (let lane = 0; lane < 32; lane += 4) {
        const lanes = (bits >> lane) & 15
        const ones = i32x4(1, 2, 4, 8)
        const values = v128.and(
          f32x4.mul(v128.load(TILE + <usize>(lane << 2)), scales),
          i32x4.eq(v128.and(i32x4.splat(lanes), ones), ones),
        )
        v128.store(delta + <usize>(lane << 2), values)
        at = append(at, values, (panel << 5) + lane, lanes)
      }
      store<usize>(deltaEnds + place, at)
      delta += ROW
    }
    turned += <usize>(panelsOf(units) << 5) * ROW
  }
}
