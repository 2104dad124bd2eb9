import { describe, expect, test } from 'vitest'
import type { LoggedFeedback } from '../../../src/data/logged-feedback'
import { importanceWeights, weightDiagnostics, weightWarnings } from '../../../src/evaluate/off-policy/importance-weights'
import { inversePropensity } from '../../../src/evaluate/off-policy/inverse-propensity'
import { logOf } from './bandit-support'

const log = logOf([0, 1, 1], [1, 0, 1], [0.5, 0.5, 0.25])

test('a whole policy and the probabilities of the log’s own actions give the same weights', () => {
  expect(Array.from(importanceWeights(log, [0.5, 0.5, 0.5, 0.5, 0.25, 0.75]))).toEqual([1, 1, 3])
  expect(Array.from(importanceWeights(log, [0.5, 0.5, 0.75]))).toEqual([1, 1, 3])
})

// (1 + 0 + 3)² / (1 + 0 + 9) = 1.6
test('weights are described by what of the log they use', () => {
  expect(weightDiagnostics([1, 0, 3])).toEqual({ effectiveSampleSize: 1.6, largestWeight: 3, meanWeight: 4 / 3, zeroSupport: 1 / 3 })
  expect(weightDiagnostics([0, 0])).toEqual({ effectiveSampleSize: 0, largestWeight: 0, meanWeight: 0, zeroSupport: 1 })
})

test('a thousand equal weights are worth a thousand rounds, and one great one hardly more than one', () => {
  const equal = new Float64Array(1000).fill(1)
  expect(weightDiagnostics(equal).effectiveSampleSize).toBe(1000)
  expect(weightWarnings(weightDiagnostics(equal), 1000)).toEqual([])
  const one = equal.map((weight, at) => (at === 0 ? 5000 : weight))
  // (5,999)² / (25,000,000 + 999) = 1.44
  expect(weightDiagnostics(one).effectiveSampleSize).toBeCloseTo(1.44, 2)
  // One weight moves the mean so far by chance: the standard error is 5.0.
  expect(weightWarnings(weightDiagnostics(one), 1000)).toEqual([expect.stringContaining('the effective sample size is 1.4, below 100')])
})

test('a mean weight a tenth away from 1 is a sign', () => {
  const warnings = (meanWeight: number, effectiveSampleSize = 1000) =>
    weightWarnings({ effectiveSampleSize, largestWeight: 2, meanWeight, zeroSupport: 0.5 }, 1050)
  expect([warnings(0.91), warnings(1.09)]).toEqual([[], []])
  // Standard error 1.4 · √(1 / 200 - 1 / 1,050) = .089, three times that .27.
  expect(warnings(1.4, 200)).toHaveLength(1)
  expect(warnings(1.2, 200)).toEqual([])
  for (const mean of [0.89, 1.11]) expect(warnings(mean)).toEqual([expect.stringContaining(`the weights have mean ${mean}0 instead of 1`)])
})

test('where nothing that the judged policy does stands in the log, that alone is said', () => {
  const nothing = 'the judged policy does nothing that stands in the log; the log cannot answer'
  expect(weightWarnings(weightDiagnostics([0, 0]), 2)).toEqual([nothing])
  const visits = { ...logOf([0, 0], [1, 1], [0.5, 0.5], 2), episode: Int32Array.of(0, 0) }
  expect(inversePropensity(visits, [0, 1, 0, 1], { resamples: 10 }).warnings).toEqual([nothing])
})

test('what is no policy is refused', () => {
  expect(() => importanceWeights(log, [0.5, 0.5])).toThrow('policy has 2 numbers; give 6')
  expect(() => importanceWeights(log, [0.5, 0.5, 1.2])).toThrow('policy[2] is 1.2; a probability lies between 0 and 1')
  expect(() => importanceWeights(log, [0.5, Number.NaN, 1])).toThrow('policy[1] is NaN')
  expect(() => importanceWeights(log, [0.5, 0.5, 0.5, 0.4, 1, 0])).toThrow('the probabilities of round 1 sum to 0.9; they must sum to 1')
  expect(() => importanceWeights(logOf([0], [1], [0]), [1])).toThrow('propensity[0] is 0; the probability of what was done is above 0')
  expect(() => importanceWeights(log, [0.5, 0.5, 0.5, 0.5001, 1, 0])).toThrow('the probabilities of round 1 sum to 1.0001')
  expect(() => importanceWeights(log, [0.5, 0.5, 0.5, 0.500001, 1, 0])).not.toThrow()
  // Its square would be Infinity, and the effective sample size no number and so without a warning.
  expect(() => importanceWeights(logOf([0], [1], [1e-160]), [1])).toThrow('propensity[0] is 1e-160, which gives the weight 1e+160')
})

describe('a log of visits of several steps', () => {
  const visits = { ...logOf([0, 1, 0, 1], [1, 0, 1, 1], [0.5, 0.5, 0.5, 0.5]), episode: Int32Array.of(0, 0, 1, 1) }
  const warnings = (policy: number[], log: LoggedFeedback = visits) => inversePropensity(log, policy, { resamples: 10 }).warnings
  const said = /^visits in the log have several steps/

  test('brings a warning about another policy, since that would bring about other situations', () => {
    expect(warnings([0.4, 0.6, 0.4, 0.6])).toContainEqual(expect.stringMatching(said))
  })

  test('brings none where propensities of 32 bits are all that makes weights differ from 1', () => {
    const rounded = { ...visits, propensity: Float64Array.from([0.3, 0.7, 0.3, 0.7], Math.fround) }
    const weights = importanceWeights(rounded, [0.3, 0.7, 0.3, 0.7])
    for (const weight of weights) expect(weight).not.toBe(1)
    expect(warnings([0.3, 0.7, 0.3, 0.7], rounded)).not.toContainEqual(expect.stringMatching(said))
    // One weight above 1 and one below are another policy.
    expect(warnings([0.31, 0.69, 0.3, 0.7], rounded)).toContainEqual(expect.stringMatching(said))
    expect(warnings([0.29, 0.7, 0.3, 0.7], rounded)).toContainEqual(expect.stringMatching(said))
  })

  test('brings none about the policy that wrote it, nor where visits have one step or there are none', () => {
    expect(warnings([0.5, 0.5, 0.5, 0.5])).not.toContainEqual(expect.stringMatching(said))
    const single = { ...visits, episode: Int32Array.of(0, 1, 2, 3) }
    const { episode: _, ...alone } = visits
    for (const log of [single, alone]) expect(warnings([0.4, 0.6, 0.4, 0.6], log)).not.toContainEqual(expect.stringMatching(said))
  })
})
