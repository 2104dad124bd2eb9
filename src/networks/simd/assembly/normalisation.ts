/**
 * Batch normalisation between the sums of a hidden layer and its ReLU. Everything stands in panels of 32 units: numbers of rows
 * [panel][rows][32], numbers of units [panel][32].
 */
import { activateTile, beginLists, existing, panelsOf } from './layers'
import { append, multiplyAdd, ROW, sum, TILE } from './lists'

/** Weights and biases that give, without more ado, what the running statistics make of a layer; biases lie behind the last row of weights. */
export function foldStatistics(
  weights: usize,
  inputs: i32,
  units: i32,
  shifts: usize,
  scales: usize,
  means: usize,
  variances: usize,
  epsilon: f32,
  folded: usize,
): void {
  const panels = panelsOf(units)
  const epsilons = f32x4.splat(epsilon)
  for (let panel = 0; panel < panels; panel++) {
    for (let lane: usize = 0; lane < ROW; lane += 16) {
      const at = <usize>panel * ROW + lane
      const factor = f32x4.div(v128.load(scales + at), f32x4.sqrt(f32x4.add(v128.load(variances + at), epsilons)))
      let place = <usize>(panel * (inputs + 1)) * ROW + lane
      for (let input = 0; input < inputs; input++) {
        v128.store(folded + place, f32x4.mul(v128.load(weights + place), factor))
        place += ROW
      }
      v128.store(folded + place, f32x4.sub(v128.load(shifts + at), f32x4.mul(v128.load(means + at), factor)))
    }
  }
}

/** The sums of all rows, [panel][rows][32]. The biases of a normalised layer are zero. */
export function layerSums(lists: usize, stride: usize, ends: usize, rows: i32, weights: usize, inputs: i32, units: i32, sums: usize): void {
  const panels = panelsOf(units)
  for (let panel = 0; panel < panels; panel++) {
    for (let row = 0; row < rows; row++) {
      sum(lists + <usize>row * stride, load<usize>(ends + <usize>(row << 2)), weights, sums)
      sums += ROW
    }
    weights += <usize>(inputs + 1) * ROW
  }
}

/** The upper two lanes, as the lower ones. */
@inline
function upper(values: v128): v128 {
  return v128.shuffle<i32>(values, values, 2, 3, 2, 3)
}

/** Two halves in double precision, divided by `rows`, as four lanes. */
@inline
function meanOf(low: v128, high: v128, rows: i32): v128 {
  const count = f64x2.splat(<f64>rows)
  const front = f32x4.demote_f64x2_zero(f64x2.div(low, count))
  const back = f32x4.demote_f64x2_zero(f64x2.div(high, count))
  return v128.shuffle<i32>(front, back, 0, 1, 4, 5)
}

/**
 * Takes from every sum the mean over the rows and divides it by the deviation; mean and variance are kept.
 *
 * @param sums       [panel][rows][32], overwritten
 * @param deviations 1 / √(variance + epsilon), for the way back
 */
export function normalise(sums: usize, rows: i32, units: i32, epsilon: f32, means: usize, variances: usize, deviations: usize): void {
  const panels = panelsOf(units)
  const height = <usize>rows * ROW
  for (let panel = 0; panel < panels; panel++) {
    for (let lane: usize = 0; lane < ROW; lane += 16) {
      const first = sums + lane
      const end = first + height
      let low = f64x2.splat(0)
      let high = low
      for (let at = first; at < end; at += ROW) {
        const values = v128.load(at)
        low = f64x2.add(low, f64x2.promote_low_f32x4(values))
        high = f64x2.add(high, f64x2.promote_low_f32x4(upper(values)))
      }
      const mean = meanOf(low, high, rows)
      low = f64x2.splat(0)
      high = low
      for (let at = first; at < end; at += ROW) {
        const values = f32x4.sub(v128.load(at), mean)
        const squares = f32x4.mul(values, values)
        low = f64x2.add(low, f64x2.promote_low_f32x4(squares))
        high = f64x2.add(high, f64x2.promote_low_f32x4(upper(squares)))
        v128.store(at, values)
      }
      const variance = meanOf(low, high, rows)
      const deviation = f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon))))
      for (let at = first; at < end; at += ROW) v128.store(at, f32x4.mul(v128.load(at), deviation))
      v128.store(means + lane, mean)
      v128.store(variances + lane, variance)
      v128.store(deviations + lane, deviation)
    }
    sums += height
    means += ROW
    variances += ROW
    deviations += ROW
  }
}

