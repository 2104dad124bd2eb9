/**
 * The probability that a beta number is below x, the regularised incomplete beta function, by its continued fraction (NIST Handbook of
 * Mathematical Functions, 8.17.22), evaluated from the front (Lentz 1976, as changed by Thompson & Barnett 1986).
 */
import { logGamma } from './log-gamma'

/**
 * @param x          0 to 1
 * @param a          of the beta distribution, above 0; its mean is a / (a + b)
 * @param b          above 0
 * @param complement 1 - x, where it is known more exactly than that, as it is next to 1
 * @returns 0 to 1, right to about 1e-12 while a and b are below a thousand, and to 1e-9 below a million
 */
export function cumulativeBeta(x: number, a: number, b: number, complement = 1 - x): number {
  if (x <= 0) return 0
  if (complement <= 0) return 1
  const edge = Math.exp(a * Math.log(x) + b * Math.log(complement) - logBeta(a, b))
  // The fraction converges fast below the mean; above it, the other end is counted from.
  return x < (a + 1) / (a + b + 2) ? (edge * fraction(x, a, b)) / a : 1 - (edge * fraction(complement, b, a)) / b
}

/** The logarithm of the beta function, the integral of t^(a - 1) (1 - t)^(b - 1) from 0 to 1. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}

function fraction(x: number, a: number, b: number): number {
  let above = 1
  let below = 1 / notZero(1 - ((a + b) * x) / (a + 1))
  let value = below
  // Some sqrt(max(a, b)) terms are needed.
  for (let term = 1; term < 100_000; term++) {
    const even = (term * (b - term) * x) / ((a + 2 * term - 1) * (a + 2 * term))
    below = 1 / notZero(1 + even * below)
    above = notZero(1 + even / above)
    value *= above * below
    const odd = (-(a + term) * (a + b + term) * x) / ((a + 2 * term) * (a + 2 * term + 1))
    below = 1 / notZero(1 + odd * below)
    above = notZero(1 + odd / above)
    const change = above * below
    value *= change
    if (Math.abs(change - 1) < 1e-15) break
  }
  return value
}

function notZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value
}
