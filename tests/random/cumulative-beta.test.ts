import { expect, test } from 'vitest'
import { cumulativeBeta, logBeta } from '../../src/random/cumulative-beta'
import { logGamma } from '../../src/random/log-gamma'

test('the gamma function is factorials for whole numbers, and sqrt(pi) at a half', () => {
  let factorial = 1
  for (let n = 1; n <= 20; n++) {
    expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11)
    factorial *= n
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12)
  // gamma(x + 1) = x gamma(x), also between whole numbers and next to 0.
  for (const x of [1e-3, 0.3, 2.7, 6.5, 12.25, 1e5]) expect(logGamma(x + 1) - logGamma(x) - Math.log(x)).toBeCloseTo(0, 9)
})

test('with a or b of 1 it is a power', () => {
  for (const x of [1e-9, 0.01, 0.3, 0.77, 0.999]) {
    for (const shape of [0.1, 0.5, 1, 3, 40, 5000]) {
      expect(cumulativeBeta(x, shape, 1)).toBeCloseTo(x ** shape, 12)
      expect(cumulativeBeta(x, 1, shape)).toBeCloseTo(-Math.expm1(shape * Math.log1p(-x)), 12)
    }
  }
})

// P(Beta(a, b) < x) = P(at least a successes in a + b - 1 tries), for whole numbers.
test('with whole numbers it is a binomial sum', () => {
  for (const [a, b] of [
    [2, 3],
    [7, 4],
    [30, 70],
    [150, 20],
  ] as const) {
    const tries = a + b - 1
    for (const x of [0.05, 0.3, 0.5, 0.86]) {
      let sum = 0
      for (let successes = a; successes <= tries; successes++) {
        const ways = logGamma(tries + 1) - logGamma(successes + 1) - logGamma(tries - successes + 1)
        sum += Math.exp(ways + successes * Math.log(x) + (tries - successes) * Math.log(1 - x))
      }
      expect(cumulativeBeta(x, a, b)).toBeCloseTo(sum, 11)
    }
  }
})

test('it is a half in the middle of what is symmetrical, and the two ends mirror each other', () => {
  for (const shape of [0.1, 1, 17.5, 900]) expect(cumulativeBeta(0.5, shape, shape)).toBeCloseTo(0.5, 11)
  for (const shape of [1e4, 1e5, 9e5]) expect(cumulativeBeta(0.5, shape, shape)).toBeCloseTo(0.5, 8)
  for (const x of [0.001, 0.2, 0.6]) expect(cumulativeBeta(x, 2.5, 0.3) + cumulativeBeta(1 - x, 0.3, 2.5)).toBeCloseTo(1, 12)
  expect([cumulativeBeta(0, 2, 3), cumulativeBeta(1, 2, 3)]).toEqual([0, 1])
  // Next to 1 only the complement tells x: P(Beta(1, .1) < 1 - e) = 1 - e^.1.
  expect(cumulativeBeta(1, 1, 0.1, 1e-30)).toBeCloseTo(0.999, 12)
  expect(Math.exp(logBeta(2, 3))).toBeCloseTo(1 / 12, 12)
})
