import { mean, variance } from 'simple-statistics'
import { expect, test } from 'vitest'
import { bestByBound, bestBySlope, roundValues, type TamedWeights } from '../../../src/evaluate/off-policy/choose-parameter'
import { clippedInversePropensity } from '../../../src/evaluate/off-policy/clipped-inverse-propensity'
import { shrunkDoublyRobust } from '../../../src/evaluate/off-policy/shrunk-doubly-robust'
import { switchDoublyRobust } from '../../../src/evaluate/off-policy/switch-doubly-robust'
import { normal } from '../../../src/random/draws'
import { stream } from '../../../src/random/generator'
import { logOf } from './bandit-support'

function clipping(weights: readonly number[], residuals: readonly number[]): TamedWeights {
  return { weights: Float64Array.from(weights), residuals: Float64Array.from(residuals), base: undefined, tame: Math.min }
}

test('each round adds base + tamed weight · residual', () => {
  const problem = { ...clipping([1, 4], [2, -1]), base: Float64Array.of(10, 20) }
  expect(Array.from(roundValues(problem, 3))).toEqual([12, 17])
})

// One wild weight of 90 among 99 of 1/11 (their mean is .99), rewards all 1. With the range 0 the bound is the plain squared bias.
// Cap 1: every round about .09 or 1, variance tiny, bias 89 / 100 = .89, squared .79. Cap Infinity: no bias, variance 80.1 / 100 = .80.
test('the bound weighs variance against squared bias', () => {
  const weights = [90, ...new Array(99).fill(1 / 11)]
  const problem = clipping(weights, new Array(100).fill(1))
  const spread = variance(weights) / 100
  expect(spread).toBeGreaterThan(0.89 ** 2)
  expect(bestByBound(problem, [1, Infinity], 0)).toBe(1)
  // A bias that may be larger than what is seen of it costs more than the variance.
  expect(bestByBound(problem, [1, Infinity], 1)).toBe(Infinity)
  // Twice as many rounds halve the variance and leave the bias.
  expect(bestByBound(clipping([...weights, ...weights], new Array(200).fill(1)), [1, Infinity], 0)).toBe(Infinity)
})

// log(2 / .05) = 3.6889; n = 2, weights 1 and 3, range 2: 2 · (√(2 · 5 · 3.6889 / 2) + 2 · 3 · 3.6889 / (3 · 2)) = 15.97.
test('what the bias may be beyond what is seen counts in proportion to the range of the rewards', () => {
  const problem = clipping([1, 3], [1, -1])
  const beyond = 2 * (Math.sqrt((2 * 5 * Math.log(40)) / 2) + Math.log(40))
  const bound = (cap: number) => {
    const values = Array.from(roundValues(problem, cap))
    return variance(values) / 2 + (Math.abs(-1 - mean(values)) + beyond) ** 2
  }
  expect(beyond).toBeCloseTo(15.97, 2)
  const candidates = [0, 1, 2, 3]
  const least = candidates.reduce((best, cap) => (bound(cap) < bound(best) ? cap : best))
  expect(bestByBound(problem, candidates, 2)).toBe(least)
})

test('the bound is least where a slow one is, in logs of all kinds', () => {
  const chance = stream(3, 'bound')
  const candidates = Array.from({ length: 60 }, (_, at) => 1.2 ** at / 8)
  const taken = new Set<number>()
  for (let run = 0; run < 100; run++) {
    const weights = Array.from({ length: 30 }, () => Math.exp((1 + run / 40) * normal(chance) - 1))
    const residuals = Array.from({ length: 30 }, () => normal(chance))
    const range = run / 1000
    const unknown = Math.log(2 / 0.05) / 30
    const beyond = range * (Math.sqrt(2 * mean(weights.map(weight => weight ** 2)) * unknown) + (2 / 3) * Math.max(...weights) * unknown)
    const bounds = candidates.map(cap => {
      const lost = mean(weights.map((weight, at) => Math.max(0, weight - cap) * residuals[at]!))
      return variance(weights.map((weight, at) => Math.min(weight, cap) * residuals[at]!)) / 30 + (Math.abs(lost) + beyond) ** 2
    })
    const best = bestByBound(clipping(weights, residuals), candidates, range)
    // Candidates above the largest weight all do the same.
    expect(bounds[candidates.indexOf(best)]).toBeCloseTo(Math.min(...bounds), 12)
    taken.add(best)
  }
  expect(taken.size).toBeGreaterThan(20)
})

