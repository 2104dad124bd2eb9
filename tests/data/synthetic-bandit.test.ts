import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkFeedback } from '../../src/data/logged-feedback'
import { syntheticBandit } from '../../src/data/synthetic-bandit'
import { numpyRandomState } from '../../src/random/numpy-random-state'

/** Sees every number and its place. */
const mark = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value, at) => sum + value * (at + 1), 0)

// The same formulas written with NumPy 2.4.6 and its RandomState. Contexts of an odd count, so that a normal number is kept from batch to
// batch.
test.each([
  {
    options: { actions: 30, features: 5, beta: -3, seed: 0, standardise: 'published' as const },
    rounds: 10_000,
    batches: [
      { context: 1.764052345967664, expected: 0.8611889643384462, policy: 0.02961457224278756, actions: 751658079, rewards: 21613308 },
      { context: -0.535944903872131, expected: 0.6093649443528536, policy: 0.060052919739330926, actions: 751164906, rewards: 21206372 },
    ],
  },
  {
    options: { actions: 4, features: 3, beta: 2, seed: 7, standardise: 'released' as const },
    rounds: 1001,
    batches: [
      { context: 1.690525703800356, expected: 0.9365143664788076, policy: 0.12233583268954792, actions: 610968, rewards: 291994 },
      { context: -1.2603858181442136, expected: 0.382649213037788, policy: 0.152540026671939, actions: 614711, rewards: 290791 },
      { context: 1.5340573621120495, expected: 0.9373272987215185, policy: 0.1304341266369563, actions: 614832, rewards: 303381 },
    ],
  },
])('batch after batch is what NumPy gives, $options.standardise', ({ options, rounds, batches }) => {
  const dataset = syntheticBandit(options)
  for (const batch of batches) {
    const log = dataset.draw(rounds)
    checkFeedback(log)
    expect(log.contexts[0]).toBeCloseTo(batch.context, 13)
    expect(log.expected[0]).toBeCloseTo(batch.expected, 13)
    expect(log.policy.at(options.actions === 30 ? -3 : -2)).toBeCloseTo(batch.policy, 13)
    expect(mark(log.action)).toBe(batch.actions)
    expect(mark(log.reward)).toBe(batch.rewards)
  }
})

test('both ways of standardising, worked from the coefficients of two rounds, two actions and one feature', () => {
  const seed = 3
  const random = numpyRandomState(seed)
  const [c0, c1, t0, t1, t2, ...m] = Array.from({ length: 11 }, () => random.uniform(-1, 1)) as number[]
  const draw = (standardise: 'published' | 'released') => syntheticBandit({ actions: 2, features: 1, seed, standardise }).draw(2)
  const log = draw('published')
  // z = c0 + c1 x + t0 + t(a) + (m of the constant, with both actions' part and its own) + x (the same of the feature)
  const z = Array.from(log.contexts).flatMap(x =>
    [1, 2].map(a => c0! + c1! * x + t0! + (a === 1 ? t1! : t2!) + m[0]! + m[a]! + x * (m[3]! + m[3 + a]!)),
  )
  const mean = (z[0]! + z[1]! + z[2]! + z[3]!) / 4
  const deviation = Math.sqrt(z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4)
  const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))
  for (const [at, value] of z.entries()) {
    expect(log.expected[at]).toBeCloseTo(sigmoid((value - mean) / deviation), 13)
    expect(draw('released').expected[at]).toBeCloseTo(sigmoid(value - mean / deviation), 13)
  }
})

test('behaviour is softmax(beta chance) in every round, its propensity that of the action taken; the same seed gives the same log', () => {
  const problem = fc.record({
    actions: fc.integer({ min: 2, max: 8 }),
    features: fc.integer({ min: 1, max: 4 }),
    beta: fc.double({ min: -2000, max: 2000, noNaN: true }),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    standardise: fc.constantFrom('published' as const, 'released' as const),
  })
  fc.assert(
    fc.property(problem, fc.integer({ min: 1, max: 30 }), (options, rounds) => {
      const log = syntheticBandit(options).draw(rounds)
      checkFeedback(log)
      expect(syntheticBandit(options).draw(rounds)).toEqual(log)
      for (let round = 0; round < rounds; round++) {
        const chances = log.expected.subarray(round * options.actions, (round + 1) * options.actions)
        for (const [action, chance] of chances.entries()) {
          const slow = 1 / chances.reduce((sum, other) => sum + Math.exp(options.beta * (other - chance)), 0)
          expect(log.policy[round * options.actions + action]).toBeCloseTo(slow, 10)
        }
        expect(log.propensity[round]).toBe(log.policy[round * options.actions + log.action[round]!])
      }
    }),
    { numRuns: 60 },
  )
})

test('beta 0 is uniform, above 0 earns more and below 0 less; rewards come at the chances that stand in the log', () => {
  const earned = (beta: number) => {
    const { reward, action, expected, rounds, policy } = syntheticBandit({ actions: 5, features: 2, beta, seed: 1 }).draw(20_000)
    if (beta === 0) expect(policy.every(chance => Math.abs(chance - 0.2) < 1e-15)).toBe(true)
    const chances = action.reduce((sum, taken, round) => sum + expected[round * 5 + taken]!, 0) / rounds
    const mean = reward.reduce((sum, value) => sum + value, 0) / rounds
    // Four standard errors of a share.
    expect(Math.abs(mean - chances)).toBeLessThan(4 * Math.sqrt(0.25 / rounds))
    return mean
  }
  expect(earned(-5)).toBeLessThan(earned(0))
  expect(earned(0)).toBeLessThan(earned(5))
})

test.each([
  [{ actions: 1, features: 1, seed: 1 }, /^actions is 1; .* between 2 and/],
  [{ actions: 2, features: 0, seed: 1 }, /^features is 0; /],
  [{ actions: 2, features: 1, seed: -1 }, /^seed is -1; /],
  [{ actions: 2, features: 1, seed: 2 ** 32 }, /^seed is 4294967296; /],
  [{ actions: 2, features: 1, seed: 1, beta: Number.NaN }, /^beta is NaN; /],
  [
    { actions: 2, features: 1, seed: 1, standardise: 'other' as 'published' },
    /^standardise is "other"; it must be one of published, released/,
  ],
  [{ actions: 2, features: 1, seed: 1, arms: 3 } as never, /^syntheticBandit has no option "arms"; /],
])('%j is refused', (options, message) => {
  expect(() => syntheticBandit(options)).toThrow(message)
})

test.each([0, 1.5, Number.NaN])('%d rounds are refused', rounds => {
  expect(() => syntheticBandit({ actions: 2, features: 1, seed: 1 }).draw(rounds)).toThrow(`rounds is ${rounds}; `)
})
