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
  const telling = numerators.reduce((count, value, round) => count + Number(value !== 0 || (denominators?.[round] ?? 0) !== 0), 0)
  const above = new Float64Array(telling)
  const below = new Float64Array(denominators ? telling : 0)
  for (let round = 0, at = 0; round < rounds; round++) {
    if (numerators[round] === 0 && (denominators?.[round] ?? 0) === 0) continue
    above[at] = numerators[round]!
    if (denominators) below[at] = denominators[round]!
    at++
  }
  const chance = stream(seed, 'bootstrap', 'rounds')
  const state = Int32Array.from({ length: 4 }, () => chance.next() * 2 ** 32)
  const sums = new Float64Array(2)
  const estimate = ratio(sum(above), denominators ? sum(below) : rounds)
  return percentileInterval(estimate, { resamples, level }, () => {
    const drawn = telling === rounds ? rounds : binomial(chance, rounds, telling / rounds)
    if (denominators) drawTwo(above, below, drawn, state, sums)
    else drawOne(above, drawn, state, sums)
    return ratio(sums[0]!, denominators ? sums[1]! : rounds)
  })
}

function ratio(above: number, below: number): number {
  return below === 0 ? 0 : above / below
}

function sum(values: Float64Array): number {
  let total = 0
  for (let at = 0; at < values.length; at++) total += values[at]!
  return total
}

/** The sum of so many values drawn with replacement. */
function drawOne(values: Float64Array, draws: number, state: Int32Array, sums: Float64Array): void {
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  const scale = values.length / 2 ** 32
  let total = 0
  for (let draw = 0; draw < draws; draw++) {
    const word = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + word) | 0
    total += values[((word >>> 0) * scale) | 0]!
  }
  state[0] = a
  state[1] = b
  state[2] = c
  state[3] = d
  sums[0] = total
}

/** The same of pairs that are drawn together. */
function drawTwo(values: Float64Array, others: Float64Array, draws: number, state: Int32Array, sums: Float64Array): void {
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  const scale = values.length / 2 ** 32
  let total = 0
  let other = 0
  for (let draw = 0; draw < draws; draw++) {
    const word = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + word) | 0
    const at = ((word >>> 0) * scale) | 0
    total += values[at]!
    other += others[at]!
  }
  state[0] = a
  state[1] = b
  state[2] = c
  state[3] = d
  sums[0] = total
  sums[1] = other
}
