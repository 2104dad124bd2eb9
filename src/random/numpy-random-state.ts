/**
 * NumPy's RandomState: the numbers of `np.random.RandomState(seed)`, so that traces published with it can be drawn again.
 *
 * For that alone: a shop draws from a named stream (see generator.ts), where one use does not disturb another.
 *
 * Words, uniform numbers, whole numbers, choices and orders are NumPy's bit for bit, and so is how many uniform numbers each draw takes.
 * Normal, exponential, gamma, beta and lognormal numbers are made of logarithms, exponentials and powers, which the language leaves to the
 * engine as NumPy leaves them to the C library: they agree with it to 1e-14 of their size, mostly in every bit (normal numbers: 97 % of them);
 * small gamma and beta numbers to 1e-12, where a power above 100 is taken. Nearer than that, NumPy does not agree with itself on two machines.
 *
 * Normal numbers come in pairs (Marsaglia & Bray 1964); the second is kept for the next call, whatever is drawn in between.
 * A filled array of NumPy is the same as so many calls, in the order of its memory.
 */
import type { Generator, GeneratorState } from './generator'
import { checkBetween, checkFinite, checkInteger, checkProbabilities, checkSize } from './numpy-arguments'
import { binomialCount } from './numpy-binomial'
import { bounded } from './numpy-bounded'
import { betaNumber, standardExponential, standardGamma } from './numpy-distributions'
import { MersenneTwister, wordCount } from './numpy-mersenne-twister'
import { poissonCount } from './numpy-poisson'

export class NumpyRandomState implements Generator {
  private readonly words: MersenneTwister

  /** The second normal number of a pair, while `hasKept`. */
  private kept = 0

  private hasKept = false

  /** @param seed a whole number between 0 and 2^32 - 1, or a list of them with at least one */
  constructor(seed: number | readonly number[]) {
    this.words = new MersenneTwister(seed)
  }

  /** `random_sample()`: uniform in [0, 1), a multiple of 2^-53. */
  next(): number {
    return this.words.next()
  }

  /** A raw word: a whole number between 0 and 2^32 - 1. */
  integer32(): number {
    return this.words.integer32()
  }

  /** `uniform(low, high)`: a number in [low, high). */
  uniform(low: number, high: number): number {
    checkFinite('low', low)
    checkFinite('high', high)
    return low + (high - low) * this.words.next()
  }

  /**
   * `randint(low, high)` with NumPy's default of 64 bits: a whole number, at least low and below high.
   *
   * `choice(n)` without probabilities is `randint(0, n)`.
   */
  randint(low: number, high: number): number {
    checkInteger('low', low, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1)
    checkInteger('high', high, low + 1, Number.MAX_SAFE_INTEGER)
    checkInteger('high - low', high - low, 1, Number.MAX_SAFE_INTEGER)
    return low + bounded(this.words, high - 1 - low)
  }

  /** `standard_normal()`. Takes two uniforms a try, every second time. */
  gauss(): number {
    if (this.hasKept) {
      this.hasKept = false
      return this.kept
    }
    let x: number
    let y: number
    let square: number
    do {
      x = 2 * this.words.next() - 1
      y = 2 * this.words.next() - 1
      square = x * x + y * y
    } while (square >= 1 || square === 0)
    const factor = Math.sqrt((-2 * Math.log(square)) / square)
    this.kept = factor * x
    this.hasKept = true
    return factor * y
  }

  /** `normal(mean, deviation)`. */
  normal(mean = 0, deviation = 1): number {
    checkFinite('mean', mean)
    checkSize('deviation', deviation)
    return mean + deviation * this.gauss()
  }

  /** `exponential(mean)`. */
  exponential(mean = 1): number {
    checkSize('mean', mean)
    return mean * standardExponential(this.words)
  }

  /** `gamma(shape, scale)`. */
  gamma(shape: number, scale = 1): number {
    checkSize('shape', shape)
    checkSize('scale', scale)
    return scale * standardGamma(this, shape)
  }

  /** `beta(a, b)`. */
  beta(a: number, b: number): number {
    checkSize('a', a, 'above 0')
    checkSize('b', b, 'above 0')
    return betaNumber(this, a, b)
  }

  /** `lognormal(mean, sigma)`, of the logarithm. */
  lognormal(mean = 0, sigma = 1): number {
    checkFinite('mean', mean)
    checkSize('sigma', sigma)
    return Math.exp(mean + sigma * this.gauss())
  }

  /** `binomial(n, probability)`: how many of n tries succeed. */
  binomial(n: number, probability: number): number {
    checkInteger('n', n, 0, 2 ** 31 - 1)
    checkBetween('probability', probability, 0, 1)
    return binomialCount(this.words, n, probability)
  }

  /** `poisson(mean)`. */
  poisson(mean = 1): number {
    checkBetween('mean', mean, 0, 2 ** 31 - 1)
    return poissonCount(this.words, mean)
  }

  /**
   * `choice(n, p=probabilities)`: a position. Takes one uniform, and finds it in the running sums divided by the last of them.
   *
   * @param probabilities at least 0 each, their sum 1
   */
  choice(probabilities: ArrayLike<number>): number {
    checkProbabilities(probabilities)
    let total = 0
    for (let at = 0; at < probabilities.length; at++) total += probabilities[at]!
    const uniform = this.words.next()
    let sum = 0
    for (let at = 0; at < probabilities.length; at++) {
      sum += probabilities[at]!
      if (uniform < sum / total) return at
    }
    // Not reached: the last running sum divided by itself is 1, and the uniform number below it.
    return probabilities.length - 1
  }

  /** `shuffle(list)`, in place. */
  shuffle<List extends { length: number; [at: number]: unknown }>(list: List): List {
    for (let at = list.length - 1; at > 0; at--) {
      const other = bounded(this.words, at)
      const kept = list[at]
      list[at] = list[other]
      list[other] = kept
    }
    return list
  }

  /** `permutation(n)`: the numbers 0..n-1 in random order. */
  permutation(n: number): Int32Array {
    checkInteger('n', n, 0, 2 ** 31 - 1)
    return this.shuffle(Int32Array.from({ length: n }, (_, at) => at))
  }

  /** What NumPy's `get_state` shows: the 624 words by their numbers, the position among them, and the normal number kept. */
  save(): GeneratorState {
    return {
      ...this.words.wordsByNumber(),
      position: this.words.position(),
      hasKept: this.hasKept ? 1 : 0,
      kept: this.hasKept ? this.kept : 0,
    }
  }

  load(state: GeneratorState): void {
    const part = (name: string | number) => state?.[name] ?? Number.NaN
    const words = Array.from({ length: wordCount }, (_, at) => part(at))
    words.forEach((word, at) => {
      checkInteger(`word ${at} of the state`, word, 0, 2 ** 32 - 1)
    })
    if (words.every(word => word === 0)) throw new RangeError('the words of the state are all 0; at least one must be above 0')
    checkInteger('position of the state', part('position'), 0, wordCount)
    checkInteger('hasKept of the state', part('hasKept'), 0, 1)
    checkFinite('kept of the state', part('kept'))
    this.words.restore(words, part('position'))
    this.hasKept = part('hasKept') === 1
    this.kept = part('kept')
  }
}

/** The numbers of `np.random.RandomState(seed)`. */
export function numpyRandomState(seed: number | readonly number[]): NumpyRandomState {
  return new NumpyRandomState(seed)
}
