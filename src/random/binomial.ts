/**
 * How many of n tries succeed, exactly and in about log n steps, however large n is (Relles 1972; Devroye 1986, chapter X.4.3).
 *
 * Think of the tries as n uniform numbers of which those below p succeed. The middle one in size is a beta number: drawing it settles half
 * of the tries at once, and the other half is the same question again.
 */
import { beta } from './distributions'
import type { Generator } from './generator'

/** So few are tried one by one. */
const few = 16

/**
 * A binomial number. Takes as many uniforms as it needs.
 *
 * @param n           a whole number of at least 0, exact up to 2^53
 * @param probability between 0 and 1
 */
export function binomial(generator: Generator, n: number, probability: number): number {
  if (!(Number.isSafeInteger(n) && n >= 0)) throw new RangeError(`n is ${n}; it must be a whole number of at least 0 and below 2^53`)
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`probability is ${probability}; it lies between 0 and 1`)
  let successes = 0
  let [left, chance] = [n, probability]
  while (left > few && chance > 0 && chance < 1) {
    // Not by a shift, which has 32 bits.
    const rank = Math.ceil(left / 2)
    const middle = beta(generator, rank, left + 1 - rank)
    if (middle <= chance) {
      // All that lie below the middle one, and itself, succeed; the others lie between it and 1.
      successes += rank
      left -= rank
      chance = middle < 1 ? (chance - middle) / (1 - middle) : 0
    } else {
      left = rank - 1
      chance /= middle
    }
  }
  if (chance <= 0) return successes
  if (chance >= 1) return successes + left
  for (let at = 0; at < left; at++) if (generator.next() < chance) successes++
  return successes
}
