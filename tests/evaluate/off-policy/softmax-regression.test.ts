import { expect, test } from 'vitest'
import { softmaxRegression } from '../../../src/evaluate/off-policy/softmax-regression'
import { softmax } from '../../../src/networks/softmax'

const forty = Array.from({ length: 40 }, (_, i) => i)
const contexts = forty.flatMap(i => [Math.sin(i), Math.cos(3 * i)])
const labels = forty.map(i => (Math.cos(3 * i) > 0.5 ? 2 : ((i * i) % 3) % 2))
const weights = forty.map(i => 1 + (i % 3))

// scikit-learn 1.9.1: LogisticRegression(C=1, tol=1e-14).fit(X, label, sample_weight=w); it stops at slopes of about 1e-6.
test('is multinomial logistic regression as in scikit-learn', () => {
  const found = softmaxRegression(contexts, 2, labels, 3, { weights })
  const coefficients = [-0.236323541929, -1.347865153561, 0.367547196469, -1.446469100449, -0.13122365454, 2.79433425401]
  const intercepts = [-0.469774634738, 1.088308375869, -0.618533741131]
  const expected = intercepts.flatMap((intercept, one) => [...coefficients.slice(2 * one, 2 * one + 2), intercept])
  for (const [at, value] of expected.entries()) expect(found[at]).toBeCloseTo(value, 5)
})

// scikit-learn 1.9.1: LogisticRegression(C=2, tol=1e-12).fit(X, label), one set of coefficients for the second class.
test('of two classes it is scikit-learn with C = 2 / penalty', () => {
  const [slope, intercept, other, otherIntercept] = Array.from(
    softmaxRegression([0.3, -1.2, 0.8, 1.5, -0.4, 0.9, -2, 0.1], 1, [0, 0, 1, 1, 0, 1, 0, 1], 2),
  )
  expect(other! - slope!).toBeCloseTo(1.54603801, 6)
  expect(otherIntercept! - intercept!).toBeCloseTo(-0.12937175, 6)
})

test('at the minimum every slope is 0, and the intercepts sum to 0', () => {
  const penalty = 0.3
  const found = softmaxRegression(contexts, 2, labels, 3, { weights, penalty })
  const slopes = new Float64Array(9)
  for (const [row, label] of labels.entries()) {
    const x = [contexts[2 * row]!, contexts[2 * row + 1]!, 1]
    const chances = Float64Array.from([0, 1, 2], one => x.reduce((sum, value, place) => sum + value * found[3 * one + place]!, 0))
    softmax(chances, 0, 3)
    for (const one of [0, 1, 2]) {
      for (const place of [0, 1, 2]) slopes[3 * one + place]! += weights[row]! * (chances[one]! - Number(one === label)) * x[place]!
    }
  }
  for (const at of slopes.keys()) expect(slopes[at]! + (at % 3 === 2 ? 0 : penalty * found[at]!)).toBeCloseTo(0, 9)
  expect(found[2]! + found[5]! + found[8]!).toBeCloseTo(0, 9)
})

// Without features the best guess is how often each class comes: 1, 2 and 5 of 8.
test('without features it says how often each class comes', () => {
  const found = softmaxRegression([], 0, [0, 1, 1, 2, 2, 2, 2, 2], 3)
  softmax(found, 0, 3)
  for (const [one, share] of [1 / 8, 2 / 8, 5 / 8].entries()) expect(found[one]).toBeCloseTo(share, 10)
})

test('a class without a row, and labels that are none, are refused', () => {
  expect(() => softmaxRegression([1, 2], 1, [0, 1], 3)).toThrow('class 2 has no row that counts')
  expect(() => softmaxRegression([1, 2], 1, [0, 1], 2, { weights: [1, 0] })).toThrow('class 1 has no row that counts')
  expect(() => softmaxRegression([1, 2], 1, [0, 2], 2)).toThrow('label[1] is 2; classes are whole numbers between 0 and 1')
  expect(() => softmaxRegression([1], 1, [0, 1], 2)).toThrow('contexts has 1 numbers; there must be 2')
  expect(() => softmaxRegression([1, 2], 1, [0, 1], 2, { penalty: -1 })).toThrow('penalty is -1')
})

// 30 classes of 20 numbers are 630 parameters, fitted without second derivatives.
test('with many parameters it is the same minimum: every slope is 0', () => {
  const [classes, width, rows, penalty] = [30, 20, 300, 2]
  const many = Array.from({ length: rows * width }, (_, at) => Math.sin(at * at))
  const label = Array.from({ length: rows }, (_, row) => row % classes)
  const found = softmaxRegression(many, width, label, classes, { penalty })
  const wide = width + 1
  const slopes = new Float64Array(classes * wide)
  for (const [row, own] of label.entries()) {
    const x = [...many.slice(row * width, (row + 1) * width), 1]
    const chances = Float64Array.from({ length: classes }, (_, one) =>
      x.reduce((sum, value, place) => sum + value * found[one * wide + place]!, 0),
    )
    softmax(chances, 0, classes)
    for (let one = 0; one < classes; one++) {
      for (let place = 0; place < wide; place++) slopes[one * wide + place]! += (chances[one]! - Number(one === own)) * x[place]!
    }
  }
  for (const at of slopes.keys()) expect(slopes[at]! + (at % wide === width ? 0 : penalty * found[at]!)).toBeCloseTo(0, 4)
})
