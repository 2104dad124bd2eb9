import { expect, test } from 'vitest'
import { syntheticBandit } from '../../../src/data/synthetic-bandit'
import { clippedInversePropensity } from '../../../src/evaluate/off-policy/clipped-inverse-propensity'
import { doublyRobust } from '../../../src/evaluate/off-policy/doubly-robust'
import { offPolicyEstimates } from '../../../src/evaluate/off-policy/off-policy-estimates'
import { rewardModel } from '../../../src/evaluate/off-policy/reward-model'
import { shrunkDoublyRobust } from '../../../src/evaluate/off-policy/shrunk-doubly-robust'
import { switchDoublyRobust } from '../../../src/evaluate/off-policy/switch-doubly-robust'
import { logOf } from './bandit-support'

const log = syntheticBandit({ actions: 4, features: 2, beta: 1, seed: 3 }).draw(1000)
const uniform = new Float64Array(4000).fill(0.25)

test('a row for each estimator, all near the truth', () => {
  const rows = offPolicyEstimates(log, uniform, { resamples: 100 })
  expect(rows.map(({ estimator }) => estimator)).toEqual([
    'inverse propensity',
    'self-normalised inverse propensity',
    'clipped inverse propensity',
    'direct method',
    'doubly robust',
    'switch doubly robust',
    'shrunk doubly robust',
  ])
  const truth = log.expected.reduce((sum, chance) => sum + chance, 0) / 4000
  for (const row of rows) {
    expect(Object.keys(row)).toEqual(Object.keys(rows[0]!))
    expect(Math.abs(row.estimate - truth)).toBeLessThan(0.06)
    expect(row).toMatchObject({ warning: '', zeroSupport: 0 })
    expect(row.low).toBeLessThan(row.estimate)
    expect(row.high).toBeGreaterThan(row.estimate)
  }
  expect(rows[0]!.parameter).toBe('')
  expect(rows[2]!.parameter).toBe(10)
  expect(offPolicyEstimates(log, uniform, { candidates: [0], resamples: 1 })[2]).toMatchObject({ parameter: 0, estimate: 0 })
})

test('the bound chooses unless told, and little taming of a harmless log; SLOPE tames all it can', () => {
  const model = rewardModel(log)
  const candidates = [0.1, 1, 2, Infinity]
  const taken = (how?: 'slope') => [
    clippedInversePropensity(log, uniform, { candidates, cap: how }).parameter,
    switchDoublyRobust(log, uniform, model, { candidates, threshold: how }).parameter,
    shrunkDoublyRobust(log, uniform, model, { candidates, lambda: how }).parameter,
  ]
  expect(taken()).toEqual([2, 2, Infinity])
  expect(taken('slope')).toEqual([1, 0.1, 0.1])
  // Costs instead of rewards: their distance from 0 is the same.
  const costs = { ...log, reward: log.reward.map(value => -value) }
  const fine = Array.from({ length: 80 }, (_, at) => at / 20)
  const cap = (of: typeof log) => clippedInversePropensity(of, uniform, { candidates: fine, resamples: 1 }).parameter
  expect(cap(costs)).toBe(cap(log))
})

test('the reward model is that of the log in three folds, unless another is given', () => {
  const options = { resamples: 50, seed: 7 }
  const [row] = offPolicyEstimates(log, uniform, { ...options, estimators: ['doubly robust'] })
  const direct = doublyRobust(log, uniform, rewardModel(log, { seed: 7 }), options)
  expect(row).toMatchObject({ estimate: direct.estimate, low: direct.low, high: direct.high })
  const [flat] = offPolicyEstimates(log, uniform, { ...options, estimators: ['direct method'], rewards: new Float64Array(4000).fill(0.5) })
  expect(flat!.estimate).toBeCloseTo(0.5, 12)
})

test('what a policy does not allow is left out, or refused when asked for', () => {
  const own = Float64Array.from(log.propensity)
  expect(offPolicyEstimates(log, own, { resamples: 5 }).map(({ estimator }) => estimator)).toEqual([
    'inverse propensity',
    'self-normalised inverse propensity',
    'clipped inverse propensity',
  ])
  expect(() => offPolicyEstimates(log, own, { estimators: ['direct method'] })).toThrow('this estimator needs 4000')
  expect(() => offPolicyEstimates(log, uniform, { estimators: ['replay'] })).toThrow(
    'replay judges policies with probabilities of 0 and 1 only',
  )
  expect(() => offPolicyEstimates(log, uniform, { estimators: ['guess' as never] })).toThrow('estimators is "guess"; it must be one of')
  expect(() => offPolicyEstimates(log, uniform, { reward: uniform } as never)).toThrow('offPolicyEstimates has no option "reward"')
  const first = Float64Array.from({ length: 4000 }, (_, at) => Number(at % 4 === 0))
  expect(offPolicyEstimates(log, first, { resamples: 5 }).map(({ estimator }) => estimator)).toContain('replay')
})

test('every estimator draws by resamples, level and seed', () => {
  const short = syntheticBandit({ actions: 4, features: 2, beta: 1, seed: 4 }).draw(200)
  const first = Float64Array.from({ length: 800 }, (_, at) => Number(at % 4 === 0))
  const of = (options: object) => offPolicyEstimates(short, first, { resamples: 200, rewards: short.expected, ...options })
  const rows = of({})
  expect(rows).toHaveLength(8)
  const [narrow, other, one] = [of({ level: 0.5 }), of({ seed: 1 }), of({ resamples: 1 })]
  for (const [at, { low, high, estimator }] of rows.entries()) {
    expect(narrow[at]!.high - narrow[at]!.low, estimator).toBeLessThan(0.6 * (high - low))
    expect(other[at]!.low, estimator).not.toBe(low)
    expect(one[at]!.low, estimator).toBe(one[at]!.high)
  }
})

// Of 10,000 rounds two have a weight of 500, the others .01: (1,000 + 99.98)² / (500,000 + 1) = 2.42.
test('a log in which two rounds decide brings warnings', () => {
  const action = new Int32Array(10_000)
  const propensity = Float64Array.from(action, (_, round) => (round < 2 ? 0.001 : 1))
  const policy = Float64Array.from(action, (_, round) => (round < 2 ? 0.5 : 0.01))
  const decided = logOf(action, new Float64Array(10_000).fill(1), propensity, 2)
  const [row] = offPolicyEstimates(decided, policy, { resamples: 5 })
  expect(row!.effectiveSampleSize).toBeCloseTo(2.42, 2)
  expect(row!.warning).toContain('the effective sample size is 2.4, below 100')
  expect(row!.warning).toContain('; the weights have mean 0.110 instead of 1')
  // The same policy, with its probability of the other action too.
  const whole = Float64Array.from({ length: 20_000 }, (_, at) => (at % 2 ? 1 - policy[(at - 1) / 2]! : policy[at / 2]!))
  const rows = offPolicyEstimates(decided, whole, { resamples: 1, rewards: new Float64Array(20_000) })
  expect(rows.map(({ warning }) => warning)).toEqual(Array(7).fill(row!.warning))
})
