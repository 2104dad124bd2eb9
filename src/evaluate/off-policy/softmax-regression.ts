/**
 * Multinomial logistic regression: which of several classes a context belongs to (Hastie, Tibshirani & Friedman 2009, section 4.4),
 *
 *     P(class) = softmax over the classes of x · coefficients(class) + intercept(class)
 *
 * with the smallest  Σ -weight · log P(class of the row)  +  penalty / 2 · Σ coefficient²; intercepts are not penalised. It is what
 * scikit-learn's LogisticRegression gives for three classes or more, with C = 1 / penalty. For two classes scikit-learn fits one set of
 * coefficients, on which a penalty weighs twice as much as on two sets that part the work: it gives the same with C = 2 / penalty.
 *
 * A number added to all intercepts changes nothing. Half the square of their sum is added to the function, which has its minimum at a sum
 * of 0 and so leaves the model what it is, but makes the solution one and Newton's method go through.
 */
import { checkNumber } from '../../data/check'
import { checkLength } from '../../data/logged-feedback'
import { softmax } from '../../networks/softmax'
import { limitedMemoryMinimum } from './limited-memory-minimum'
import { newtonMinimum, type Slopes } from './newton-minimum'
import { checkWeights, type RegressionOptions } from './penalised-regression'

/**
 * @param contexts [rows, width]
 * @param label    the class of each row, [rows], 0 to classes - 1; every class has a row that counts
 * @returns [classes, width + 1], the intercept last
 * @throws RangeError for lengths that differ, a class without a row, weights or a penalty out of range
 */
export function softmaxRegression(
  contexts: ArrayLike<number>,
  width: number,
  label: ArrayLike<number>,
  classes: number,
  { penalty = 1, weights }: RegressionOptions = {},
): Float64Array {
  const rows = label.length
  checkNumber('penalty', penalty, Number.MIN_VALUE, Number.MAX_VALUE)
  checkLength('contexts', contexts, rows * width)
  if (weights) checkWeights(weights, rows)
  checkClasses(label, classes, weights)
  const wide = width + 1
  const x = new Float64Array(wide).fill(1)
  const chances = new Float64Array(classes)
  const loss = (at: Float64Array, slopes: WantedSlopes) => {
    let total = penalties(at, wide, penalty, slopes)
    for (let row = 0; row < rows; row++) {
      const weight = weights ? weights[row]! : 1
      if (weight === 0) continue
      for (let place = 0; place < width; place++) x[place] = contexts[row * width + place]!
      for (let one = 0; one < classes; one++) {
        let sum = 0
        for (let place = 0; place < wide; place++) sum += at[one * wide + place]! * x[place]!
        chances[one] = sum
      }
      const own = chances[label[row]!]!
      const highest = chances.reduce((most, value) => Math.max(most, value), -Infinity)
      let sum = 0
      for (let one = 0; one < classes; one++) sum += Math.exp(chances[one]! - highest)
      total += weight * (highest + Math.log(sum) - own)
      softmax(chances, 0, classes)
      addSlopes(slopes, x, chances, label[row]!, weight)
    }
    return total
  }
  const parameters = classes * wide
  if (parameters <= mostByNewton) return newtonMinimum(parameters, loss)
  return limitedMemoryMinimum(parameters, (at, gradient) => loss(at, { gradient }))
}

/** Second derivatives are worked out where there is room for them. */
type WantedSlopes = Pick<Slopes, 'gradient'> & Partial<Slopes>

/** Beyond so many parameters their second derivatives take longer than many steps without them. */
const mostByNewton = 500

/** The penalty and the square of the sum of intercepts, with their slopes. */
function penalties(at: Float64Array, wide: number, penalty: number, { gradient, hessian }: WantedSlopes): number {
  let [total, intercepts] = [0, 0]
  for (let place = 0; place < at.length; place++) {
    if (place % wide === wide - 1) intercepts += at[place]!
    else total += (penalty / 2) * at[place]! ** 2
  }
  for (let place = 0, from = 0; place < at.length; from += ++place) {
    const intercept = place % wide === wide - 1
    gradient[place] = intercept ? intercepts : penalty * at[place]!
    if (!hessian) continue
    if (!intercept) hessian[from + place] = penalty
    else for (let other = wide - 1; other <= place; other += wide) hessian[from + other] = 1
  }
  return total + intercepts ** 2 / 2
}

/** One row's: the second derivatives between classes k and l are weight · (P(k) [k = l] - P(k) P(l)) · x xᵀ. */
function addSlopes({ gradient, hessian }: WantedSlopes, x: Float64Array, chances: Float64Array, own: number, weight: number): void {
  const wide = x.length
  for (let one = 0; one < chances.length; one++) {
    const chance = chances[one]!
    const slope = weight * (chance - (one === own ? 1 : 0))
    for (let place = 0; place < wide; place++) {
      const row = one * wide + place
      const value = x[place]!
      gradient[row]! += slope * value
      if (!hessian) continue
      const from = (row * (row + 1)) / 2
      for (let other = 0; other < one; other++) {
        const bend = -weight * chance * chances[other]! * value
        const start = from + other * wide
        for (let column = 0; column < wide; column++) hessian[start + column]! += bend * x[column]!
      }
      const bend = weight * chance * (1 - chance) * value
      for (let column = 0; column <= place; column++) hessian[from + one * wide + column]! += bend * x[column]!
    }
  }
}

function checkClasses(label: ArrayLike<number>, classes: number, weights: ArrayLike<number> | undefined): void {
  const counts = new Int32Array(classes)
  for (let row = 0; row < label.length; row++) {
    const own = label[row]!
    if (!(Number.isInteger(own) && own >= 0 && own < classes)) {
      throw new RangeError(`label[${row}] is ${own}; classes are whole numbers between 0 and ${classes - 1}`)
    }
    if (!weights || weights[row]! > 0) counts[own]!++
  }
  const missing = counts.indexOf(0)
  if (missing >= 0) throw new RangeError(`class ${missing} has no row that counts; its intercept would fall without end`)
}
