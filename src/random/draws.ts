/**
 * What a shop draws from a stream of uniform numbers: whole numbers, normal numbers, choices, orders.
 *
 * Nothing here keeps a state of its own, and each draw takes a number of uniforms that its comment states, so that two runs
 * which differ in what happens, but not in how often they draw, stay in step.
 */
import type { Generator } from './generator'

/**
 * A whole number, each of 0..n-1 equally likely. Takes one uniform.
 *
 * @param n at least 1 and at most 2^32; the generator's 32 bits favour no number by more than n / 2^32
 */
export function integer(generator: Generator, n: number): number {
  if (!(Number.isInteger(n) && n >= 1 && n <= 2 ** 32)) throw new RangeError(`n is ${n}; it must be a whole number between 1 and 2^32`)
  return Math.floor(generator.next() * n)
}

/**
 * A standard normal number (Box & Muller 1958). Takes two uniforms.
 *
 * The method makes a second one at the same price; it is thrown away, since keeping it would be a state that `save` does not see.
 */
export function normal(generator: Generator): number {
  // 1 - u lies in (0, 1], where the logarithm is finite.
  const radius = Math.sqrt(-2 * Math.log(1 - generator.next()))
  return radius * Math.cos(2 * Math.PI * generator.next())
}

/** True with the probability given. Takes one uniform, also for 0 and 1. */
export function chance(generator: Generator, probability: number): boolean {
  return generator.next() < probability
}

/** Running sums of weights, as `categorical` wants them. */
export function cumulative(weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(weights.length)
  let sum = 0
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at]!
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`weight ${at} is ${weight}; it must be a finite number, at least 0`)
    sums[at] = sum += weight
  }
  if (!(sum > 0)) throw new RangeError('the weights sum to 0; at least one must be above 0')
  return sums
}

/**
 * One of several, in proportion to its weight. Takes one uniform.
 *
 * @param sums running sums of the weights (see `cumulative`); they need not end at 1
 * @returns the position drawn; one whose weight is 0 is never drawn
 */
export function categorical(generator: Generator, sums: ArrayLike<number>): number {
  const last = sums.length - 1
  const target = generator.next() * sums[last]!
  let low = 0
  let high = last
  while (low < high) {
    const middle = (low + high) >> 1
    if (target < sums[middle]!) high = middle
    else low = middle + 1
  }
  return low
}

/** Puts a list into random order, in place (Fisher & Yates, from the end). Takes length - 1 uniforms. */
export function shuffle<List extends { length: number; [at: number]: unknown }>(generator: Generator, list: List): List {
  for (let at = list.length - 1; at > 0; at--) {
    const other = integer(generator, at + 1)
    const kept = list[at]
    list[at] = list[other]
    list[other] = kept
  }
  return list
}

/** The numbers 0..n-1 in random order. Takes n - 1 uniforms. */
export function permutation(generator: Generator, n: number): Int32Array {
  return shuffle(
    generator,
    Int32Array.from({ length: n }, (_, at) => at),
  )
}
