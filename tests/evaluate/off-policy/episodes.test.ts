import { expect, test } from 'vitest'
import { episodesOf, sequenceWeights } from '../../../src/evaluate/off-policy/episodes'

function log(episode: number[], propensity: number[]) {
  const rounds = episode.length
  return {
    rounds,
    actions: 2,
    action: new Int32Array(rounds),
    reward: new Float64Array(rounds),
    propensity: Float64Array.from(propensity),
    contexts: new Float64Array(),
    width: 0,
    episode: Int32Array.from(episode),
  }
}

test('episodes begin where their number changes, the last one ends with the log', () => {
  expect(episodesOf(log([0, 0, 1, 2, 2, 2], []))).toEqual({ count: 3, starts: Int32Array.of(0, 2, 3, 6), longest: 3 })
})

// Ratios .5/.25 = 2, .5/1 = .5 | .2/.4 = .5 | 0, 1; last weights 1, .5, 0: effective (1.5)² / 1.25 = 1.8.
test('weights multiply within an episode, and the diagnostics are those of whole episodes', () => {
  const { ratios, weights, diagnostics } = sequenceWeights(log([0, 0, 1, 2, 2], [0.25, 1, 0.4, 0.5, 0.5]), [0.5, 0.5, 0.2, 0, 0.5])
  expect([...ratios]).toEqual([2, 0.5, 0.5, 0, 1])
  expect([...weights]).toEqual([2, 1, 0.5, 0, 0])
  expect(diagnostics.effectiveSampleSize).toBeCloseTo(1.8, 12)
  expect(diagnostics).toMatchObject({ largestWeight: 1, meanWeight: 0.5, zeroSupport: 1 / 3 })
})

test('says so when no episode goes a way of the judged policy to its end', () => {
  const { warnings } = sequenceWeights(log([0, 0], [0.5, 0.5]), [1, 0])
  expect(warnings).toEqual(['no episode of the log goes a way that the judged policy would go to its end; the log cannot answer'])
})

// 1,000 episodes of one step. Three with weight 400, the others .13: mean 1.3296, effective (1329.6)² / 480,017 = 3.7, standard error .69.
// One in two .5, the others 0: mean .25 with a standard error of .25 / sqrt(1000).
test('a mean weight away from 1 is a warning only where chance does not explain it', () => {
  const thousand = Array.from({ length: 1000 }, (_, at) => at)
  const rare = thousand.map(at => (at % 334 === 0 ? 0.0025 : 1))
  const few = sequenceWeights(
    log(thousand, rare),
    thousand.map(at => (at % 334 === 0 ? 1 : 0.13)),
  )
  expect(few.diagnostics.meanWeight).toBeCloseTo(1.2 + 0.997 * 0.13, 10)
  expect(few.warnings).toEqual([expect.stringContaining('the effective sample size is 3.7,')])
  const lacking = sequenceWeights(
    log(
      thousand,
      thousand.map(() => 1),
    ),
    thousand.map(at => (at % 2) / 2),
  )
  expect(lacking.diagnostics.meanWeight).toBe(0.25)
  expect(lacking.warnings).toEqual([expect.stringContaining('mean 0.250 instead of 1')])
})

// Of 100 episodes half have weight 2 m, half 0: mean m, standard error m / 10. 1.2 is 1.7 of them from 1, and .72 is 3.9.
test('three standard errors of a mean weight are no chance any more', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => at)
  const meanOf = (mean: number) =>
    sequenceWeights(
      log(
        hundred,
        hundred.map(() => 0.25),
      ),
      hundred.map(at => (at % 2) * (mean / 2)),
    )
  expect(meanOf(1.2).diagnostics.meanWeight).toBeCloseTo(1.2, 12)
  expect(meanOf(1.2).warnings).toEqual([expect.stringContaining('the effective sample size is 50.0')])
  expect(meanOf(0.72).warnings).toEqual([
    expect.stringContaining('the effective sample size is 50.0'),
    expect.stringContaining('the weights have mean 0.720 instead of 1'),
  ])
})

test('a log without episodes, with mixed ones and with weights beyond reason is refused', () => {
  const { episode, ...alone } = log([0, 1], [1, 1])
  expect(() => sequenceWeights(alone, [1, 1])).toThrow('episode is missing from the feedback')
  expect(() => sequenceWeights(log([0, 1, 0], [1, 1, 1]), [1, 1, 1])).toThrow('episode[2] is 0')
  expect(() => sequenceWeights(log([0, 0], [1, 0]), [1, 1])).toThrow('propensity[1] is 0')
  const long = Array.from({ length: 60 }, () => 0)
  const rare = long.map(() => 1e-3)
  expect(() => sequenceWeights(log(long, rare), new Float64Array(60).fill(1))).toThrow('is above 1e+150 after 51 steps')
})
