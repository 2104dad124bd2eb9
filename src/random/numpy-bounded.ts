/** Bounded whole numbers as NumPy's RandomState draws them, bit for bit (github.com/numpy/numpy, numpy/random/src/distributions/distributions.c). */

/** What bounded whole numbers are drawn from. */
export interface Words {
  /** The next 32 bits: a whole number between 0 and 2^32 - 1. */
  integer32(): number
}

/**
 * A whole number between 0 and the largest, both allowed, by masked rejection: as many bits as the largest needs, drawn
 * until they are no more than it. Takes one word a try, two where the largest is above 2^32 - 1, none where it is 0.
 *
 * @param largest a whole number between 0 and 2^53 - 1
 */
export function bounded(source: Words, largest: number): number {
  if (largest === 0) return 0
  if (largest < 2 ** 32) {
    const mask = 0xffffffff >>> Math.clz32(largest)
    for (;;) {
      const value = (source.integer32() & mask) >>> 0
      if (value <= largest) return value
    }
  }
  const mask = 0xffffffff >>> Math.clz32(Math.floor(largest / 2 ** 32))
  for (;;) {
    const high = (source.integer32() & mask) >>> 0
    const value = high * 2 ** 32 + source.integer32()
    if (value <= largest) return value
  }
}