/**
 * Scale, shift, ReLU and dropout behind `normalise`: lists and bits as hiddenLayer gives them, whose parameters these are.
 *
 * @param normalised [panel][rows][32]
 */
export function activate(
  normalised: usize,
  rows: i32,
  units: i32,
  shifts: usize,
  scales: usize,
  kept: usize,
  scale: f32,
  nextLists: usize,
  nextStride: usize,
  nextEnds: usize,
  active: usize,
): void {
  const panels = panelsOf(units)
  const dropoutScales = f32x4.splat(scale)
  beginLists(rows, units, nextLists, nextStride, nextEnds)
  for (let panel = 0; panel < panels; panel++) {
    const exist = existing(units, panel)
    for (let row = 0; row < rows; row++) {
      for (let lane: usize = 0; lane < ROW; lane += 16) {
        v128.store(TILE + lane, multiplyAdd(v128.load(normalised + lane), v128.load(scales + lane), v128.load(shifts + lane)))
      }
      const word = <usize>((row * panels + panel) << 2)
      const mask = kept ? load<i32>(kept + word) & exist : exist
      activateTile(panel, mask, dropoutScales, nextEnds + <usize>(row << 2), active + word)
      normalised += ROW
    }
    shifts += ROW
    scales += ROW
  }
}

/**
 * The way back: from the gradient of what `activate` was given its scale and shift on, to that of the sums. With x the normalised numbers and
 * d their gradient over n rows, shift: Σ d, scale: Σ d x, sums: scale · deviation · (d - Σ d / n - x Σ d x / n).
 *
 * @param delta        [panel][rows][32], overwritten
 * @param deltaLists   the same by row, all units; 0 when nobody needs it
 * @returns the sum of squares of the gradients of shifts and scales
 */
export function normalisationGradient(
  delta: usize,
  normalised: usize,
  rows: i32,
  units: i32,
  scales: usize,
  deviations: usize,
  shiftGradient: usize,
  scaleGradient: usize,
  deltaLists: usize,
  deltaStride: usize,
  deltaEnds: usize,
): f64 {
  const panels = panelsOf(units)
  const height = <usize>rows * ROW
  const share = f32x4.splat(<f32>1 / <f32>rows)
  let low = f64x2.splat(0)
  let high = low
  if (deltaLists) for (let row = 0; row < rows; row++) store<usize>(deltaEnds + <usize>(row << 2), deltaLists + <usize>row * deltaStride)
  for (let panel = 0; panel < panels; panel++) {
    for (let lane: usize = 0; lane < ROW; lane += 16) {
      let shift = f32x4.splat(0)
      let scale = shift
      for (let at = lane; at < height; at += ROW) {
        const slope = v128.load(delta + at)
        shift = f32x4.add(shift, slope)
        scale = multiplyAdd(slope, v128.load(normalised + at), scale)
      }
      v128.store(shiftGradient + lane, shift)
      v128.store(scaleGradient + lane, scale)
      const squares = f32x4.add(f32x4.mul(shift, shift), f32x4.mul(scale, scale))
      low = f64x2.add(low, f64x2.promote_low_f32x4(squares))
      high = f64x2.add(high, f64x2.promote_low_f32x4(upper(squares)))
      const factor = f32x4.mul(v128.load(scales + lane), v128.load(deviations + lane))
      const shiftShare = f32x4.mul(shift, share)
      const scaleShare = f32x4.mul(scale, share)
      for (let at = lane; at < height; at += ROW) {
        const rest = f32x4.sub(f32x4.sub(v128.load(delta + at), shiftShare), f32x4.mul(v128.load(normalised + at), scaleShare))
        v128.store(delta + at, f32x4.mul(rest, factor))
      }
    }
    if (deltaLists) listPanel(delta, rows, panel, units, deltaEnds)
    delta += height
    normalised += height
    scales += ROW
    deviations += ROW
    shiftGradient += ROW
    scaleGradient += ROW
  }
  const both = f64x2.add(low, high)
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1)
}

/** Appends a panel's numbers to the list of each row, zeros too: few are. */
@inline
function listPanel(delta: usize, rows: i32, panel: i32, units: i32, ends: usize): void {
  const exist = existing(units, panel)
  for (let row = 0; row < rows; row++) {
    const place = ends + <usize>(row << 2)
    let at = load<usize>(place)
    for (let lane = 0; lane < 32; lane += 4) {
      at = append(at, v128.load(delta + <usize>(lane << 2)), (panel << 5) + lane, (exist >> lane) & 15)
    }
    store<usize>(place, at)
    delta += ROW
  }
}
