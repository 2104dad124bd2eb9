/**
 * Binomial counts as NumPy's RandomState draws them (github.com/numpy/numpy, numpy/random/src/legacy/legacy-distributions.c).
 *
 * From the nearer end: by inversion while at most 30 are expected there, else by BTPE (Kachitvichyanukul & Schmeiser 1988), where
 * NumPy adds two terms of Stirling's series that ought to be taken off; that stays, since the stream of numbers depends on it.
 */
import type { Uniforms } from './numpy-distributions'

/** How many of n tries succeed. Takes one uniform by inversion, but for the one time in a million that it starts afresh. */
export function binomialCount(source: Uniforms, n: number, probability: number): number {
  if (probability > 0.5) return n - binomialCount(source, n, 1 - probability)
  return probability * n <= 30 ? byInversion(source, n, probability) : byRejection(source, n, probability)
}

/** Goes up from 0, taking each count's probability off the uniform number; starts afresh when it has gone too far. */
function byInversion(source: Uniforms, n: number, probability: number): number {
  const otherwise = 1 - probability
  const ofNone = Math.exp(n * Math.log(otherwise))
  const expected = n * probability
  const bound = Math.floor(Math.min(n, expected + 10 * Math.sqrt(expected * otherwise + 1)))
  let count = 0
  let ofCount = ofNone
  let uniform = source.next()
  while (uniform > ofCount) {
    count++
    if (count > bound) {
      count = 0
      ofCount = ofNone
      uniform = source.next()
    } else {
      uniform -= ofCount
      ofCount = ((n - count + 1) * probability * ofCount) / (count * otherwise)
    }
  }
  return count
}

/**
 * BTPE: a hat over the scaled probabilities, made of a triangle, a parallelogram on its shoulders and two exponential tails.
 * A point under the hat is drawn (two uniforms a try) and kept if it lies under the probabilities too.
 */
function byRejection(source: Uniforms, n: number, probability: number): number {
  const otherwise = 1 - probability
  const variance = n * probability * otherwise
  const peak = n * probability + probability
  const mode = Math.floor(peak)
  const halfWidth = Math.floor(2.195 * Math.sqrt(variance) - 4.6 * otherwise) + 0.5
  const middle = mode + 0.5
  const left = middle - halfWidth
  const right = middle + halfWidth
  const shoulder = 0.134 + 20.5 / (15.3 + mode)
  const leftRate = tailRate((peak - left) / (peak - left * probability))
  const rightRate = tailRate((right - peak) / (right * otherwise))
  // The areas of triangle, parallelogram, left and right tail, summed up.
  const toTriangle = halfWidth
  const toParallelogram = halfWidth * (1 + 2 * shoulder)
  const toLeftTail = toParallelogram + shoulder / leftRate
  const area = toLeftTail + shoulder / rightRate
  for (;;) {
    const u = source.next() * area
    let v = source.next()
    let count: number
    if (u <= toTriangle) return Math.floor(middle - halfWidth * v + u)
    if (u <= toParallelogram) {
      const x = left + (u - halfWidth) / shoulder
      v = v * shoulder + 1 - Math.abs(mode - x + 0.5) / halfWidth
      if (v > 1) continue
      count = Math.floor(x)
    } else if (u <= toLeftTail) {
      count = Math.floor(left + Math.log(v) / leftRate)
      if (count < 0) continue
      v *= (u - toParallelogram) * leftRate
    } else {
      count = Math.floor(right - Math.log(v) / rightRate)
      if (count > n) continue
      v *= (u - toLeftTail) * rightRate
    }
    const distance = Math.abs(count - mode)
    const under =
      distance > 20 && distance < variance / 2 - 1
        ? underByLogarithm(v, n, probability, mode, count)
        : v <= ratioToMode(n, probability, mode, count)
    if (under) return count
  }
}

function tailRate(a: number): number {
  return a * (1 + a / 2)
}

/** The probability of a count over that of the mode, by the recurrence. */
function ratioToMode(n: number, probability: number, mode: number, count: number): number {
  const odds = probability / (1 - probability)
  const factor = odds * (n + 1)
  let ratio = 1
  for (let at = mode + 1; at <= count; at++) ratio *= factor / at - odds
  for (let at = count + 1; at <= mode; at++) ratio /= factor / at - odds
  return ratio
}

/** Whether v is below the same ratio, by bounds on its logarithm, and by Stirling's series where they do not tell. */
function underByLogarithm(v: number, n: number, probability: number, mode: number, count: number): boolean {
  const otherwise = 1 - probability
  const variance = n * probability * otherwise
  const distance = Math.abs(count - mode)
  const slack = (distance / variance) * ((distance * (distance / 3 + 0.625) + 0.16666666666666666) / variance + 0.5)
  const normal = (-distance * distance) / (2 * variance)
  const logarithm = Math.log(v)
  if (logarithm < normal - slack) return true
  if (logarithm > normal + slack) return false
  const x = count + 1
  const f = mode + 1
  const z = n + 1 - mode
  const w = n - count + 1
  const limit =
    (mode + 0.5) * Math.log(f / x) +
    (n - mode + 0.5) * Math.log(z / w) +
    (count - mode) * Math.log((w * probability) / (x * otherwise)) +
    stirling(f) +
    stirling(z) +
    stirling(x) +
    stirling(w)
  return logarithm <= limit
}

/** The error of Stirling's formula for the logarithm of a factorial. */
function stirling(x: number): number {
  const square = x * x
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320
}
