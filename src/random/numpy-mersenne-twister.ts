/**
 * The Mersenne Twister MT19937 (Matsumoto & Nishimura 1998), seeded and read as NumPy's RandomState does it.
 *
 * 624 words of 32 bits; each is tempered as it is handed out, and all are renewed when the last one is gone.
 * A seed that is one number fills the words by Knuth's recurrence; a list of numbers by `init_by_array` of 2002.
 * A double takes two words: the upper 27 bits of one and the upper 26 of the next, divided by 2^53.
 */
import { checkInteger } from './numpy-arguments'

export const wordCount = 624

/** How far ahead lies the word that is mixed in. */
const offset = 397

const largestWord = 2 ** 32 - 1

export class MersenneTwister {
  /** The words, as signed numbers. */
  private readonly words = new Int32Array(wordCount)

  /** Where the next word to hand out stands; 624 when all are gone. */
  private at = wordCount

  /** @param seed a whole number between 0 and 2^32 - 1, or a list of them with at least one */
  constructor(seed: number | readonly number[]) {
    if (Array.isArray(seed)) {
      fillByList(this.words, seed)
    } else {
      checkInteger('seed', seed as number, 0, largestWord)
      fillByNumber(this.words, seed as number)
    }
  }

  /** The next word: a whole number between 0 and 2^32 - 1. */
  integer32(): number {
    if (this.at === wordCount) this.renew()
    let word = this.words[this.at++]!
    word ^= word >>> 11
    word ^= (word << 7) & 0x9d2c5680
    word ^= (word << 15) & 0xefc60000
    return (word ^ (word >>> 18)) >>> 0
  }

  /** The next double: uniform in [0, 1), a multiple of 2^-53. Takes two words. */
  next(): number {
    const high = this.integer32() >>> 5
    return (high * 2 ** 26 + (this.integer32() >>> 6)) / 2 ** 53
  }

  /** The words as NumPy's `get_state` shows them, under their numbers from 0. */
  wordsByNumber(): Record<number, number> {
    return { ...Array.from(this.words, word => word >>> 0) }
  }

  position(): number {
    return this.at
  }

  /** @param words 624 whole numbers between 0 and 2^32 - 1, @param position 0..624; neither is checked */
  restore(words: readonly number[], position: number): void {
    this.words.set(words)
    this.at = position
  }

  private renew(): void {
    const words = this.words
    for (let at = 0; at < wordCount - offset; at++) words[at] = twisted(words[at + offset]!, words[at]!, words[at + 1]!)
    for (let at = wordCount - offset; at < wordCount - 1; at++) {
      words[at] = twisted(words[at + offset - wordCount]!, words[at]!, words[at + 1]!)
    }
    words[wordCount - 1] = twisted(words[offset - 1]!, words[wordCount - 1]!, words[0]!)
    this.at = 0
  }
}

/** A new word from the one that lies ahead, the upper bit of the old one and the lower 31 bits of the one after it. */
function twisted(ahead: number, old: number, following: number): number {
  const joined = (old & 0x80000000) | (following & 0x7fffffff)
  return ahead ^ (joined >>> 1) ^ (-(following & 1) & 0x9908b0df)
}

function fillByNumber(words: Int32Array, seed: number): void {
  words[0] = seed
  for (let at = 1; at < wordCount; at++) words[at] = Math.imul(1812433253, folded(words[at - 1]!)) + at
}

function fillByList(words: Int32Array, seed: readonly number[]): void {
  if (seed.length === 0) throw new RangeError('seed is an empty list; it must have at least one number')
  seed.forEach((part, at) => {
    checkInteger(`seed[${at}]`, part, 0, largestWord)
  })
  fillByNumber(words, 19650218)
  let at = 1
  for (let round = 0; round < Math.max(wordCount, seed.length); round++) {
    const key = round % seed.length
    words[at] = (words[at]! ^ Math.imul(folded(words[at - 1]!), 1664525)) + seed[key]! + key
    at = following(words, at)
  }
  for (let round = 1; round < wordCount; round++) {
    words[at] = (words[at]! ^ Math.imul(folded(words[at - 1]!), 1566083941)) - at
    at = following(words, at)
  }
  words[0] = 0x80000000
}

/** The upper two bits of a word mixed into the lower ones. */
function folded(word: number): number {
  return word ^ (word >>> 30)
}

/** The next position to fill, going round; the first word is a copy of the last. */
function following(words: Int32Array, at: number): number {
  if (at + 1 < wordCount) return at + 1
  words[0] = words[wordCount - 1]!
  return 1
}
