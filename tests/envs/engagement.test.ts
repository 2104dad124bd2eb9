import { expect, test } from 'vitest'
import { sigmoid } from '../../src/data/preference'
import { clippedNormalMean, noiseInside, noiseOutside } from '../../src/envs/engagement'

/** The mean over the noise by Simpson's rule on a fine grid: another method than the code's. */
function simpson(given: (deviate: number) => number): number {
  const intervals = 40_000
  const step = 20 / intervals
  let sum = 0
  for (let at = 0; at <= intervals; at++) {
    const z = -10 + at * step
    const weight = at === 0 || at === intervals ? 1 : at % 2 === 1 ? 4 : 2
    sum += weight * given(z) * Math.exp((-z * z) / 2)
  }
  return (sum * step) / 3 / Math.sqrt(2 * Math.PI)
}

test('the mean over noise inside the sigmoid agrees with fine quadrature to 1e-9', () => {
  for (const noise of [0, 0.1, 0.5, 1, 2]) {
    const { given, expected } = noiseInside(noise)
    for (const wish of [-8, -1.9, -0.5, 0, 3]) expect(Math.abs(expected(wish) - simpson(z => given(wish, z)))).toBeLessThan(1e-9)
  }
})

test('the mean of the clipped normal agrees with fine quadrature to 1e-6', () => {
  for (const noise of [0.1, 0.5, 2]) {
    const { given, expected } = noiseOutside(noise)
    for (const wish of [-8, -1, 0, 2, 9]) expect(Math.abs(expected(wish) - simpson(z => given(wish, z)))).toBeLessThan(1e-6)
  }
})

// clip(N(1, s), 0, 1) loses half of the normal: its mean is 1 - s / sqrt(2 pi) while 0 is far away.
test('a certain wish is clipped to 1 - .1 / sqrt(2 pi)', () => {
  expect(clippedNormalMean(1, 0.1)).toBeCloseTo(1 - 0.1 / Math.sqrt(2 * Math.PI), 12)
  expect(clippedNormalMean(0.5, 0.1)).toBeCloseTo(0.5, 6)
  expect(clippedNormalMean(0.3, 0)).toBe(0.3)
})

test('without noise both are the sigmoid', () => {
  for (const wish of [-3, 0, 2]) {
    expect(noiseInside(0).given(wish, 1.5)).toBe(sigmoid(wish))
    expect(noiseOutside(0).given(wish, 1.5)).toBe(sigmoid(wish))
    expect(noiseInside(0).expected(wish)).toBe(sigmoid(wish))
  }
})
