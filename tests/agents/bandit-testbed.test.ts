/**
 * The quick version of tests/learning/bandit-testbed.test.ts: 200 of the 2,000 problems. The bounds are four standard errors of what was
 * measured on these problems, beside the book's numbers.
 */
import { expect, test } from 'vitest'
import { epsilonGreedy } from '../../src/agents/epsilon-greedy'
import { softmax } from '../../src/agents/softmax'
import { thompsonBernoulli } from '../../src/agents/thompson-bernoulli'
import { thompsonGaussian } from '../../src/agents/thompson-gaussian'
import { ucb1 } from '../../src/agents/ucb1'
import { bandit } from '../../src/envs/classic/bandit'
import { lower, meanOf, testbed } from './bandit-support'

const size = { runs: 200, steps: 1000 }

// Sutton & Barto 2018, figure 2.2, at the right edge: rewards of about 1.0 and 1.35, the best arm in about 36 % and 80 % of the steps.
test('rung 8: greedy settles near a reward of 1.0, epsilon-greedy near 1.35, and UCB1 and Thompson sampling lose less on the way', () => {
  const greedy = testbed((spec, seed) => epsilonGreedy(spec, { epsilon: 0, seed }), size)
  const tenth = testbed((spec, seed) => epsilonGreedy(spec, { epsilon: 0.1, seed }), size)
  for (const [list, book] of [
    [greedy.reward, 1],
    [greedy.best, 0.36],
    [tenth.reward, 1.35],
    [tenth.best, 0.8],
  ] as const) {
    const { mean, error } = meanOf(list)
    expect(Math.abs(mean - book)).toBeLessThan(4 * error)
  }
  for (const make of [ucb1, thompsonGaussian]) {
    const { regret } = testbed((spec, seed) => make(spec, { seed }), size)
    const { mean, error } = lower(regret, tenth.regret)
    expect(mean).toBeGreaterThan(4 * error)
  }
})

test('where every thousand steps another arm is the best, those that forget lose less', () => {
  const drifting = { runs: 30, steps: 4000, changeEvery: 1000 }
  for (const [make, options] of [
    [epsilonGreedy, {}],
    [ucb1, { alpha: 0.5 }],
    [thompsonGaussian, {}],
    [softmax, { temperature: 0.2 }],
  ] as const) {
    const regretOf = (forgetting: number) => testbed((spec, seed) => make(spec, { ...options, forgetting, seed }), drifting).regret
    const { mean, error } = lower(regretOf(0.995), regretOf(1))
    expect(mean).toBeGreaterThan(4 * error)
  }
})

// Chances of .1 to .9 that move on by one arm.
test('so does Thompson sampling of stars', () => {
  const chances = [0.1, 0.3, 0.5, 0.7, 0.9]
  const earned = (forgetting: number, run: number) => {
    const env = bandit(1, { chances, changeEvery: 500 })
    env.reset(run)
    const agent = thompsonBernoulli(env.spec, { forgetting, seed: run })
    const [before, actions] = [new Float32Array(1), new Int32Array(1)]
    let sum = 0
    for (let step = 0; step < 2500; step++) {
      agent.act(before, true, actions)
      env.step(actions)
      agent.observe(env, before, actions)
      sum += env.rewards[0]!
    }
    return sum
  }
  const runs = Array.from({ length: 20 }, (_, run) => run)
  const { mean, error } = lower(
    runs.map(run => earned(1, run)),
    runs.map(run => earned(0.98, run)),
  )
  expect(mean).toBeGreaterThan(4 * error)
})
