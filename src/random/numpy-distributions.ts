/**
 * The distributions of NumPy's RandomState, draw for draw as its "legacy" methods make them since NumPy 1.16
 * (github.com/numpy/numpy, numpy/random/src/legacy/legacy-distributions.c), where they are frozen, known errors included.
 *
 * Each takes as many uniform numbers as its own rejections ask for, so that what is drawn decides what comes next.
 * Whole numbers and the counts of uniform numbers are NumPy's unless a comparison is decided by the last bit of a logarithm.
 */

/** What the distributions draw from. */
export interface Uniforms {
  /** Uniform in [0, 1). */
  next(): number
}

/** The same, with normal numbers made of it. */
export interface Normals extends Uniforms {
  /** A standard normal number. */
  gauss(): number
}

/** An exponential number with mean 1. Takes one uniform. */
export function standardExponential(source: Uniforms): number {
  return -Math.log(1 - source.next())
}

/** A gamma number with scale 1: Ahrens & Dieter 1974 for shapes below 1, Marsaglia & Tsang 2000 above. */
export function standardGamma(source: Normals, shape: number): number {
  if (shape === 1) return standardExponential(source)
  if (shape === 0) return 0
  return shape < 1 ? smallGamma(source, shape) : largeGamma(source, shape)
}

function smallGamma(source: Uniforms, shape: number): number {
  for (;;) {
    const uniform = source.next()
    const limit = standardExponential(source)
    if (uniform <= 1 - shape) {
      const value = uniform ** (1 / shape)
      if (value <= limit) return value
    } else {
      const more = -Math.log((1 - uniform) / shape)
      const value = (1 - shape + shape * more) ** (1 / shape)
      if (value <= limit + more) return value
    }
  }
}

function largeGamma(source: Normals, shape: number): number {
  const size = shape - 1 / 3
  const slope = 1 / Math.sqrt(9 * size)
  for (;;) {
    let normal: number
    let root: number
    do {
      normal = source.gauss()
      root = 1 + slope * normal
    } while (root <= 0)
    const cube = root * root * root
    const uniform = source.next()
    if (uniform < 1 - 0.0331 * (normal * normal) * (normal * normal)) return size * cube
    if (Math.log(uniform) < 0.5 * normal * normal + size * (1 - cube + Math.log(cube))) return size * cube
  }
}

/** A beta number: Jöhnk 1964 when neither parameter is above 1, else a quotient of gamma numbers. */
export function betaNumber(source: Normals, a: number, b: number): number {
  if (a <= 1 && b <= 1) return smallBeta(source, a, b)
  const first = standardGamma(source, a)
  return first / (first + standardGamma(source, b))
}

function smallBeta(source: Uniforms, a: number, b: number): number {
  for (;;) {
    const first = source.next()
    const second = source.next()
    const x = first ** (1 / a)
    const y = second ** (1 / b)
    if (x + y > 1) continue
    if (x + y > 0) return x / (x + y)
    // Both too small for a double: the same quotient from their logarithms.
    const logX = Math.log(first) / a
    const logY = Math.log(second) / b
    const larger = Math.max(logX, logY)
    return Math.exp(logX - larger - Math.log(Math.exp(logX - larger) + Math.exp(logY - larger)))
  }
}
