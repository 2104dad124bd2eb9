/** Activations and their slopes, number by number over padded matrices. */
import { multiplyAdd } from './lists'

// Constants of the tangent. V8 would build each anew wherever it is used, in four instructions; from memory it takes one.
const CONSTANTS: usize = memory.data<f32>([0.5, -4.55, 4.55, 135135, 17325, 378, 62370, 3150, 28, -1, 1])

/** The constant at place `at`, four times. */
@inline
function constant(at: usize): v128 {
  return v128.load_splat<f32>(CONSTANTS + (at << 2))
}

/**
 * The hyperbolic tangent of four numbers, within 6e-7 of its value.
 *
 * Lambert's continued fraction tanh u = u / (1 + u² / (3 + u² / (5 + …))), cut off behind 13, is p / q with
 *
 *   p = u (135135 + 17325 u² + 378 u⁴ + u⁶)    q = 135135 + 62370 u² + 3150 u⁴ + 28 u⁶
 *
 * and tanh 2u = 2 tanh u / (1 + tanh² u) = 2 p q / (p² + q²), so u = x / 2 leaves one division. Beyond |x| = 9.1 the tangent of a float is 1.
 */
@inline
function hyperbolicTangent(x: v128): v128 {
  const u = f32x4.pmin(f32x4.pmax(f32x4.mul(x, constant(0)), constant(1)), constant(2))
  const square = f32x4.mul(u, u)
  const fourth = f32x4.mul(square, square)
  const p = f32x4.mul(multiplyAdd(f32x4.add(square, constant(5)), fourth, multiplyAdd(square, constant(4), constant(3))), u)
  const q = multiplyAdd(multiplyAdd(square, constant(8), constant(7)), fourth, multiplyAdd(square, constant(6), constant(3)))
  const product = f32x4.mul(p, q)
  const tangent = f32x4.div(f32x4.add(product, product), multiplyAdd(q, q, f32x4.mul(p, p)))
  return f32x4.pmin(f32x4.pmax(tangent, constant(9)), constant(10))
}

/**
 * Applies an activation in place to `count` numbers, a multiple of 8.
 *
 * @param tanh  1 for tanh, 0 for ReLU
 * @param masks of dropout, as many numbers, by which the results are multiplied; 0 for none
 */
export function applyActivation(at: usize, count: i32, tanh: i32, masks: usize): void {
  const end = at + <usize>(count << 2)
  if (tanh) {
    // Two at a time, as each is a long chain of operations that wait for one another.
    for (let to = at; to < end; to += 32) {
      const a = hyperbolicTangent(v128.load(to))
      const b = hyperbolicTangent(v128.load(to, 16))
      v128.store(to, a)
      v128.store(to, b, 16)
    }
  } else {
    const zero = f32x4.splat(0)
    for (let to = at; to < end; to += 16) v128.store(to, f32x4.pmax(v128.load(to), zero))
  }
  if (!masks) return
  for (; at < end; at += 16) {
    v128.store(at, f32x4.mul(v128.load(at), v128.load(masks)))
    masks += 16
  }
}

/**
 * The way back through `applyActivation`, in place: slopes by its results become slopes by what it was given. With value v and mask m:
 * tanh m (1 - (v / m)²), ReLU m where v > 0; 0 where m is 0.
 *
 * @param values what applyActivation left
 */
export function activationSlopes(slopes: usize, values: usize, count: i32, tanh: i32, masks: usize): void {
  const end = slopes + <usize>(count << 2)
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  if (!tanh) {
    for (let at = slopes; at < end; at += 16) {
      v128.store(at, v128.and(v128.load(at), f32x4.gt(v128.load(values), zero)))
      values += 16
    }
    if (!masks) return
    for (; slopes < end; slopes += 16) {
      v128.store(slopes, f32x4.mul(v128.load(slopes), v128.load(masks)))
      masks += 16
    }
    return
  }
  if (!masks) {
    for (; slopes < end; slopes += 16) {
      const value = v128.load(values)
      v128.store(slopes, f32x4.mul(v128.load(slopes), f32x4.sub(one, f32x4.mul(value, value))))
      values += 16
    }
    return
  }
  for (; slopes < end; slopes += 16) {
    const mask = v128.load(masks)
    const value = v128.and(f32x4.div(v128.load(values), mask), f32x4.ne(mask, zero))
    v128.store(slopes, f32x4.mul(v128.load(slopes), f32x4.mul(mask, f32x4.sub(one, f32x4.mul(value, value)))))
    values += 16
    masks += 16
  }
}
