/**
 * The bootstrap over the rounds of a log (Efron 1979), for estimates that are a mean or a ratio of two sums.
 *
 * A log has a hundred thousand rounds where an experiment has five seeds, and a thousand resamples take a hundred million draws. Two things
 * make that quick. Rounds that add nothing, such as those without a click, need not be drawn: how often one of the others is drawn is a
 * binomial number. And the draws come from a small generator in the loop itself (sfc32 by Chris Doty-Humphrey, from PractRand), started by
 * a named stream of the seed.
 */
import { checkLength } from '../../data/logged-feedback'
import { binomial } from '../../random/binomial'
import { stream } from '../../random/generator'
import { type Interval, percentileInterval } from '../bootstrap-interval'
import type { EstimateOptions } from './estimate'

/**
 * Sum of numerators / sum of denominators, with the percentile interval over rounds drawn with replacement.
 *
 * @param numerators   what each round adds above, [rounds], finite
 * @param denominators what each round adds below, [rounds], 0 or more; 1 each when left out: the estimate is the mean. Where their sum is
 *   0, so is the estimate
 * @throws RangeError when there is no round, the lengths differ, or an option lies outside its range
 */
export function bootstrapRounds(
  numerators: Float64Array,
  denominators: Float64Array | undefined,
  { resamples = 1000, level = 0.95, seed = 0 }: EstimateOptions = {},
): Interval {
  const rounds = numerators.length
  if (rounds === 0) throw new RangeError('numerators is empty; there must be at least one round')
  if (denominators) checkLength('denominators', denominators, rounds)
  const width = denominators ? 2 : 1
  const telling = tellingRounds(numerators, denominators)
  const chance = stream(seed, 'bootstrap', 'rounds')
  const state = Int32Array.from({ length: 4 }, () => chance.next() * 2 ** 32)
  const sums = new Float64Array(2)
  const value = () => {
    const below = denominators ? sums[1]! : rounds
    return below === 0 ? 0 : sums[0]! / below
  }
  addAll(telling, width, sums)
  return percentileInterval(value(), { resamples, level }, () => {
    const many = telling.length / width
    const drawn = many === rounds ? rounds : binomial(chance, rounds, many / rounds)
    addDrawn(telling, width, drawn, state, sums)
    return value()
  })
}

/** The rounds that add anything: numerators, or pairs of numerator and denominator one after the other, so that a draw looks at one place. */
function tellingRounds(numerators: Float64Array, denominators: Float64Array | undefined): Float64Array {
  const width = denominators ? 2 : 1
  const telling = new Float64Array(width * numerators.length)
  let at = 0
  for (let round = 0; round < numerators.length; round++) {
    if (numerators[round] === 0 && (denominators?.[round] ?? 0) === 0) continue
    telling[at++] = numerators[round]!
    if (denominators) telling[at++] = denominators[round]!
  }
  return telling.subarray(0, at)
}

/** The sums over all rows of one number or two. */
function addAll(rows: Float64Array, width: number, sums: Float64Array): void {
  sums.fill(0)
  for (let at = 0; at < rows.length; at++) sums[at % width]! += rows[at]!
}

/** The sums over so many rows drawn with replacement. */
function addDrawn(rows: Float64Array, width: number, draws: number, state: Int32Array, sums: Float64Array): void {
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  const scale = rows.length / width / 2 ** 32
  const pairs = width === 2
  let first = 0
  let second = 0
  for (let draw = 0; draw < draws; draw++) {
    const word = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + word) | 0
    const row = ((word >>> 0) * scale) | 0
    if (pairs) {
      first += rows[2 * row]!
      second += rows[2 * row + 1]!
    } else first += rows[row]!
  }
  state[0] = a
  state[1] = b
  state[2] = c
  state[3] = d
  sums[0] = first
  sums[1] = second
}
