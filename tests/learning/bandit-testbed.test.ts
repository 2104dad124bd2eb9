/**
 * The ten-armed testbed of Sutton & Barto 2018 (section 2.3, figures 2.2 and 2.4) at its full size: 2,000 problems of 1,000 steps. Half a
 * minute on one core.
 */
import { expect, test } from 'vitest'
import type { Agent } from '../../src/agents/agent'
import { epsilonGreedy } from '../../src/agents/epsilon-greedy'
import { softmax } from '../../src/agents/softmax'
import { thompsonGaussian } from '../../src/agents/thompson-gaussian'
import { ucb1 } from '../../src/agents/ucb1'
import type { Spec } from '../../src/envs/env'
import { lower, meanOf, testbed } from '../agents/bandit-support'

const agents: Record<string, (spec: Spec, seed: number) => Agent> = {
  greedy: (spec, seed) => epsilonGreedy(spec, { epsilon: 0, seed }),
  'epsilon .01': (spec, seed) => epsilonGreedy(spec, { epsilon: 0.01, seed }),
  'epsilon .1': (spec, seed) => epsilonGreedy(spec, { epsilon: 0.1, seed }),
  'UCB c 2': (spec, seed) => ucb1(spec, { alpha: Math.SQRT2, seed }),
  UCB1: (spec, seed) => ucb1(spec, { seed }),
  'softmax .2': (spec, seed) => softmax(spec, { temperature: 0.2, seed }),
  Thompson: (spec, seed) => thompsonGaussian(spec, { seed }),
}

test('rung 8: figures 2.2 and 2.4, and UCB1 and Thompson sampling below epsilon-greedy in regret', () => {
  const results = Object.fromEntries(
    Object.entries(agents).map(([name, make]) => {
      const result = testbed(make, { runs: 2000, steps: 1000 })
      const [reward, best, regret] = [meanOf(result.reward), meanOf(result.best), meanOf(result.regret)]
      const told = ({ mean, error }: typeof reward, digits: number) => `${mean.toFixed(digits)} ± ${error.toFixed(digits)}`
      console.log(`${name.padEnd(12)} reward ${told(reward, 3)}, best arm ${told(best, 3)}, regret ${told(regret, 1)}`)
      return [name, result]
    }),
  )
  // At the right edge of figure 2.2, read off to a twentieth.
  for (const [name, part, book] of [
    ['greedy', 'reward', 1],
    ['greedy', 'best', 0.36],
    ['epsilon .1', 'reward', 1.35],
    ['epsilon .1', 'best', 0.8],
  ] as const) {
    expect(Math.abs(meanOf(results[name]![part]).mean - book)).toBeLessThan(0.05)
  }
  for (const name of ['UCB c 2', 'UCB1', 'Thompson']) {
    const { mean, error } = lower(results[name]!.regret, results['epsilon .1']!.regret)
    expect(mean).toBeGreaterThan(10 * error)
  }
})
