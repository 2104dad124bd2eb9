/** What learning does to flat memory in one pass: dropout's draws, Adam with clipping, and following another network. */
import { multiplyAdd } from './lists'

/**
 * Draws dropout's bits from Baagøe's alea, the generator of our streams: s = 2091639 · s0 + c · 2^-32, whose states are multiples of 2^-32,
 * so that whole numbers of 64 bits give the same draws to the last bit, several times faster.
 *
 * @param state [4] f64: s0, s1, s2, c of the generator, moved on
 * @param kept [rows, panels of 32] a bit for each unit, 1 where draw ≥ rate
 */
export function drawKept(state: usize, kept: usize, rows: i32, units: i32, rate: f64): void {
  const whole: f64 = 4294967296
  let first = <u64>(load<f64>(state) * whole)
  let second = <u64>(load<f64>(state, 8) * whole)
  let third = <u64>(load<f64>(state, 16) * whole)
  let carry = <u64>load<f64>(state, 24)
  const threshold = <u64>Math.ceil(rate * whole)
  for (let row = 0; row < rows; row++) {
    for (let begin = 0; begin < units; begin += 32) {
      const count = min(32, units - begin)
      let bits: u32 = 0
      for (let unit = 0; unit < count; unit++) {
        const product = 2091639 * first + carry
        first = second
        second = third
        third = product & 0xffffffff
        carry = product >> 32
        bits |= (<u32>(third >= threshold)) << unit
      }
      store<u32>(kept, bits)
      kept += 4
    }
  }
  store<f64>(state, <f64>first / whole)
  store<f64>(state, <f64>second / whole, 8)
  store<f64>(state, <f64>third / whole, 16)
  store<f64>(state, <f64>carry, 24)
}

/**
 * One step of Adam (Kingma & Ba 2015, arXiv 1412.6980, algorithm 1) over `count` numbers, a multiple of 4.
 *
 * @param scale the gradient is multiplied by it first (clipping by norm), then held within ±limit (clipping by value)
 * @param rate the learning rate / (1 - firstDecay^updates)
 * @param firstRest 1 - the decay of the first moments, secondRest likewise
 * @param correction 1 / √(1 - secondDecay^updates)
 */
export function adam(
  parameters: usize,
  gradient: usize,
  firstMoments: usize,
  secondMoments: usize,
  count: i32,
  scale: f32,
  limit: f32,
  rate: f32,
  correction: f32,
  firstRest: f32,
  secondRest: f32,
  epsilon: f32,
): void {
  const scales = f32x4.splat(scale)
  const most = f32x4.splat(limit)
  const least = f32x4.splat(-limit)
  const rates = f32x4.splat(rate)
  const corrections = f32x4.splat(correction)
  const first = f32x4.splat(firstRest)
  const second = f32x4.splat(secondRest)
  const epsilons = f32x4.splat(epsilon)
  // Moments of outputs that are no longer chosen fade into numbers too small for the processor's fast path, so they end at zero.
  const smallest = f32x4.splat(1e-30)
  const end = parameters + <usize>(count << 2)
  while (parameters < end) {
    const slope = f32x4.pmin(f32x4.pmax(f32x4.mul(v128.load(gradient), scales), least), most)
    let mean = v128.load(firstMoments)
    let square = v128.load(secondMoments)
    mean = multiplyAdd(f32x4.sub(slope, mean), first, mean)
    square = multiplyAdd(f32x4.sub(f32x4.mul(slope, slope), square), second, square)
    mean = v128.and(mean, f32x4.ge(f32x4.abs(mean), smallest))
    square = v128.and(square, f32x4.ge(square, smallest))
    v128.store(firstMoments, mean)
    v128.store(secondMoments, square)
    const step = f32x4.div(f32x4.mul(mean, rates), multiplyAdd(f32x4.sqrt(square), corrections, epsilons))
    v128.store(parameters, f32x4.sub(v128.load(parameters), step))
    parameters += 16
    gradient += 16
    firstMoments += 16
    secondMoments += 16
  }
}

/** own ← tau · source + (1 - tau) · own over `count` numbers, a multiple of 4. */
export function follow(own: usize, source: usize, count: i32, tau: f32): void {
  if (tau === 1) {
    memory.copy(own, source, <usize>(count << 2))
    return
  }
  const share = f32x4.splat(tau)
  const rest = f32x4.splat(1 - tau)
  const end = own + <usize>(count << 2)
  while (own < end) {
    v128.store(own, f32x4.add(f32x4.mul(v128.load(source), share), f32x4.mul(v128.load(own), rest)))
    own += 16
    source += 16
  }
}
