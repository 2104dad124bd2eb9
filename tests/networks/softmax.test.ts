import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logSoftmax, logSoftmaxSlopes, softmax } from '../../src/networks/softmax'
import { tensorflow } from '../../src/networks/tensorflow'

const rows = fc.integer({ min: 1, max: 9 }).chain(width =>
  fc.array(fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 4,
  }),
)

// By hand: exp of 0, log 2, log 3 is 1, 2, 3, together 6. With g = (1, 0, -3), Σ g = -2: 1 + 2/6, 0 + 4/6, -3 + 6/6.
test('probabilities, their logarithms and the way back are those worked by hand', () => {
  const numbers = [0, Math.log(2), Math.log(3)]
  const probabilities = Float64Array.from(numbers)
  softmax(probabilities, 0, 3)
  for (const [at, expected] of [1 / 6, 2 / 6, 3 / 6].entries()) expect(probabilities[at]).toBeCloseTo(expected, 12)
  const logarithms = Float64Array.from(numbers)
  logSoftmax(logarithms, 0, 3)
  for (const [at, expected] of [1 / 6, 2 / 6, 3 / 6].entries()) expect(logarithms[at]).toBeCloseTo(Math.log(expected), 12)
  const slopes = Float64Array.of(1, 0, -3)
  logSoftmaxSlopes(logarithms, slopes, 0, 3)
  for (const [at, expected] of [4 / 3, 2 / 3, -2].entries()) expect(slopes[at]).toBeCloseTo(expected, 12)
})

test('values and gradients are those of TensorFlow.js', async () => {
  const { tf } = await tensorflow()
  fc.assert(
    fc.property(rows, rows => {
      const width = rows[0]!.length
      const numbers = Float32Array.from(rows.flat())
      const weights = numbers.map((_, at) => Math.sin(7 * at))
      const [expected, expectedLogarithms, expectedSlopes] = tf.tidy(() => {
        const [given, weighting] = [numbers, weights].map(values => tf.tensor(values, [rows.length, width]))
        const { grads } = tf.valueAndGrads(x => tf.sum(tf.mul(tf.logSoftmax(x!), weighting!)))([given!])
        return [tf.softmax(given!), tf.logSoftmax(given!), grads[0]!].map(tensor => tensor.dataSync().slice())
      })
      const [probabilities, logarithms, slopes] = [numbers.slice(), numbers.slice(), weights.slice()]
      for (let row = 0; row < rows.length; row++) {
        softmax(probabilities, row * width, width)
        logSoftmax(logarithms, row * width, width)
        logSoftmaxSlopes(logarithms, slopes, row * width, width)
      }
      for (let at = 0; at < numbers.length; at++) {
        expect(Math.abs(probabilities[at]! - expected![at]!)).toBeLessThan(1e-6)
        expect(Math.abs(logarithms[at]! - expectedLogarithms![at]!)).toBeLessThan(1e-5)
        expect(Math.abs(slopes[at]! - expectedSlopes![at]!)).toBeLessThan(1e-5)
      }
    }),
    { seed: 1, numRuns: 60 },
  )
})

test('large numbers do not overflow, small ones do not vanish, and only the row named is touched', () => {
  const numbers = Float64Array.of(5, 1e300, 1e300, -1e300, 7)
  softmax(numbers, 1, 3)
  expect([...numbers]).toEqual([5, 0.5, 0.5, 0, 7])
  const logarithms = Float64Array.of(5, -1000, 0, 7)
  logSoftmax(logarithms, 1, 2)
  expect([...logarithms]).toEqual([5, -1000, 0, 7])
  // At 1e15 numbers stand .125 apart, yet the logarithm of a half is there in full.
  const halves = Float64Array.of(1e15, 1e15)
  logSoftmax(halves, 0, 2)
  expect(halves[0]).toBe(-Math.log(2))
})

test('an option that there is not has probability 0 and no slope', () => {
  const probabilities = Float64Array.of(-Infinity, 1, 1)
  softmax(probabilities, 0, 3)
  expect([...probabilities]).toEqual([0, 0.5, 0.5])
  const logarithms = Float64Array.of(-Infinity, 1, 1)
  logSoftmax(logarithms, 0, 3)
  expect(logarithms[0]).toBe(-Infinity)
  const slopes = Float64Array.of(0, 1, 0)
  logSoftmaxSlopes(logarithms, slopes, 0, 3)
  expect(slopes[0]).toBe(0)
  for (const [at, expected] of [0, 0.5, -0.5].entries()) expect(slopes[at]).toBeCloseTo(expected, 12)
})

test('what has no probabilities is refused, and nothing changes', () => {
  for (const turn of [softmax, logSoftmax]) {
    for (const bad of [NaN, Infinity]) {
      const numbers = Float64Array.of(1, 2, bad)
      expect(() => turn(numbers, 0, 3)).toThrow(`numbers[2] is ${bad}; it must be finite, or -Infinity for an option that there is not`)
      expect([...numbers]).toEqual([1, 2, bad])
    }
    const none = Float64Array.of(1, -Infinity, -Infinity)
    expect(() => turn(none, 1, 2)).toThrow('there is no number above -Infinity among the 2 from 1 on; one is needed')
  }
})
