/**
 * Logistic regression, and least squares, with a penalty on the squared coefficients (ridge: Hoerl & Kennard 1970; Hastie, Tibshirani &
 * Friedman 2009, sections 3.4 and 4.4):
 *
 *     Σ weight · loss(outcome, x · coefficients + intercept)  +  penalty / 2 · Σ coefficient²      as small as it can be
 *
 * The intercept is not penalised. A penalty of 1 is what scikit-learn's LogisticRegression does with C = 1, and its Ridge with alpha = 1.
 * The minimum is found exactly, by Newton's method.
 */
import { checkNumber } from '../../data/check'
import { checkLength } from '../../data/logged-feedback'
import { newtonMinimum } from './newton-minimum'

/** Rows of features of which most may be 0: one of many actions is a single 1. */
export interface FeatureRows {
  readonly count: number
  /** Features of a row. */
  readonly width: number
  /** Writes the places of a row's features that are not 0, rising, and their values. @returns how many there are */
  fill(row: number, places: Int32Array, values: Float64Array): number
}

export interface RegressionOptions {
  /** Above 0; 1. */
  readonly penalty?: number
  /** What each row counts, [rows], 0 or more; 1 each. */
  readonly weights?: ArrayLike<number>
}

export type Link = 'logistic' | 'linear'

/**
 * @param outcome [rows]; 0 or 1, with both among the rows that count, for the logistic link
 * @returns [width + 1], the intercept last
 * @throws RangeError for outcomes of another kind or length, a penalty that is not above 0, or over 4,000 parameters
 */
export function penalisedRegression(
  rows: FeatureRows,
  outcome: ArrayLike<number>,
  link: Link,
  { penalty = 1, weights }: RegressionOptions = {},
): Float64Array {
  checkNumber('penalty', penalty, Number.MIN_VALUE, Number.MAX_VALUE)
  checkLength('outcome', outcome, rows.count)
  if (weights) checkWeights(weights, rows.count)
  if (link === 'logistic') checkBoth(outcome, weights)
  const { count, width } = rows
  const places = new Int32Array(width + 1)
  const values = new Float64Array(width + 1)
  const logistic = link === 'logistic'
  return newtonMinimum(width + 1, (at, { gradient, hessian }) => {
    let total = 0
    for (let place = 0, diagonal = 0; place < width; diagonal += ++place + 1) {
      total += (penalty / 2) * at[place]! * at[place]!
      gradient[place] = penalty * at[place]!
      hessian[diagonal] = penalty
    }
    for (let row = 0; row < count; row++) {
      const weight = weights ? weights[row]! : 1
      if (weight === 0) continue
      const some = rows.fill(row, places, values) + 1
      places[some - 1] = width
      values[some - 1] = 1
      let sum = 0
      for (let each = 0; each < some; each++) sum += values[each]! * at[places[each]!]!
      // The logistic loss is log(1 + exp(sum)) - outcome · sum, written so that no power overflows.
      const power = logistic ? Math.exp(-Math.abs(sum)) : 0
      const wrong = (logistic ? (sum < 0 ? power : 1) / (1 + power) : sum) - outcome[row]!
      total += weight * (logistic ? Math.max(sum, 0) + Math.log1p(power) - outcome[row]! * sum : (wrong * wrong) / 2)
      const bend = weight * (logistic ? power / (1 + power) ** 2 : 1)
      for (let each = 0; each < some; each++) {
        const place = places[each]!
        const value = values[each]!
        gradient[place]! += weight * wrong * value
        const from = (place * (place + 1)) / 2
        for (let other = 0; other <= each; other++) hessian[from + places[other]!]! += bend * value * values[other]!
      }
    }
    return total
  })
}

/** What the link makes of x · coefficients + intercept: a chance, or the number itself. */
export function linked(sum: number, link: Link): number {
  return link === 'logistic' ? 1 / (1 + Math.exp(-sum)) : sum
}

/** @throws RangeError when a weight is not finite, below 0, or all are 0 */
export function checkWeights(weights: ArrayLike<number>, count: number): void {
  checkLength('weights', weights, count)
  let sum = 0
  for (let row = 0; row < count; row++) sum += checkNumber(`weights[${row}]`, weights[row], 0, Number.MAX_VALUE)
  if (!(sum > 0)) throw new RangeError('the weights sum to 0; at least one must be above 0')
}

function checkBoth(outcome: ArrayLike<number>, weights: ArrayLike<number> | undefined): void {
  let [zeros, ones] = [0, 0]
  for (let row = 0; row < outcome.length; row++) {
    if (outcome[row] !== 0 && outcome[row] !== 1) throw new RangeError(`outcome[${row}] is ${outcome[row]}; it must be 0 or 1`)
    if (weights && weights[row] === 0) continue
    if (outcome[row] === 0) zeros++
    else ones++
  }
  if (zeros === 0 || ones === 0) throw new RangeError(`every outcome is ${zeros === 0 ? 1 : 0}; there is nothing to tell apart`)
}