test('SLOPE tames as long as the estimates agree', () => {
  const chance = stream(1, 'slope')
  const residuals = Array.from({ length: 400 }, () => 1 + normal(chance) / 10)
  const wild = Array.from({ length: 400 }, (_, at) => (at % 20 === 0 ? 10 : 10 / 19 / 1.0526))
  // A cap of 9 takes 5 % of the weight of one round in twenty, a cap of 1 takes nearly half of everything.
  expect(bestBySlope(clipping(wild, residuals), [1, 9, Infinity])).toBe(9)
  // Where nothing is cut off, all candidates say the same: the first.
  expect(bestBySlope(clipping(new Array(400).fill(1), residuals), [2, 3, Infinity])).toBe(2)
  expect(() => bestBySlope(clipping([1], [1]), [1, 2])).toThrow("a log of 1 round has no spread for 'slope'")
})

/** SLOPE as zr-obp goes through it (obp/ope/estimators_tuning.py, _tune_hyperparam_with_slope). @param quantile of Student's distribution */
function slowSlope(problem: TamedWeights, candidates: readonly number[], quantile: number): number {
  const all = candidates
    .map(candidate => {
      const values = Array.from(roundValues(problem, candidate))
      return { candidate, estimate: mean(values), reach: Math.sqrt(variance(values) / (values.length - 1)) * quantile }
    })
    .sort((one, other) => other.reach - one.reach)
  for (const [at, { estimate, reach }] of all.entries()) {
    for (let before = 0; before < at; before++) {
      const allowed = reach + (Math.sqrt(6) - 1) * all[before]!.reach
      if (Math.abs(all[before]!.estimate - estimate) > allowed) return all[at - 1]!.candidate
    }
  }
  return all.at(-1)!.candidate
}

// Student's 95 % quantile with 49 degrees of freedom is 1.676551 (scipy.stats.t(49).ppf(.95)).
test('SLOPE stops where a slow one does, in logs of all kinds', () => {
  const chance = stream(2, 'slope')
  const candidates = [0.25, 0.5, 1, 2, 4, 8, 16, Infinity]
  const taken = new Set<number>()
  for (let run = 0; run < 200; run++) {
    const weights = Array.from({ length: 50 }, () => Math.exp((1 + run / 100) * normal(chance) - 1))
    const problem = clipping(
      weights,
      Array.from({ length: 50 }, () => 1 + chance.next() / 2),
    )
    const best = bestBySlope(problem, candidates)
    expect(best).toBe(slowSlope(problem, candidates, 1.676551))
    taken.add(best)
  }
  expect(taken.size).toBeGreaterThan(3)
})

// The wild weight from above: .9 / .01 = 90 among .05 / .55 = 1 / 11. A single reward of 0, of little weight, makes the range 1.
test('the bound takes the range of the rewards where there is a model, and without one their largest distance from 0', () => {
  const ones = new Array(100).fill(1)
  const oneZero = new Array(100).fill(1, 0, 99).fill(0, 99)
  const options = { candidates: [1, Infinity] }
  // One weight of 90: cutting it down has bias .89 and saves as much spread; beside rewards that may be 1 off, the bias counts more.
  const chances = [0.9, ...new Array(99).fill(0.05)]
  const log = (rewards: number[], heavy: number) => {
    const propensity = new Array(100).fill(0.55)
    return logOf(new Array(100).fill(0), rewards, propensity.fill(0.01, 0, heavy), 2)
  }
  const clipped = [ones, oneZero].map(rewards => clippedInversePropensity(log(rewards, 1), chances, options).parameter)
  expect(clipped).toEqual([Infinity, Infinity])
  // Two weights of 90 with residuals 1 and -.67: leaving them out has bias .3, known exactly where all rewards are the same.
  const whole = [0.9, 0.9, ...new Array(98).fill(0.05)].flatMap(chance => [chance, 1 - chance])
  const model = new Float64Array(200)
  model[2] = 1.67
  const tamed = [ones, oneZero].map(rewards => switchDoublyRobust(log(rewards, 2), whole, model, options).parameter)
  expect(tamed).toEqual([1, Infinity])
})

// With weights of 1 and no model any shrinking is seen as bias, beside which the variance of a few rounds is nothing; ten is the first.
test('candidates go from 10 to Infinity', () => {
  const log = logOf(new Array(200).fill(0), new Array(200).fill(1), new Array(200).fill(0.5), 2)
  expect(shrunkDoublyRobust(log, new Array(400).fill(0.5), new Float64Array(400)).parameter).toBe(Infinity)
  expect(switchDoublyRobust(log, new Array(400).fill(0.5), new Float64Array(400)).parameter).toBe(10)
})

test('an estimator says which candidate it took', () => {
  const log = logOf([0, 1, 0, 1], [1, 0, 1, 1], [0.5, 0.5, 0.5, 0.5])
  expect(clippedInversePropensity(log, [1, 0, 1, 0], { candidates: [7] }).parameter).toBe(7)
  expect(clippedInversePropensity(log, [1, 0, 1, 0], { candidates: [7], cap: 'slope' }).parameter).toBe(7)
})
